"""Data flows one way: views ask, tell and show; numbers stand in the pack; records keep secrets."""

from __future__ import annotations

import ast

import pytest
from django.apps import apps

from alongside.kit.records import Record
from tests.house.source import modules

VIEWS, EVERYTHING = modules("views"), modules()
WRITES = {
    "save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "delete",
    "objects", "_base_manager", "_default_manager",
}  # fmt: skip
# The day before or after another day is arithmetic, not practice.
NEXT_DAY = 1
# What a calendar week is, wherever one works.
CALENDAR = {"alongside/imports/kinds/people.py": {6}}
# The demo invents when things happened in the lives of people who never were.
INVENTED = "alongside/demo/"


@pytest.mark.parametrize("file", VIEWS)
def test_views_never_touch_the_database_themselves(file):
    touched = {
        f"line {node.lineno}: .{node.attr}"
        for node in ast.walk(VIEWS[file])
        if isinstance(node, ast.Attribute) and node.attr in WRITES
    }

    assert not touched, f"{file} writes or queries by itself. Ask a query, tell an operation."


@pytest.mark.parametrize("file", [file for file in EVERYTHING if not file.startswith(INVENTED)])
def test_numbers_of_days_stand_in_the_pack_and_not_in_code(file):
    allowed = {NEXT_DAY, *CALENDAR.get(file, ())}
    written = [
        f"line {call.lineno}: {keyword.arg}={keyword.value.value!r}"
        for call in ast.walk(EVERYTHING[file])
        if isinstance(call, ast.Call)
        and getattr(call.func, "id", getattr(call.func, "attr", "")) == "timedelta"
        for keyword in call.keywords
        if keyword.arg in {"days", "weeks"}
        and isinstance(keyword.value, ast.Constant)
        and keyword.value.value not in allowed
    ]

    assert not written, f"{file} counts days by itself. Put the number into the practice pack."


def test_every_open_name_is_a_field_of_its_record():
    records = [model for model in apps.get_models() if hasattr(model, "OPEN")]
    wrong = {
        f"{model._meta.label}.{name}"
        for model in records
        for name in model.OPEN - {field.name for field in model._meta.concrete_fields}
    }

    assert len(records) > 20
    assert not wrong


def test_every_record_of_ours_has_an_unguessable_key_that_sorts_by_time():
    ours = [model for model in apps.get_models() if issubclass(model, Record)]

    assert ours
    assert {model._meta.pk.get_internal_type() for model in ours} == {"UUIDField"}
