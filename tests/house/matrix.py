"""Everybody who could stand before a door, and a token in every text about one person.

A leak is then a plain search: whoever may not see that person finds none of these tokens in
anything that a page answers.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.db import DatabaseError, models, transaction

from alongside.kit import clock
from alongside.kit.sealed import SealedTextField
from alongside.moments.recalculation import rebuild
from alongside.organisation.models import Organisation, Staff
from alongside.organisation.operations import found_organisation, open_scheme
from alongside.organisation.policy import SEES
from alongside.rights.operations import limit_file
from alongside.testing.cast import SETTING_UP, Cast, a_member_of_staff

TOKEN = "canaryq"  # so long that no nonce happens to hold it
# Texts from here on are somebody's words; shorter ones are keys, times and codes.
WORDS_FROM = 120


def everybody_denied(cast: Cast) -> dict[str, Staff]:
    """By their relation to Tomasz: all of them are good at their work, and none may see him."""
    here, other = cast.mill_house, _another_organisation()
    people = {
        "works elsewhere": cast.owen,
        "another organisation": a_member_of_staff(other, "Kai Tane", "manager"),
        "never, by name": a_member_of_staff(here, "Lise Brun", "manager"),
        "not one of the only ones": a_member_of_staff(here, "Ivo Reyes", "coordinator", cast.grace),
        "no files": a_member_of_staff(here, "Nadia Costa", "kitchen", cast.grace),
        "has left": a_member_of_staff(here, "Lea Brandt", "manager"),
    }
    limit_file(
        cast.tomasz, by=cast.grace, kind="only", staff=[cast.grace, cast.amina],
        because="He is known here.",
    )  # fmt: skip
    limit_file(
        cast.tomasz, by=cast.grace, kind="never", staff=[people["never, by name"]], because="Kin."
    )
    yesterday = clock.today() - timedelta(days=1)
    Staff.objects.filter(pk=people["has left"].pk).update(last_day=yesterday)
    return {relation: Staff.objects.get(pk=one.pk) for relation, one in people.items()}


def _another_organisation() -> Any:
    other = found_organisation(Organisation(name="Kauri House", slug="kauri"), by=SETTING_UP)
    return open_scheme(other, by=SETTING_UP, name="Kauri", slug="kauri", pack_key="staged-hostel")


def put_tokens(cast: Cast) -> int:
    """Write a token of its own into every text about Tomasz; how many rows were written."""
    resident = cast.tomasz.resident
    resident.given_name, resident.family_name = f"{TOKEN.title()}given", f"{TOKEN.title()}family"
    resident.save()
    rows = 0
    for model, path in about_a_person():
        names = [field.name for field in model._meta.concrete_fields if _is_words(field)]
        if not names:
            continue
        for row in model._base_manager.filter(**{path: resident.pk}):
            said = {n: _told(model, n, there) for n in names if (there := getattr(row, n))}
            if said:
                # What is final is not changed; its person's name is a token all the same.
                with suppress(DatabaseError), transaction.atomic():
                    rows += model._base_manager.filter(pk=row.pk).update(**said)
    rebuild()
    return rows


def _told(model: type[models.Model], name: str, there: str) -> str:
    """The token of one text; in what goes back from under seal, of each of its lines."""
    token = f"{TOKEN}-{model.__name__}-{name}"
    return json.dumps(dict.fromkeys(json.loads(there), token)) if name == "put_back" else token


def about_a_person() -> Iterator[tuple[type[models.Model], str]]:
    """Every kind of record about somebody, with the way from it to them."""
    for model in apps.get_models():
        label = model._meta.label
        names = {field.name for field in model._meta.concrete_fields}
        if label == "residents.Resident":
            yield model, "pk"
        elif label in SEES and SEES[label].person:
            yield model, SEES[label].person
        elif "resident" in names:
            yield model, "resident_id"
        elif "stay" in names:
            yield model, "stay__resident_id"


def _is_words(field: Any) -> bool:
    if field.choices or field.name in {"name_key", "link", "given_name", "family_name"}:
        return False
    if type(field) is models.TextField or isinstance(field, SealedTextField):
        return True
    return type(field) is models.CharField and (field.max_length or 0) >= WORDS_FROM


def tokens_in(answer: Any) -> list[str]:
    """The tokens in the body and the headers of an answer."""
    said = answer.getvalue().decode("utf-8", "replace") + str(answer.headers)
    return sorted({word[:60] for word in said.lower().split(TOKEN)[1:]})[:5]
