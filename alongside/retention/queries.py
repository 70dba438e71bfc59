"""Whose time is over, and what keeps a file nonetheless."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from alongside.admissions.models import Admission
from alongside.organisation.models import Scheme, Staff
from alongside.organisation.policy import shown
from alongside.practice.rules import Retention
from alongside.referrals.models import CLOSED, Referral, ReferralNote
from alongside.residents.models import Resident
from alongside.retention.models import Answer, Erasure, LegalHold, StaffErasure
from alongside.stays.models import Stay

FILE = "stay"
"""The rule for somebody's file, in every pack."""
REFERRAL = "referral_declined"
"""The rule for what is known of somebody who was referred and never came to live here."""
BORN = "resident.born"


@dataclass(frozen=True, slots=True)
class Kept:
    """How long one file is kept, and why."""

    rule: Retention
    due_on: date | None
    hold: LegalHold | None
    asked: Erasure | None

    def is_over(self, on: date) -> bool:
        return self.due_on is not None and self.due_on <= on and self.hold is None


def kept(stay: Stay) -> Kept:
    """How long the file of this person is kept. Counted anew whenever they come back."""
    rule = stay.scheme.pack.retention[FILE]
    hold = LegalHold.objects.filter(resident=stay.resident_id, ended_at=None).first()
    asked = Erasure.objects.filter(resident_id=stay.resident_id, answer="").first()
    return Kept(rule, due_on(stay.resident, rule), hold, asked)


def kept_referral(referral: Referral) -> Kept:
    """How long what is known of somebody who never lived here is kept: from the last contact."""
    rule = referral.scheme.pack.retention[REFERRAL]
    hold = LegalHold.objects.filter(resident=referral.resident_id, ended_at=None).first()
    asked = Erasure.objects.filter(resident_id=referral.resident_id, answer="").first()
    return Kept(rule, _referral_due_on(referral, rule), hold, asked)


def _referral_due_on(referral: Referral, rule: Retention) -> date | None:
    """None once they came to live anywhere with us, and while anything is still open."""
    who = referral.resident_id
    theirs = Referral.objects.filter(resident=who)
    still = Admission.objects.filter(resident=who, abandoned_at=None, stay=None)
    if (
        Stay.objects.filter(resident=who).exists()
        or theirs.exclude(state__in=CLOSED).exists()
        or still.exists()
    ):
        return None
    last = theirs.aggregate(decided=Max("state_since"), noted=Max("notes__happened_on"))
    return rule.keep.after(max(day for day in last.values() if day))


def due_on(resident: Resident, rule: Retention) -> date | None:
    """The day from which the file may go; None while they stay, or the day is not known."""
    stays = Stay.objects.filter(resident=resident)
    if stays.filter(moved_out_on=None).exists():
        return None
    if rule.counted_from == BORN:
        return rule.keep.after(resident.born_on) if resident.born_on else None
    last = stays.aggregate(last=Max("moved_out_on"))["last"]
    return rule.keep.after(last) if last else None


def due_for_review(scheme: Scheme) -> QuerySet[Stay]:
    """The last stay of everybody whose time is over and whom nobody holds, the longest first."""
    rule = scheme.pack.retention[FILE]
    limit = rule.keep.before(scheme.today())
    held = LegalHold.objects.filter(resident=OuterRef("resident"), ended_at=None)
    here = Stay.objects.filter(resident=OuterRef("resident"), moved_out_on=None)
    kept_on = Erasure.objects.filter(
        resident_id=OuterRef("resident"), answer=Answer.KEEP, look_again_on__gt=scheme.today()
    )
    later = Stay.objects.filter(
        Q(moved_out_on__gt=OuterRef("moved_out_on"))
        | Q(moved_out_on=OuterRef("moved_out_on"), pk__gt=OuterRef("pk")),
        resident=OuterRef("resident"),
    )
    over = (
        Q(resident__born_on__lte=limit) if rule.counted_from == BORN else Q(moved_out_on__lte=limit)
    )
    found = shown(Stay.objects.filter(over, scheme=scheme, moved_out_on__isnull=False))
    found = found.exclude(Exists(held)).exclude(Exists(here)).exclude(Exists(later))
    return (
        found.exclude(Exists(kept_on))
        .select_related("resident", "bed", "scheme__organisation")
        .order_by("moved_out_on", "pk")
    )


