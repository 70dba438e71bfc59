"""What pages ask about admissions, inductions, and what is still open when somebody leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.urls import reverse

from alongside.admissions.models import Admission, AdmissionQuerySet, Induction
from alongside.agreements.queries import agreements_of, breaches_of
from alongside.allocations.queries import holders
from alongside.duties.queries import open_duties_of
from alongside.organisation.models import Scheme, Staff
from alongside.practice.actions import Action
from alongside.referrals.models import Referral
from alongside.referrals.queries import accepted_referrals
from alongside.stays.models import Stay
from alongside.stays.queries import current_stays

KEY_WORKER = "key_worker"


def admission_for(staff: Staff, admission_id: UUID) -> Admission:
    """That admission, if it is to a scheme where this person works."""
    return get_object_or_404(Admission.objects.visible_to(staff).for_page(), pk=admission_id)


def unfinished_admissions(scheme: Scheme) -> AdmissionQuerySet:
    """Admissions begun and not finished, the oldest first."""
    return Admission.objects.for_page().unfinished().filter(scheme=scheme).order_by("recorded_at")


def induction_of(stay: Stay) -> Induction | None:
    """This person's induction, once somebody has begun it."""
    return Induction.objects.for_page().filter(stay=stay).first()


def induction_for(staff: Staff, induction_id: UUID) -> Induction:
    """That induction, if it is at a scheme where this person works."""
    return get_object_or_404(Induction.objects.visible_to(staff).for_page(), pk=induction_id)


def begun_from(referral: Referral) -> Admission | None:
    """The admission that was begun from this referral and is not finished, if there is one."""
    return unfinished_admissions(referral.scheme).filter(referral=referral).first()


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What whoever is on shift, and the manager, look at about people who arrive."""

    coming: list[Referral]
    unfinished: list[Admission]
    without_key_worker: list[Stay]
    not_inducted: list[Stay]


def arrivals_at(scheme: Scheme) -> Arrivals:
    """Who is coming, whose admission is unfinished, who has no key worker or induction yet."""
    stays = list(current_stays(scheme))
    named = scheme.pack.has_key_working
    held = holders(stays) if named else {}
    unfinished = list(unfinished_admissions(scheme))
    begun = {admission.referral_id for admission in unfinished}
    open_ones = set(
        Induction.objects.filter(stay__in=stays, held_on=None).values_list("stay_id", flat=True)
    )
    return Arrivals(
        coming=[one for one in accepted_referrals(scheme) if one.pk not in begun],
        unfinished=unfinished,
        without_key_worker=[s for s in stays if named and KEY_WORKER not in held.get(s.pk, {})],
        not_inducted=[s for s in stays if s.pk in open_ones],
    )


@dataclass(frozen=True, slots=True)
class StillOpen:
    """One thing to settle, or to know of, before somebody moves on."""

    says: str
    url: str = ""


type Asks = Callable[[Stay], Iterable[StillOpen]]
STILL_OPEN: dict[str, Asks] = {}


def asks_before_leaving(name: str) -> Callable[[Asks], Asks]:
    """Register what a room above knows to be open when somebody moves on."""

    def register(asks: Asks) -> Asks:
        STILL_OPEN[name] = asks
        return asks

    return register


def still_open_for(stay: Stay) -> list[StillOpen]:
    """Everything open about a person who is about to leave, in the order of the rooms."""
    return [one for asks in STILL_OPEN.values() for one in asks(stay)]


def goes_on_after(stay: Stay, place: str, *, staff: Staff) -> bool:
    """Whether support goes on after this move, and is still to be opened by whoever asks.

    `place` is a key of the pack's list of places to move to; only a home for good counts.
    """
    pack = stay.pack
    return (
        pack.has("aftercare")
        and place in pack.choices("lasting_places")
        and not stay.case_kept_open
        and staff.may(Action.PROVIDE_AFTERCARE, stay)
    )


@asks_before_leaving("agreements")
def unsigned_texts(stay: Stay) -> Iterable[StillOpen]:
    for held in agreements_of(stay):
        if held.explained and not held.is_done:
            yield StillOpen(
                f"{held.text.says}: {held.says}",
                reverse("agreements:agreement", args=[stay.pk, held.text.key]),
            )


@asks_before_leaving("breaches")
def open_breaches(stay: Stay) -> Iterable[StillOpen]:
    for breach in breaches_of(stay).unresolved():
        yield StillOpen(
            f"Unresolved: condition {breach.clause}, {breach.happened_on:%-d %B %Y}",
            reverse("agreements:breach", args=[stay.pk, breach.pk]),
        )


@asks_before_leaving("duties")
def owed_now(stay: Stay) -> Iterable[StillOpen]:
    for duty in open_duties_of(stay, on=stay.scheme.today()):
        yield StillOpen(f"{duty.says}, due {duty.due_on:%-d %B %Y}")
