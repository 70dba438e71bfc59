"""A form changes only its own fields, whatever else is sent with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import urlencode, urljoin

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, models
from django.test import Client
from django.urls import reverse

from alongside.audit.guard import FREE_TABLES, WRITE
from alongside.documents.models import Document
from alongside.documents.tests.corpus import PDF
from alongside.kit.refusal import Refused
from alongside.organisation.models import Membership, Staff
from alongside.rights.models import Limit, Sealed
from alongside.testing.cast import Cast
from tests.house.doors import doors
from tests.house.junk import JUNK, filled
from tests.house.page_forms import PageForm, forms_of
from tests.house.test_doors import NOT_TRIED, OPEN_TO_STRANGERS
from tests.house.test_queries import address_of, thrown_away

FORM = "application/x-www-form-urlencoded"
PLANTED = "cnry-planted"
# What differs between two rows that were made alike.
OWN = {"id", "file", "email", "username", "name", "initials", "password", "staff"}

type Asked = Callable[[Cast, str], tuple[str, dict[str, Any]]]

FORMS: dict[str, tuple[type[models.Model], Asked]] = {
    "a document": (
        Document,
        lambda cast, _: (
            reverse("documents:add", args=[cast.tomasz.pk]),
            {"kind": "letter", "title": "A letter", "dated_on": "2026-04-20",
             "file": SimpleUploadedFile("a.pdf", PDF)},
        ),
    ),
    "something sealed": (
        Sealed,
        lambda cast, _: (
            reverse("rights:seal", args=[cast.tomasz.pk]),
            {"kind": "health", "title": "A test", "words": "Not known yet"},
        ),
    ),
    "somebody new": (
        Membership,
        lambda cast, n: (
            reverse("team:take-on", args=["mill-house"]),
            {"name": f"Una {n}", "email": f"{n}@harbour.example", "role": "key_worker",
             "from_on": "2026-04-20", "line_manager": str(cast.grace.pk)},
        ),
    ),
    "a limit": (
        Limit,
        lambda cast, n: (
            reverse("rights:limit", args=[cast.tomasz.pk]),
            {"kind": "never", "because": "Kin.",
             "staff": [str((cast.amina if n == "one" else cast.owen).pk)]},
        ),
    ),
}  # fmt: skip


def _last(model: type[models.Model]) -> dict[str, Any]:
    row = model._default_manager.order_by("-pk")[0]
    return {
        field.name: getattr(row, field.attname)
        for field in model._meta.concrete_fields
        if field.name not in OWN
    }


@pytest.fixture(autouse=True)
def _files_of_their_own(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.goal("G9")
@pytest.mark.parametrize("form", FORMS)
def test_what_a_form_does_not_ask_it_does_not_take(client, cast, form, tally):
    model, asks = FORMS[form]
    client.force_login(cast.grace)
    address, asked = asks(cast, "one")
    assert client.post(address, asked).status_code == 302
    alone = _last(model)

    fields = {field.attname for field in model._meta.concrete_fields}
    fields |= {field.name for field in model._meta.concrete_fields}
    fields |= {field.name for field in Staff._meta.concrete_fields} | {"is_superuser", "by"}
    address, asked = asks(cast, "two")
    own = client.get(address).context["form"].fields.keys()
    extra = dict.fromkeys(fields - own, PLANTED)
    assert client.post(address, {**extra, **asked}).status_code in {302, 422}

    with_more = _last(model)
    same = [name for name in alone if with_more[name] == alone[name]]
    tally(len(same), of=len(alone))


# What no form asks for, by the kind of its field: each is found again wherever it was written.
DAY, NUMBER, SOMEBODY = "2031-07-09", "731973", "7e57ab1e-0000-4000-8000-000000000731"
FOUND = (PLANTED, DAY, NUMBER, SOMEBODY, SOMEBODY.replace("-", ""))
DOORS = [door for door in doors() if door.name not in {*NOT_TRIED, *OPEN_TO_STRANGERS}]
PARTS = 6


def planted_for(field: models.Field[Any, Any]) -> str:
    if isinstance(field, models.DateField):
        return f"{DAY}T11:00" if isinstance(field, models.DateTimeField) else DAY
    if isinstance(field, models.BooleanField):
        return "on"
    if isinstance(field, models.IntegerField | models.DecimalField):
        return NUMBER
    if isinstance(field, models.ForeignKey | models.UUIDField):
        return SOMEBODY
    return PLANTED


EVERY_FIELD = {
    name: planted_for(field)
    for model in apps.get_models()
    for field in model._meta.concrete_fields
    for name in (field.name, field.attname)
}


@contextmanager
def what_is_written() -> Iterator[list[tuple[str, str]]]:
    """The table and the values of every write of a record meanwhile."""
    found: list[tuple[str, str]] = []

    def watch(execute: Callable[..., Any], sql: str, params: Any, *more: Any) -> Any:
        if (write := WRITE.match(sql)) and write[1] not in FREE_TABLES:
            found.append((write[1], repr(params)))
        return execute(sql, params, *more)

    with connection.execute_wrapper(watch):
        yield found


@pytest.mark.goal("G9")
@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_no_form_takes_a_field_of_another_model(cast: Cast, part: int, tally: Any):
    """Every form of every door, given every field of every model besides its own."""
    client = Client(raise_request_exception=False)
    client.force_login(cast.grace)
    taken, tried, done = [], 0, 0
    for door in DOORS[part::PARTS]:
        with thrown_away(), suppress(Refused):
            address = address_of(door, cast)
            for form in forms_at(client, address):
                sent, more = filled(form, JUNK["one letter"]), {**EVERY_FIELD}
                more = {name: value for name, value in more.items() if name not in form.fields}
                to = urljoin(address, form.action)
                alone, _ = posted(client, to, sent)
                status, written = posted(client, to, {**more, **sent})
                tried += 1
                done += status == 302 and bool(written)
                if status != alone:
                    taken.append(f"{door.name} answers {status}, and {alone} without")
                taken += [f"{door.name} writes {table} {values[:200]}" for table, values in written
                          if any(one in values for one in FOUND)]  # fmt: skip
    assert not taken, "\n".join(taken)
    assert done, "No form was taken at all: then what it did not take proves nothing."
    tally(tried, of=tried)


def forms_at(client: Client, address: str) -> list[PageForm]:
    page = client.get(address)
    if page.status_code != 200 or "html" not in page.headers.get("Content-Type", ""):
        page.getvalue()
        return []
    return forms_of(page.content.decode())


def posted(client: Client, to: str, sent: dict[str, Any]) -> tuple[int, list[tuple[str, str]]]:
    with thrown_away(), what_is_written() as written:
        answer = client.post(to, urlencode(sent, doseq=True), content_type=FORM)
        answer.getvalue()
    return answer.status_code, written
