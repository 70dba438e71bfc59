"""What is recorded about a resident's registrations and medical reasons."""

from __future__ import annotations

from datetime import date

from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.health.models import MedicalReason, Observation, Registration
from alongside.kit.refusal import Refused
from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.stays.models import Stay


def already_ended(registration: Registration) -> Refused | None:
    """A registration ends once."""
    if registration.ended_on is None:
        return None
    return Refused("This registration has ended.", instead="Add the new one.")


@operation("registration.recorded", needs=Action.EDIT_RESIDENT)
def register_with(
    stay: Stay,
    *,
    by: Staff,
    kind: str,
    name: str,
    registered_on: date,
    phone: str = "",
    words: str = "",
) -> Registration:
    """Record that somebody is registered with a GP, a dentist or another service.

    Refused for a day to come. Source: Key Working, Appendix 2, Probation.
    """
    _not_in_future(stay, registered_on, "registered_on")
    return Registration.objects.create(
        stay=stay,
        kind=kind,
        name=name,
        phone=phone,
        words=words,
        registered_on=registered_on,
        recorded_by=by,
    )


@operation("registration.ended", needs=Action.EDIT_RESIDENT, unless=already_ended)
def end_registration(registration: Registration, *, by: Staff, ended_on: date) -> Registration:
    """Record that they are no longer registered there. Refused for a day to come."""
    _not_in_future(registration.stay, ended_on, "ended_on")
    registration.ended_on, registration.ended_by = ended_on, by
    registration.save(update_fields=["ended_on", "ended_by"])
    return registration


@operation("registration.taken_out", needs=Action.SEAL_DETAILS)
def take_names_out(registration: Registration, *, by: Actor) -> Registration:
    """Take the name, the number and the words out, as they are kept under seal from now on."""
    registration.name, registration.phone, registration.words = "Sealed", "", ""
    registration.save(update_fields=["name", "phone", "words"])
    return registration


@operation("registration.put_back", needs=Action.SEAL_DETAILS)
def put_names_back(
    registration: Registration, *, by: Actor, name: str, phone: str, words: str
) -> Registration:
    """Put back what was under seal. Refused when something else stands there by now."""
    if registration.name != "Sealed":
        raise Refused("Something else stands in its place by now.", instead="Take that away first.")
    registration.name, registration.phone, registration.words = name, phone, words
    registration.save(update_fields=["name", "phone", "words"])
    return registration


@operation("medical_reason.recorded", needs=Action.EDIT_RESIDENT)
def record_medical_reason(
    stay: Stay,
    *,
    by: Staff,
    about: str,
    words: str,
    from_on: date,
    until_on: date | None = None,
) -> MedicalReason:
    """Record why somebody cannot do something for their health.

    Everybody who may edit the file may write it down; only those with the right to restricted
    parts read it afterwards.
    """
    return MedicalReason.objects.create(
        stay=stay, about=about, words=words, from_on=from_on, until_on=until_on, recorded_by=by
    )


@operation("observation.recorded", needs=Action.WRITE_NOTE)
def record_observation(
    stay: Stay,
    *,
    by: Staff,
    kind: str,
    stands: str,
    words: str,
    seen_on: date,
    own_statement: bool = False,
) -> Observation:
    """Record how something stood on a day: what staff saw, or what the person says of themselves.

    Refused without words, for a day to come or outside the stay. The stages read it.

    Source: Key Working, Appendix 2, Stages 1 to 3.
    """
    _not_in_future(stay, seen_on, "seen_on")
    stay.require_current(on=seen_on, field="seen_on")
    if not words.strip():
        raise Refused("Nothing is written.", instead="Say what you saw, or heard.", field="words")
    return Observation.objects.create(
        stay=stay, kind=kind, stands=stands, words=words.strip(), seen_on=seen_on,
        own_statement=own_statement, recorded_by=by,
    )  # fmt: skip


def _not_in_future(stay: Stay, day: date, field: str) -> None:
    if day > stay.scheme.today():
        raise Refused("This has not happened yet.", instead="Record it once it has.", field=field)
