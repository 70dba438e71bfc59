"""What the pages of the team ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.shortcuts import get_object_or_404

from alongside.audit.models import Entry
from alongside.kit import clock
from alongside.organisation.models import Capacity, Membership, Scheme, Staff, StandIn
from alongside.organisation.policy import grant
from alongside.organisation.queries import staff_at
from alongside.practice.actions import Action
from alongside.team.models import AccessCheck, Acknowledgement, ServiceStatement


def roles_at(scheme: Scheme, *, over: bool = False) -> QuerySet[Membership]:
    """Roles held now or from a later day on, by name; or those that are over, latest first."""
    found = Membership.objects.filter(scheme=scheme).select_related(
        "staff", "line_manager", "scheme__organisation"
    )
    ended = Q(until_on__lt=scheme.today())
    if over:
        return found.filter(ended).order_by("-until_on", "staff__name", "pk")
    return found.exclude(ended).order_by("staff__name", "from_on", "pk")


def membership_for(staff: Staff, pk: UUID, *, needs: Action) -> Membership:
    """That role, where this person may do so to it; to anybody else it does not exist."""
    found = Membership.objects.select_related(*("staff", "line_manager", "scheme__organisation"))
    here = found.filter(scheme_id__in=[one.pk for one in staff.schemes() if staff.may(needs, one)])
    return get_object_or_404(here, pk=pk)


def colleague_for(staff: Staff, pk: UUID) -> Staff:
    """Somebody who works, or worked, where this person manages staff."""
    mine = [one.pk for one in staff.schemes() if staff.may(Action.MANAGE_STAFF, one)]
    found = Staff.objects.filter(
        pk__in=Membership.objects.filter(scheme_id__in=mine).values("staff_id")
    )
    return get_object_or_404(found, pk=pk)


def stand_in_for(staff: Staff, pk: UUID) -> StandIn:
    """That standing in: for the two, and for those who arrange such things where the post is."""
    arranges = [one.pk for one in staff.schemes() if staff.may(Action.ARRANGE_STAND_IN, one)]
    found = StandIn.objects.at_hand().select_related("arranged_by", "ended_by")
    mine = Q(staff=staff) | Q(post__staff=staff) | Q(post__scheme_id__in=arranges)
    return get_object_or_404(found.filter(mine), pk=pk)


def stand_ins_at(scheme: Scheme) -> QuerySet[StandIn]:
    """Who stands in for whom at the scheme, the latest first."""
    return StandIn.objects.at_hand().filter(post__scheme=scheme).order_by("-from_at", "-pk")


def offered_to(staff: Staff) -> QuerySet[StandIn]:
    """What is delegated to this person and not answered yet."""
    return StandIn.objects.filter(
        staff=staff, capacity=Capacity.DELEGATE, accepted_at=None, declined_at=None, ended_at=None
    ).exclude(until_at__lte=clock.now())


@dataclass(frozen=True, slots=True)
class Done:
    """One thing that was done for somebody else: when, and what, in plain words."""

    at: datetime
    says: str


def done_for(stand_in: StandIn, limit: int = 100) -> list[Done]:
    """What the person did with the powers of the post, the latest first."""
    until = min(filter(None, [stand_in.until_at, stand_in.ended_at, clock.now()]))
    rows = Entry.objects.filter(
        actor_id=stand_in.staff_id, acting_for_id=stand_in.post.staff_id,
        at__gte=stand_in.from_at, at__lte=until,
    )  # fmt: skip
    found = rows.order_by("-at").values_list("at", "event")[:limit]
    return [Done(at, in_words(event)) for at, event in found]


def in_words(event: str) -> str:
    """The name of an operation as a line: "note.written" becomes "Note: written"."""
    about, _, what = event.partition(".")
    words = f"{about}: {what}".replace("_", " ")
    return words[:1].upper() + words[1:]


@dataclass(frozen=True, slots=True)
class Post:
    """Somebody on the chart, with those who answer to them."""

    staff: Staff
    roles: list[str]
    below: list[Post]


def chart_of(scheme: Scheme) -> list[Post]:
    """Who answers to whom today, from the top; everybody once."""
    rows = list(roles_at(scheme).filter(from_on__lte=scheme.today()))
    people = {row.staff_id: row.staff for row in rows}
    roles: dict[UUID, list[str]] = {}
    above: dict[UUID, UUID | None] = {}
    for row in rows:
        roles.setdefault(row.staff_id, []).append(row.role_says)
        known = above.get(row.staff_id)
        above[row.staff_id] = known or row.line_manager_id
    top = [pk for pk in people if above[pk] not in people]
    return [_post(pk, people, roles, above) for pk in top]


def _post(
    pk: UUID,
    people: dict[UUID, Staff],
    roles: dict[UUID, list[str]],
    above: dict[UUID, UUID | None],
) -> Post:
    below = [_post(one, people, roles, above) for one in people if above[one] == pk]
    return Post(people[pk], roles[pk], below)


@dataclass(frozen=True, slots=True)
class Access:
    """A role in the review of access: when it was last looked at, and when last used."""

    membership: Membership
    checked_at: datetime | None
    checked_by: str
    acted_at: datetime | None
    due_on: date

    @property
    def is_due(self) -> bool:
        return self.due_on <= self.membership.scheme.today()


def access_at(scheme: Scheme) -> list[Access]:
    """Every role held here, with what the review of access asks; the longest unchecked first."""
    checks = AccessCheck.objects.filter(membership=OuterRef("pk")).order_by("-checked_at")
    acts = Entry.objects.filter(actor_id=OuterRef("staff_id")).order_by("-at")
    rows = roles_at(scheme).annotate(
        checked_at=Subquery(checks.values("checked_at")[:1]),
        checked_by=Subquery(checks.values("checked_by__name")[:1]),
        acted_at=Subquery(acts.values("at")[:1]),
    )
    every = timedelta(days=scheme.pack.limit("access_checked").number)
    found = [
        Access(
            row, row.checked_at, row.checked_by or "", row.acted_at,
            (row.checked_at.astimezone(scheme.zone).date() if row.checked_at else row.from_on)
            + every,
        )
        for row in rows.order_by(F("checked_at").asc(nulls_first=True), "staff__name", "pk")
    ]  # fmt: skip
    return sorted(found, key=lambda one: one.due_on)


def may_arrange(staff: Staff, scheme: Scheme) -> bool:
    return grant(staff, Action.ARRANGE_STAND_IN, scheme.pk) is not None


def version_of(scheme: Scheme, digest: str) -> ServiceStatement | None:
    """The version of the service’s statement that has these words; none while nobody read it."""
    return ServiceStatement.objects.filter(scheme=scheme, digest=digest).first()


def acknowledgements_of(scheme: Scheme, digest: str) -> QuerySet[Acknowledgement]:
    """Who has read this version, the latest first."""
    found = Acknowledgement.objects.filter(statement__scheme=scheme, statement__digest=digest)
    return found.select_related("staff").order_by("-acknowledged_at", "-pk")


def acknowledged_by(staff: Staff, scheme: Scheme, digest: str) -> Acknowledgement | None:
    return acknowledgements_of(scheme, digest).filter(staff=staff).first()


def not_acknowledged(scheme: Scheme, digest: str) -> list[Staff]:
    """Those who work here and have not read this version, by name."""
    read = acknowledgements_of(scheme, digest).order_by().values("staff_id")
    return list(staff_at(scheme).exclude(pk__in=read))


def deputies_of(posts: list[Membership]) -> list[StandIn]:
    """Who stands in for the registered manager just now, with all powers or some."""
    today = posts[0].scheme.today() if posts else clock.today()
    found = StandIn.objects.at_hand().in_force(clock.now(), today)
    return list(found.filter(post__in=posts).order_by("until_at", "pk"))
