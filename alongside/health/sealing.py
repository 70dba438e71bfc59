"""Which registrations can be put under seal: that somebody goes to a service may be for few."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from alongside.audit.actors import Actor
from alongside.health.models import Registration
from alongside.health.operations import put_names_back, take_names_out
from alongside.rights.models import LONGEST_TITLE
from alongside.rights.parts import Line, Part, can_be_sealed, goes_back_to
from alongside.stays.models import Stay

SEALED = "Sealed"
PLACE = "registration-"


@can_be_sealed
def registrations(stay: Stay) -> Iterator[Part]:
    """Each that says a name: the doctor, the clinic."""
    found = Registration.objects.filter(stay__resident=stay.resident_id).exclude(name=SEALED)
    for one in found.select_related("stay__scheme__organisation"):
        words = "\n".join(line for line in (one.name, one.phone, one.words) if line)

        def take(by: Actor, registration: Registration = one) -> object:
            return take_names_out(registration, by=by)

        values = {"name": one.name, "phone": one.phone, "words": one.words}
        yield Part(f"{PLACE}{one.pk}", _title(one), words, take, values)


def _title(registration: Registration) -> str:
    return f"Registered: {registration.kind_says}"


def _without_a_name(stay: Stay, title: str) -> Iterator[tuple[str, str]]:
    found = Registration.objects.filter(stay__resident=stay.resident_id, name=SEALED)
    for one in found.select_related("stay__scheme__organisation"):
        if _title(one)[:LONGEST_TITLE] == title:
            yield f"{PLACE}{one.pk}", f"{_title(one)}, since {one.registered_on:%-d %B %Y}"


@goes_back_to(
    PLACE,
    empty=_without_a_name,
    lines=(
        Line("name", "Where they are registered", needed=True, longest=200),
        Line("phone", "Telephone", longest=80),
        Line("words", "In words"),
    ),
)
def registration_again(stay: Stay, by: Actor, key: str, values: Mapping[str, Any]) -> object:
    """Where it was taken from."""
    found = Registration.objects.filter(stay__resident=stay.resident_id)
    one = found.select_related("stay__scheme__organisation").get(pk=UUID(key.removeprefix(PLACE)))
    return put_names_back(one, by=by, **values)
