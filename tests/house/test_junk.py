"""Every form of every room, filled with junk: it is answered in words, and what was typed stays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode, urljoin

import pytest
from django.db import transaction
from django.urls import reverse

from alongside.residents.operations import set_resident_pin
from tests.house.doors import Door, doors
from tests.house.junk import JUNK, OURS, filled, is_back
from tests.house.page_forms import PageForm, forms_of
from tests.house.test_doors import NOT_AT_MILL_HOUSE, OWN_PAGES
from tests.house.things import ASKS, maker

PIN = "2468"
# Doors without a form of their own to fill, or none that is a record's.
LEFT_OUT = {"drafts:draft", "signin:sign-out", *NOT_AT_MILL_HOUSE}
DOORS = [door for door in doors() if door.name not in LEFT_OUT | OWN_PAGES]
OWN = [door for door in doors() if door.name in OWN_PAGES]
BESIDE = re.compile(r'id="id_([^"]+)_error"')
SUMMARY = "govuk-error-summary"
ENCODED = "application/x-www-form-urlencoded"


@contextmanager
def undone() -> Iterator[None]:
    """What is done inside is undone, so that the next junk finds the same house."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


# One door in four in every run of the tests, and all of them in ./run verify.
EVERY_FOURTH = 4
SOME = [
    door if n % EVERY_FOURTH == 0 else pytest.param(door, marks=pytest.mark.slow)
    for n, door in enumerate(DOORS)
]


@pytest.mark.goal("G27")
@pytest.mark.parametrize("door", SOME, ids=lambda door: door.name)
def test_a_form_full_of_junk_is_answered_in_words_and_nothing_typed_is_lost(
    client, cast, door: Door
):
    makers = {part: maker(door.name, part) for part in door.wants}
    parts = {part: make(cast) for part, make in makers.items() if make}
    client.force_login(cast.grace)
    address = door.to(parts or None) + ASKS.get(door.name, "")

    assert wrong_with_forms_at(client, address) == []


@pytest.mark.parametrize("door", OWN, ids=lambda door: door.name)
def test_so_is_a_form_of_a_residents_own_pages(client, cast, door: Door):
    makers = {part: maker(door.name, part) for part in door.wants}
    parts = {part: make(cast) for part, make in makers.items() if make}
    set_resident_pin(cast.mill_house, by=cast.amina, resident=cast.tomasz.resident, pin=PIN)
    client.force_login(cast.amina)
    client.post(reverse("portal:hand-over", args=[cast.tomasz.pk]))
    client.post(reverse("portal:pin"), {"pin": PIN})

    assert wrong_with_forms_at(client, door.to(parts or None)) == []


def wrong_with_forms_at(client: Any, address: str) -> list[str]:
    """What is wrong with how the forms of a page take junk, in sentences; empty when nothing is."""
    client.raise_request_exception = False
    page = client.get(address)
    if page.status_code != 200 or "html" not in page.get("Content-Type", ""):
        page.getvalue()
        return [] if page.status_code < 500 else [f"{address} answers {page.status_code}"]
    forms = {(form.action, *form.fields): form for form in forms_of(page.content.decode())}
    return [
        f"{form.action or address}, {name}: {fault}"
        for form in forms.values()
        for name, fill in JUNK.items()
        for fault in wrong_with(client, address, form, fill)
    ]


def wrong_with(client: Any, address: str, form: PageForm, fill: Any) -> Iterator[str]:
    sent = filled(form, fill)
    with undone():
        answer = client.post(urljoin(address, form.action), encoded(sent), content_type=ENCODED)
        body = answer.getvalue().decode(errors="replace")
    if answer.status_code not in {200, 204, 302, 403, 404, 405, 422}:
        yield f"answers {answer.status_code}: {why(answer)}"
    if answer.status_code == 422:
        if SUMMARY not in body:
            yield "does not say at the head of the form what is wrong"
        for name in set(BESIDE.findall(body)):
            if f'href="#id_{name}' not in body:
                yield f"says nothing of “{name}” at the head of the form"
        yield from not_back(form, sent, forms_of(body))


def encoded(sent: dict[str, Any]) -> str:
    """As a program sends it: also half a letter, which is no text at all."""
    return urlencode(sent, doseq=True, errors="surrogatepass")


def why(answer: Any) -> str:
    info = getattr(answer, "exc_info", None)
    return f"{info[0].__name__}: {str(info[1])[:200]}" if info else ""


def not_back(form: PageForm, sent: dict[str, Any], shown: list[PageForm]) -> Iterator[str]:
    there = {name: of.value for one in shown for name, of in one.fields.items()}
    for name, of in form.fields.items():
        if of.is_typed and name in sent and name not in OURS:
            again = there.get(name)
            if again is None or not is_back(sent[name], again):
                yield f"“{name}” lost {sent[name][:30]!r}, shows {(again or '')[:30]!r}"
