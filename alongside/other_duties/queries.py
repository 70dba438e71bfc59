"""What the pages of other duties ask."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404

from alongside.duties.models import Duty, DutyQuerySet
from alongside.organisation.models import Membership, Scheme, Staff
from alongside.organisation.policy import whose_file_is_read
from alongside.other_duties.models import KIND, Answer, Asking, OtherDuty
from alongside.practice.actions import Action
from alongside.stays.models import Stay

TO_ME, BY_ME = "", "asked"


def other_duty_for(staff: Staff, pk: UUID) -> OtherDuty:
    """That one, if this person asked for it, owes it, or gives such duties there."""
    found = OtherDuty.objects.visible_to(staff).select_related(
        *OtherDuty.LOCK_WITH, "stay__bed", "taken_back_by"
    )
    return get_object_or_404(found, pk=pk)


def askings_of(other_duty: OtherDuty) -> list[Asking]:
    """What is asked now, and before that what was asked earlier; the latest first."""
    return list(other_duty.askings.select_related("to", "written_by"))


def answers_of(other_duty: OtherDuty) -> list[Answer]:
    """What came of it, the latest first."""
    return list(other_duty.answers.select_related("said_by", "withdrawn_by"))


def standing_answer(other_duty: OtherDuty) -> Answer | None:
    """That it is done, if it is."""
    return Answer.objects.standing().filter(other_duty=other_duty).first()


def duty_of(other_duty: OtherDuty) -> Duty | None:
    """It as it is owed: to whom it falls today, and how it stands."""
    found = Duty.objects.filter(subject_kind=KIND, subject_id=other_duty.pk)
    return found.select_related("owed_by", "instead_of").order_by("-period_from").first()


def owes_it(staff: Staff, other_duty: OtherDuty) -> bool:
    """Whether it falls to this person: they were asked, or stand in for whoever was."""
    asked = Asking.objects.filter(other_duty=other_duty, replaced_at=None, to=staff).exists()
    now = Duty.objects.filter(subject_kind=KIND, subject_id=other_duty.pk, owed_by=staff)
    return asked or now.exists()


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What a leader looks at of everybody's: one colleague's, what is overdue, what was done in a
    time (from a first day to a last, both included)."""

    who: Staff | None = None
    late: bool = False
    done: tuple[date, date] | None = None


def here(
    staff: Staff, scheme: Scheme, *, whose: str, settled: bool, narrowed: Narrowed | None = None
) -> QuerySet[Asking]:
    """What is asked here of this person, by them or of everybody, as far as they may see it."""
    seen = OtherDuty.objects.visible_to(staff).filter(scheme=scheme)
    if whose == BY_ME:
        seen = seen.filter(asked_by=staff)
    open_ = OtherDuty.objects.unsettled()
    found = Asking.objects.filter(replaced_at=None, other_duty__in=seen)
    if whose == TO_ME:
        owed = Duty.objects.unsettled().filter(subject_kind=KIND, owed_by=staff)
        found = found.filter(Q(to=staff) | Q(other_duty__in=owed.values("subject_id")))
    found = found.exclude(other_duty__in=open_) if settled else found.filter(other_duty__in=open_)
    if narrowed and settled:
        found = found.filter(_settled_as(narrowed))
    elif narrowed and (narrowed.who or narrowed.late):
        duties = owed_here(staff, scheme).unsettled()
        duties = duties.filter(owed_by=narrowed.who) if narrowed.who else duties
        duties = duties.overdue(scheme.today()) if narrowed.late else duties
        found = found.filter(other_duty__in=duties.values("subject_id"))
    found = found.select_related(
        "to", "other_duty__asked_by", "other_duty__stay__resident", "other_duty__scheme"
    ).prefetch_related(
        Prefetch("other_duty__answers", Answer.objects.filter(withdrawn_at=None), to_attr="told")
    )
    return found.order_by("-due_on", "-pk") if settled else found.order_by("due_on", "pk")


def people_here(staff: Staff, scheme: Scheme) -> list[Stay]:
    """Those it can be about: who lives here and whose file this person reads, by name."""
    found = Stay.objects.filter(whose_file_is_read(staff), scheme=scheme, moved_out_on=None)
    return list(found.select_related(*Stay.LOCK_WITH).order_by("resident__name_key", "pk"))


def reads_file(staff: Staff, stay: Stay) -> bool:
    return Stay.objects.filter(whose_file_is_read(staff), pk=stay.pk).exists()


def works_at(staff: Staff, scheme: Scheme) -> bool:
    """Whether they work there today, and have not left."""
    if not staff.is_active or staff.has_left(scheme.today()):
        return False
    return Membership.objects.current(scheme.today()).filter(scheme=scheme, staff=staff).exists()


def _settled_as(narrowed: Narrowed) -> Q:
    """Of one colleague, whom it was asked of; of a time, what was done in it."""
    found = Q(to=narrowed.who) if narrowed.who else Q()
    if narrowed.done:
        done = Answer.objects.standing().filter(on__range=narrowed.done)
        found &= Q(other_duty__in=done.values("other_duty"))
    return found


def owed_here(reader: Staff, scheme: Scheme) -> DutyQuerySet:
    """The duty of each of those here that this person may see."""
    seen = OtherDuty.objects.visible_to(reader).filter(scheme=scheme)
    return Duty.objects.filter(scheme=scheme, subject_kind=KIND, subject_id__in=seen.values("pk"))


def shown_of(reader: Staff, scheme: Scheme, workers: Iterable[UUID]) -> dict[UUID, Asked]:
    """What each of these owes here, as far as this leader may see it; nothing to anybody else.

    One query; who owes none is left out.
    """
    if not reader.may(Action.GIVE_OTHER_DUTY, scheme):
        return {}
    duties = owed_here(reader, scheme).unsettled().filter(owed_by__in=list(workers))
    days = duties.order_by("pk").values_list("owed_by_id", "due_on")
    return counted(days, on=scheme.today())


@dataclass(frozen=True, slots=True)
class Asked:
    """How many other duties somebody has open, and how many of them are overdue."""

    open: int = 0
    overdue: int = 0

    @property
    def says(self) -> str:
        """In words, for pages on which work is shared out."""
        late = f", {self.overdue} overdue" if self.overdue else ""
        return f"{self.open} other {'duty' if self.open == 1 else 'duties'}{late}"


def asked_of(scheme: Scheme, workers: Iterable[UUID]) -> dict[UUID, Asked]:
    """What each of these owes here besides their people, who owes none left out; one query."""
    return counted(owed_days(scheme, workers), on=scheme.today())


def owed_days(scheme: Scheme, workers: Iterable[UUID]) -> QuerySet[Duty, tuple[UUID | None, date]]:
    """Whose each open other duty is and when it is due, to be read together with other rows."""
    found = Duty.objects.unsettled().filter(
        scheme=scheme, subject_kind=KIND, owed_by__in=list(workers)
    )
    return found.order_by("pk").values_list("owed_by_id", "due_on")


def counted(days: Iterable[tuple[UUID | None, date]], *, on: date) -> dict[UUID, Asked]:
    """How many there are of each, and how many of them are overdue that day."""
    found: dict[UUID, Asked] = {}
    for key, due_on in days:
        if key:
            before = found.get(key, Asked())
            found[key] = Asked(before.open + 1, before.overdue + (due_on < on))
    return found