def referrals_due(scheme: Scheme) -> QuerySet[Referral]:
    """The last referral of everybody who never lived with us, whose time is over and whom nobody
    holds; the longest first."""
    limit = scheme.pack.retention[REFERRAL].keep.before(scheme.today())
    who = OuterRef("resident")
    held = LegalHold.objects.filter(resident=who, ended_at=None)
    lived = Stay.objects.filter(resident=who)
    still = Admission.objects.filter(resident=who, abandoned_at=None, stay=None)
    kept_on = Erasure.objects.filter(
        resident_id=who, answer=Answer.KEEP, look_again_on__gt=scheme.today()
    )
    others = Referral.objects.filter(resident=who)
    noted = ReferralNote.objects.filter(referral__resident=who, happened_on__gt=limit)
    later = others.filter(
        Q(state_since__gt=OuterRef("state_since"))
        | Q(state_since=OuterRef("state_since"), pk__gt=OuterRef("pk"))
    )
    found = shown(Referral.objects.filter(scheme=scheme, state__in=CLOSED, state_since__lte=limit))
    for not_over in (held, lived, still, kept_on, noted, later, others.exclude(state__in=CLOSED)):
        found = found.exclude(Exists(not_over))
    return found.select_related("resident", "scheme__organisation").order_by("state_since", "pk")


def erasures_at(scheme: Scheme) -> QuerySet[Erasure]:
    """Every erasure asked for here, the latest first."""
    found = Erasure.objects.filter(scheme=scheme)
    return shown(found.select_related("asked_by", "answered_by"))


def waiting_at(scheme: Scheme) -> dict[str, int]:
    """How many erasures wait for their second person here: of files, and of colleagues who left."""
    return {
        "files": Erasure.objects.filter(scheme=scheme, answer="").count(),
        "staff-due": StaffErasure.objects.filter(scheme=scheme, answer="").count(),
    }


def to_answer(staff: Staff, scheme: Scheme) -> QuerySet[Erasure]:
    """Erasures of files that wait for this person as the second of two."""
    waiting = Erasure.objects.filter(scheme=scheme, answer="").exclude(asked_by=staff)
    return waiting.exclude(resident_id__in=staff.standing.closed)


def erasure_for(staff: Staff, pk: UUID) -> Erasure:
    """That erasure, if this person works there and the file is not closed to them."""
    found = Erasure.objects.filter(scheme_id__in=staff.reads_at())
    found = found.exclude(resident_id__in=staff.standing.closed)
    return get_object_or_404(
        found.select_related("scheme__organisation", "asked_by", "answered_by"), pk=pk
    )


def hold_for(staff: Staff, pk: UUID) -> LegalHold:
    """That hold, if this person works where it was set and the file is not closed to them."""
    found = LegalHold.objects.filter(scheme_id__in=staff.reads_at())
    found = found.exclude(resident_id__in=staff.standing.closed)
    return get_object_or_404(found.select_related("scheme__organisation", "resident"), pk=pk)


def last_stay_of(resident_id: UUID) -> Stay | None:
    """The stay whose pages show this person; None once they are erased."""
    found = Stay.objects.filter(resident=resident_id).select_related(
        "resident", "bed", "scheme__organisation"
    )
    return found.order_by("-moved_in_on", "-pk").first()


def last_referral_of(resident_id: UUID) -> Referral | None:
    """The last referral of somebody, where no stay shows them; None once they are erased."""
    found = Referral.objects.filter(resident=resident_id).select_related(*Referral.LOCK_WITH)
    return found.order_by("-state_since", "-pk").first()


def name_of(resident_id: UUID) -> str:
    """Whose file it is; after an erasure nobody’s name is known."""
    found = Resident.objects.filter(pk=resident_id).first()
    return found.name if found else "somebody who was erased"
