"""Asking for a PIN: one way, for staff and residents, on a tablet, a phone or a signing form.

Somebody who tries figures until they fit is stopped: after as many wrong ones in a row as the
pack says, the PIN rests for a while, and not even the right one is taken.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from functools import partial

from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.kit import clock
from alongside.kit.refusal import Refused
from alongside.organisation.models import Scheme, Staff
from alongside.residents.models import Resident
from alongside.signatures.models import PinTries

type Holder = Staff | Resident


class WrongPin(Refused):
    """The PIN is not theirs, or it rests. `rests` when it does now."""

    rests = False


def require_pin(person: Holder, pin: str, *, scheme: Scheme, by: Actor, instead: str) -> None:
    """Refused when it is not their PIN, and while their PIN rests.

    `instead` says what else one can do. Every wrong one is kept and journalled, though all else
    is undone.
    """
    if until := rests_until(person, scheme):
        raise _resting(person, until, scheme, instead)
    if person.pin_is(pin):
        PinTries.objects.filter(person_id=person.pk).delete()
        return
    most = int(scheme.pack.limit("pin_tries"))
    anew = _wrong(person) >= most  # it has rested
    left = most - 1 if anew else most - _wrong(person) - 1
    note = partial(note_wrong_pin, person, by=by, anew=anew)
    if left <= 0:
        until = clock.now() + _pause(scheme)
        raise _resting(person, until, scheme, instead, afterwards=note)
    more = "One try is left" if left == 1 else f"{left} tries are left"
    raise WrongPin(
        f"That is not the PIN of {person}. {more}.", instead=instead, field="pin", afterwards=note
    )


def rests_until(person: Holder, scheme: Scheme) -> datetime | None:
    """Until when their PIN is not taken, after too many wrong ones; None when it is taken."""
    tries = _tries(person)
    if tries is None or tries.wrong < int(scheme.pack.limit("pin_tries")):
        return None
    until = tries.last_at + _pause(scheme)
    return until if until > clock.now() else None


@operation("pin.wrong", needs=None)
def note_wrong_pin(person: Holder, *, by: Actor, anew: bool = False) -> PinTries:
    """Note that somebody gave a PIN that is not this person's. Too many in a row let it rest.

    `anew` begins to count again, after a rest.
    """
    tries = PinTries.objects.filter(person_id=person.pk).first() or PinTries(person_id=person.pk)
    pin = _digest(person)
    tries.wrong = tries.wrong + 1 if tries.of_pin == pin and not anew else 1
    tries.of_pin, tries.last_at = pin, clock.now()
    tries.save()
    return tries


def _resting(
    person: Holder, until: datetime, scheme: Scheme, instead: str, **more: object
) -> WrongPin:
    at = until.astimezone(scheme.zone)
    refusal = WrongPin(
        f"There were too many wrong PINs, so the PIN of {person} rests until {at:%H:%M}.",
        instead=instead,
        field="pin",
        **more,  # type: ignore[arg-type]
    )
    refusal.rests = True
    return refusal


def _pause(scheme: Scheme) -> timedelta:
    return timedelta(minutes=int(scheme.pack.limit("pin_pause")))


def _tries(person: Holder) -> PinTries | None:
    """The tries of the PIN they have now."""
    return PinTries.objects.filter(person_id=person.pk, of_pin=_digest(person)).first()


def _wrong(person: Holder) -> int:
    tries = _tries(person)
    return tries.wrong if tries else 0


def _digest(person: Holder) -> str:
    return hashlib.sha256(person.signing_pin.encode()).hexdigest()
