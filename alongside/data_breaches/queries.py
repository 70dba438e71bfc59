"""What the register of data breaches asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from alongside.data_breaches.models import Account, Closing, DataBreach, Telling, Whom
from alongside.duties.models import Duty, State
from alongside.kit import clock
from alongside.organisation.models import Scheme, Staff
from alongside.organisation.policy import seen_by
from alongside.practice.words import Choice
from alongside.residents.models import Resident
from alongside.stays.models import Stay


@dataclass(frozen=True, slots=True)
class Clock:
    """Whether one of the two must be told by the practice, by when, and what became of it."""

    whom: Whom
    must: str
    source: str
    due_at: datetime
    answers: list[Telling]
    settled: bool

    @property
    def is_late(self) -> bool:
        return not self.settled and self.due_at < clock.now()

    @property
    def was_told(self) -> bool:
        """Whether anybody was told yet, and not only decided about."""
        return any(each.told_at for each in self.answers)


def owed_by(staff: Staff) -> QuerySet[Duty]:
    """What this person owes of any breach: theirs where every keeper caused it or is away."""
    owed = Duty.objects.filter(subject_kind="data_breach", owed_by=staff)
    return owed.exclude(state=State.VOID)


def owed_elsewhere(staff: Any, scheme: Any) -> QuerySet[Duty]:
    """What this person has still to settle of a breach at another scheme than this one."""
    mine = Duty.objects.unsettled().filter(subject_kind="data_breach", owed_by=staff)
    return mine.exclude(scheme=scheme).order_by("due_on", "pk")


def settled_by_nobody(scheme: Scheme, staff: Staff) -> QuerySet[Duty]:
    """What is owed of a breach anywhere in the organisation and falls to nobody.

    For those who can give somebody the role; never what concerns themselves.
    """
    owed = Duty.objects.unsettled().filter(subject_kind="data_breach", owed_by=None)
    here = owed.filter(scheme__organisation_id=scheme.organisation_id)
    return here.filter(Q(concerning=None) | ~Q(concerning=staff))


def breaches_seen_by(staff: Staff) -> QuerySet[DataBreach]:
    """Of every register this person keeps, and of what they owe, what they have not caused."""
    caused = Account.objects.filter(breach=OuterRef("pk"), cause=staff)
    kept = Q(seen_by(staff, DataBreach)) | Q(pk__in=owed_by(staff).values("subject_id"))
    return DataBreach.objects.filter(kept).exclude(Exists(caused))


def reported_by(staff: Staff, scheme: Scheme) -> QuerySet[Account]:
    """What this person reported here, as they wrote it, and whether it is closed; latest first."""
    shut = Closing.objects.filter(breach=OuterRef("breach"), reopened_at=None)
    found = Account.objects.filter(breach__scheme=scheme, breach__recorded_by=staff, number=1)
    found = found.annotate(is_closed=Exists(shut)).select_related("breach__scheme__organisation")
    return found.order_by("-written_at", "-pk")


def register_of(scheme: Scheme, staff: Staff, *, closed: bool) -> QuerySet[Account]:
    """What is known now of each breach here, the latest known first."""
    shut = Closing.objects.filter(breach=OuterRef("breach"), reopened_at=None)
    told = Telling.objects.filter(breach=OuterRef("breach"), told_at__isnull=False)
    found = Account.objects.filter(
        replaced_at=None, breach__scheme=scheme, breach__in=breaches_seen_by(staff)
    ).annotate(was_told=Exists(told))
    found = found.filter(Exists(shut)) if closed else found.exclude(Exists(shut))
    return found.select_related("breach__scheme__organisation", "known_by").order_by(
        "-aware_at", "-pk"
    )


def breach_for(staff: Staff, pk: UUID) -> DataBreach:
    """That breach, if this person keeps the register there and did not cause it."""
    found = breaches_seen_by(staff).select_related("scheme__organisation", "recorded_by")
    return get_object_or_404(found, pk=pk)


def accounts_of(breach: DataBreach) -> list[Account]:
    """What is known of it now, and before that what was known earlier; the latest first."""
    return list(breach.accounts.select_related("known_by", "cause", "written_by", "breach__scheme"))


def people_of(account: Account, staff: Staff) -> list[Resident]:
    """Those it is about by name, without anybody whose file is closed to this person."""
    found = Resident.objects.filter(pk__in=account.people.values("resident"))
    return list(found.exclude(pk__in=staff.standing.closed).order_by("name_key", "pk"))


def people_here(scheme: Scheme, staff: Staff, *, also: Account | None = None) -> list[Resident]:
    """Those who can be named: everybody who lives here, and whoever is named already."""
    here = Stay.objects.filter(scheme=scheme, moved_out_on=None).values("resident")
    found = Resident.objects.filter(pk__in=here)
    if also:
        found = found | Resident.objects.filter(pk__in=also.people.values("resident"))
    return list(found.exclude(pk__in=staff.standing.closed).order_by("name_key", "pk").distinct())


def clocks_of(breach: DataBreach, account: Account) -> list[Clock]:
    """The two clocks of a breach: the regulator’s and the people’s. One query."""
    pack = breach.scheme.pack
    tellings = list(breach.tellings.select_related("decided_by"))
    return [
        Clock(
            whom=whom,
            must=str(must.says) if (must := _must(breach, account, whom)) else "",
            source=limit.source,
            due_at=account.aware_at + timedelta(hours=limit.number),
            answers=(answers := [one for one in tellings if one.whom == whom]),
            settled=any(one.told_at or one.seriousness == account.seriousness for one in answers),
        )
        for whom in Whom
        if (limit := pack.limit(f"data_breach_{whom}"))
    ]


def _must(breach: DataBreach, account: Account, whom: Whom) -> Choice | None:
    return breach.scheme.pack.choices(f"data_breach_{whom}_told").get(account.seriousness)


def closings_of(breach: DataBreach) -> list[Closing]:
    return list(breach.closings.select_related("closed_by", "reopened_by"))


def standing_closing(breach: DataBreach) -> Closing | None:
    return breach.closings.filter(reopened_at=None).first()
