"""Lifting a seal: one person asks, somebody else decides, and the detail stands where it stood.

What goes back is what was taken, if that is known. Of what was put right since in several lines,
and of what was put under seal before its place was kept, whoever asks says line by line what is to
stand where; the second person reads it before they decide.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from alongside.audit.models import Entry
from alongside.audit.operation import operation
from alongside.kit import clock
from alongside.kit.refusal import NotPermitted, Refused
from alongside.kit.two_people import require_another
from alongside.organisation.models import Scheme, Staff
from alongside.organisation.policy import visible
from alongside.practice.actions import Action
from alongside.rights.models import SEALS, LiftAnswer, Lifting, Sealed
from alongside.rights.operations import unseal
from alongside.rights.parts import Place, place_of, where_it_stood
from alongside.stays.models import Stay

PUT_AWAY = "sealed.put_away"
NOWHERE = Refused(
    "It was written under seal and has no other place.", instead="Leave it where it is."
)


def ways_back(sealed: Sealed) -> dict[str, str]:
    """Where it can go: the key of each place, and how it is called; nowhere for what was written
    under seal. Two queries, and what the places ask."""
    if sealed.place:
        return {sealed.place: ""} if place_of(sealed.place) else {}
    rows = Sealed.objects.filter(resident=sealed.resident_id).values_list("pk", "corrects_id")
    corrects, first = dict(rows), sealed.pk
    while before := corrects.get(first):
        first = before
    if not Entry.objects.filter(record_id=first, event=PUT_AWAY).exists():
        return {}
    title = sealed.title if first == sealed.pk else Sealed.objects.get(pk=first).title
    return where_it_stood(sealed.stay, title)


def not_to_ask_for(sealed: Sealed) -> Refused | None:
    """A seal is lifted once, of what counts, and where there is a place for it."""
    if not_lifted := _no_longer_counts(sealed):
        return not_lifted
    if Lifting.objects.filter(sealed=sealed, answer="").exists():
        return Refused("Somebody has already asked for this.", instead="It waits for an answer.")
    return None if ways_back(sealed) else NOWHERE


def _no_longer_counts(sealed: Sealed) -> Refused | None:
    if sealed.lifted_at:
        return Refused("This seal is lifted already.", instead="Look where the detail stands.")
    if Sealed.objects.filter(corrects=sealed).exists():
        return Refused("It was put right since.", instead="Ask for the later one.")
    return None


def already_answered(lifting: Lifting) -> Refused | None:
    """It is answered once."""
    if not lifting.answer:
        return None
    return Refused("This was decided already.", instead="Look at what is sealed.")


@operation("sealed.lift_asked", needs=Action.SEAL_DETAILS, unless=not_to_ask_for)
def ask_to_lift(
    sealed: Sealed,
    *,
    by: Staff,
    because: str,
    place: str = "",
    lines: Mapping[str, str] | None = None,
) -> Lifting:
    """Ask that a sealed detail be put back where it stood in the file. Somebody else decides.

    `place` is needed where there are several, and `lines` where what goes back is not known any
    more; where it is, they are left alone.

    Refused without the right to read its kind, without a reason, for what was written under seal
    and never stood anywhere else, and when a line is missing or too long for its place.

    Source: UK GDPR Article 5(1)(d); OWASP ASVS 5.0, 2.3.5: two people for unsealing.
    """
    _require_reader(sealed, by)
    if not because.strip():
        raise Refused("Nothing says why the seal is lifted.", instead="Say why.", field="because")
    ways = ways_back(sealed)
    key = place or (next(iter(ways)) if len(ways) == 1 else "")
    where = place_of(key) if key in ways else None
    if where is None:
        raise Refused("Nothing says where it goes.", instead="Choose a place.", field="place")
    values = sealed.values_kept or _told_apart(where, lines or {})
    return Lifting.objects.create(
        sealed=sealed, asked_by=by, because=because.strip(), place=key, put_back=json.dumps(values)
    )


def _told_apart(place: Place, lines: Mapping[str, str]) -> dict[str, str]:
    values = {line.key: lines.get(line.key, "").strip() for line in place.lines}
    for line in place.lines:
        if line.needed and not values[line.key]:
            raise Refused(f"“{line.says}” is empty.", instead="Say it.", field=line.key)
        if len(values[line.key]) > line.longest:
            raise Refused(
                f"“{line.says}” is longer than its place.",
                instead=f"Use at most {line.longest} letters.", field=line.key,
            )  # fmt: skip
    return values


@operation("sealed.lifted", needs=Action.SEAL_DETAILS, unless=already_answered)
def lift(lifting: Lifting, *, by: Staff) -> Sealed:
    """Put a sealed detail back where it stood, as the second of two people; the journal has it.

    Refused to whoever asked, without the right to read its kind, when it was put right or lifted
    since, and when something else stands in its place by now.

    Source: UK GDPR Article 5(1)(d): accurate and complete where it is needed; the seal is ours.
    """
    sealed = lifting.sealed
    _decides(lifting, by)
    Stay.objects.select_for_update(of=("self",)).get(pk=sealed.stay_id)  # so does a correction
    if refusal := _no_longer_counts(sealed):
        raise refusal
    place = place_of(lifting.place)
    if place is None:
        raise NOWHERE
    place.put(sealed.stay, by, lifting.place, json.loads(lifting.put_back))
    _answered(lifting, by, LiftAnswer.LIFT, "")
    sealed.lifted_at, sealed.lifted_by = clock.now(), by
    sealed.lifted_because = lifting.because
    sealed.save(update_fields=["lifted_at", "lifted_by", "lifted_because"])
    return sealed


@operation("sealed.lift_shown", needs=None)
def show_what_would_stand(lifting: Lifting, *, by: Staff) -> Lifting:
    """Read what would stand in the file; the journal has that this person did, and that they read
    what is sealed. Refused without the right to read its kind."""
    unseal(lifting.sealed, by=by)
    return lifting


def has_read(sealed: Sealed, *, by: Staff) -> bool:
    """Whether this person has ever asked for the words; the journal says so."""
    entries = Entry.objects.filter(record_id=sealed.pk, event="sealed.read", actor_id=by.pk)
    return entries.exists()


def was_shown(lifting: Lifting, *, by: Staff) -> bool:
    """Whether this person read what would stand in the file, as it was asked for."""
    entries = Entry.objects.filter(record_id=lifting.pk, event="sealed.lift_shown", actor_id=by.pk)
    return entries.exists()


def not_read(sealed: Sealed, *, by: Staff) -> Refused | None:
    """Who asks on the pages has read what would go back. None also where nothing could."""
    if has_read(sealed, by=by) or not ways_back(sealed):
        return None
    return Refused("You have not read what is sealed.", instead="Choose “Show it” first.")


def not_shown(lifting: Lifting, *, by: Staff) -> Refused | None:
    """Who decides on the pages has read what would stand in the file."""
    if lifting.answer or lifting.asked_by_id == by.pk or was_shown(lifting, by=by):
        return None  # what else stops it is said by `lift`
    return Refused(
        "You have not read what would stand in the file.",
        instead="Go back, and choose “Show what would stand in the file” first.",
    )


@operation("sealed.lift_declined", needs=Action.SEAL_DETAILS, unless=already_answered)
def leave_sealed(lifting: Lifting, *, by: Staff, because: str) -> Lifting:
    """Leave it under seal, with the reason. Refused to whoever asked."""
    _decides(lifting, by)
    if not because.strip():
        raise Refused("Nothing says why.", instead="Say why it stays.", field="because")
    return _answered(lifting, by, LiftAnswer.LEAVE, because.strip())


@operation("sealed.lift_taken_back", needs=Action.SEAL_DETAILS, unless=already_answered)
def take_back(lifting: Lifting, *, by: Staff) -> Lifting:
    """No longer ask. Refused to anybody but whoever asked."""
    if lifting.asked_by_id != by.pk:
        raise NotPermitted("Somebody else asked for this.", instead="Leave it under seal instead.")
    return _answered(lifting, by, LiftAnswer.TAKEN_BACK, "")


def _answered(lifting: Lifting, by: Staff, answer: LiftAnswer, words: str) -> Lifting:
    lifting.answer, lifting.answered_by, lifting.answered_at = answer, by, clock.now()
    lifting.answer_words = words
    lifting.save(update_fields=["answer", "answered_by", "answered_at", "answer_words"])
    return lifting


def _decides(lifting: Lifting, by: Staff) -> None:
    require_another(lifting.asked_by_id, by.pk)
    _require_reader(lifting.sealed, by)


def _require_reader(sealed: Sealed, by: Staff) -> None:
    if not by.may(SEALS[sealed.kind], sealed):
        raise NotPermitted("You may not read what is there.", instead="Ask somebody who may.")


def told(lifting: Lifting) -> list[tuple[str, str]]:
    """What would stand in the file, line by line, as it is called there."""
    values, place = json.loads(lifting.put_back), place_of(lifting.place)
    says = {line.key: line.says for line in place.lines} if place else {}
    lines = [(says[key], str(values[key])) for key in says if values.get(key)]
    return lines or [("", lifting.sealed.words)]


def lifting_for(staff: Staff, pk: UUID) -> Lifting:
    """That one, for those who may open the file and read that kind."""
    found = get_object_or_404(visible(staff, Lifting.objects.for_page()), pk=pk)
    if not staff.may(SEALS[found.sealed.kind], found):
        return get_object_or_404(Lifting.objects.none())
    return found


def waiting_for(staff: Staff, scheme: Scheme, *, whole: bool = False) -> QuerySet[Lifting]:
    """Those at one scheme that wait for this person to decide; `whole`: with what a page shows."""
    kinds = [kind for kind, action in SEALS.items() if staff.may(action, scheme)]
    every = Lifting.objects.for_page() if whole else Lifting.objects.all()
    found = visible(staff, every.waiting())
    found = found.filter(sealed__stay__scheme=scheme, sealed__kind__in=kinds)
    return found.exclude(asked_by=staff).order_by("asked_at", "pk")


def asked_about(stay: Stay, *, staff: Staff) -> list[Lifting]:
    """What was asked for in one file, of kinds that this person reads; what waits first."""
    kinds = [kind for kind, action in SEALS.items() if staff.may(action, stay)]
    found = Lifting.objects.for_page().filter(
        sealed__resident=stay.resident_id, sealed__kind__in=kinds
    )
    return list(found.order_by("-asked_at", "-pk")[:30])
