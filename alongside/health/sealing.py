"""Which registrations can be put under seal: that somebody goes to a service may be for few."""

from __future__ import annotations

from collections.abc import Iterator

from alongside.audit.actors import Actor
from alongside.health.models import Registration
from alongside.health.operations import take_names_out
from alongside.rights.parts import Part, can_be_sealed
from alongside.stays.models import Stay


@can_be_sealed
def registrations(stay: Stay) -> Iterator[Part]:
    """Each that says a name: the doctor, the clinic."""
    found = Registration.objects.filter(stay__resident=stay.resident_id).exclude(name=SEALED)
    for one in found.select_related("stay__scheme__organisation"):
        words = "\n".join(line for line in (one.name, one.phone, one.words) if line)

        def take(by: Actor, registration: Registration = one) -> object:
            return take_names_out(registration, by=by)

        yield Part(f"registration-{one.pk}", f"Registered: {one.kind_says}", words, take)


SEALED = "Sealed"
