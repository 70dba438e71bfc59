"""What pages ask about the time after a move."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, cast
from uuid import UUID

from django.db import models
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.shortcuts import get_object_or_404

from alongside.aftercare.facts import unanswered_alert
from alongside.aftercare.models import (
    AftercarePlan,
    Contact,
    Decision,
    Episode,
    TenancyConcern,
)
from alongside.aftercare.signing import signers_of
from alongside.allocations.models import LEAD, Allocation
from alongside.kit.together import read
from alongside.organisation.models import Scheme, Staff
from alongside.organisation.policy import seen_along
from alongside.plans.queries.signing import Signing, parties
from alongside.practice.actions import Action
from alongside.signatures.models import Signature
from alongside.signatures.queries import signatures_on
from alongside.stays.models import Stay


def episodes_of(stay: Stay) -> list[Episode]:
    """Every episode of the stay, the one that is open first, then the latest."""
    found = Episode.objects.filter(stay=stay).select_related("closed_by", "cancelled_by")
    rows = list(found.order_by("-recorded_at"))
    for row in rows:
        row.stay = stay
    return sorted(rows, key=lambda one: not one.is_open)


def open_episode(stay: Stay) -> Episode | None:
    """The support that runs now, or is to begin."""
    return Episode.objects.open().for_page().filter(stay=stay).first()


def of_a_stay[M: models.Model](staff: Staff, model: type[M], pk: UUID) -> M:
    """That record of a stay, at a scheme where this person reads files."""
    rows = model._default_manager.filter(seen_along(staff, "stay"))
    found = rows.select_related("stay__resident", "stay__scheme__organisation", "stay__bed")
    return get_object_or_404(found, pk=pk)


def of_an_episode[M: models.Model](staff: Staff, model: type[M], pk: UUID) -> M:
    """That record of an episode, at a scheme where this person reads files."""
    rows = model._default_manager.filter(seen_along(staff, "episode__stay"))
    found = rows.select_related(
        "episode__stay__resident", "episode__stay__scheme__organisation", "episode__stay__bed"
    )
    return get_object_or_404(found, pk=pk)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that needs somebody: what it is, since when it is due, and how bad that is."""

    says: str
    tone: str


@dataclass(frozen=True, slots=True)
class Aftercare:
    """Everything the page about one episode shows."""

    episode: Episode
    plans: list[AftercarePlan]
    contacts: list[Contact]
    decisions: list[Decision]
    concerns: list[TenancyConcern]
    lines: list[Line] = field(default_factory=list)
    signing: list[Signing] = field(default_factory=list)
    noes: list[Signature] = field(default_factory=list)

    @property
    def plan(self) -> AftercarePlan | None:
        """The version that counts: the latest."""
        return self.plans[0] if self.plans else None

    def counted(self, result: str) -> int:
        return sum(one.result == result for one in self.contacts)

    @property
    def done(self) -> int:
        return self.counted(Contact.Result.DONE)

    @property
    def missed(self) -> int:
        return self.counted(Contact.Result.MISSED)


def decision_day(episode: Episode) -> date:
    """The day on which the question is asked."""
    return episode.secured_on + timedelta(days=int(episode.scheme.pack.limit("aftercare_decision")))


def answer_day(episode: Episode) -> date:
    """The day by which it must be answered: the last of the weeks first given."""
    return episode.secured_on + timedelta(days=int(episode.scheme.pack.limit("aftercare_length")))


def aftercare_of(episode: Episode, *, reader: Staff | None = None) -> Aftercare:
    """The plan, contacts, decisions and what puts the tenancy at risk, read together.

    With a reader also who signs the plan, who has, who said no, and whose signature the reader
    can take.
    """
    stay = episode.stay
    plans = episode.plans.select_related("recorded_by")
    contacts = episode.contacts.exclude(result=Contact.Result.NOT_NEEDED).select_related(
        "result_by"
    )
    decisions = episode.decisions.select_related("recorded_by", "approved_by")
    concerns = TenancyConcern.objects.filter(stay=stay, resolved_on=None)
    read(plans, contacts, decisions, concerns)
    for row in (*plans, *contacts, *decisions):
        row.episode = episode
    for concern in concerns:
        concern.stay = stay
    shown = Aftercare(episode, list(plans), list(contacts), list(decisions), list(concerns))
    given = list(signatures_on(shown.plan)) if shown.plan and reader else []
    signing = _signing(shown.plan, given, reader) if shown.plan and reader else []
    noes = [one for one in given if one.refused]
    return replace(shown, lines=list(_lines(shown)), signing=signing, noes=noes)


def _signing(plan: AftercarePlan, given: list[Signature], reader: Staff) -> list[Signing]:
    """Who signs it and who has."""
    return parties(plan, signers_of(plan), given, reader, needs=Action.PROVIDE_AFTERCARE)


def _lines(shown: Aftercare) -> list[Line]:
    """What is owed, worked out from what is at hand and the pack's numbers."""
    episode, today = shown.episode, shown.episode.scheme.today()
    if not episode.is_open or not episode.has_begun(today):
        return []
    lines = []
    if episode.answer != "declined" and not any(plan.in_force_on for plan in shown.plans):
        days = (today - episode.secured_on).days
        lines.append(Line(f"The plan is not signed, {days} days after the move", "bad"))
    if alert := unanswered_alert(episode):
        day = alert.happened_on or alert.planned_on
        lines.append(Line(f"Contacts missed in a row, last on {day:%-d %B}: see that they are safe",
                          "bad"))  # fmt: skip
    late = sum(not one.result and one.planned_on < today for one in shown.contacts)
    if late:
        lines.append(Line(f"{late} contacts are over and not recorded", "warn"))
    if not any(one.counts for one in shown.decisions) and today >= decision_day(episode):
        last = answer_day(episode)
        tone = "bad" if today > last else "warn"
        lines.append(Line(f"Decide by {last:%-d %B %Y}: end, go on, or refer", tone))
    if episode.answer in {"not_asked", "deferred"}:
        lines.append(Line("Ask whether they want this support", "warn"))
    again = episode.secured_on + timedelta(
        days=int(episode.scheme.pack.limit("aftercare_offer_again"))
    )
    if episode.answer == "declined":
        lines.append(Line(f"Offer it once more before {again:%-d %B %Y}", "warn"))
    return lines


@dataclass(frozen=True, slots=True)
class Clock:
    """One of the two clocks: days gone of days given."""

    says: str
    done: int
    of: int
    words: str


def clocks_of(stay: Stay, episode: Episode | None) -> list[Clock]:
    """Residence, support after the move, and both together."""
    today, target = stay.scheme.today(), int(stay.scheme.pack.limit("move_on_target"))
    here = stay.nights(today)
    clocks = [Clock("In the house", min(here, target), target, f"day {here}, of about {target}")]
    if episode is None:
        return clocks
    length = (episode.until_on - episode.secured_on).days
    last = min(filter(None, (episode.closed_on, today)))
    gone = min(max((last - episode.secured_on).days, 0), length)
    days = (f"begins on {episode.secured_on:%-d %B %Y}" if today < episode.secured_on else
            f"day {gone} of {length}, until {episode.until_on:%-d %B %Y}")  # fmt: skip
    both = min(here, target) + gone
    return [
        *clocks,
        Clock("After the move", gone, length, days),
        Clock("Together", both, target + length, f"{both} of {target + length} days"),
    ]


SHOW = {"coming": "To begin", "to-approve": "Longer support to approve", "ended": "Ended"}


def extensions_waiting(scheme: Scheme) -> QuerySet[Decision]:
    """Longer support that was asked for there and that no leader has approved or refused."""
    return Decision.objects.filter(
        kind=Decision.Kind.EXTEND,
        approved_on=None,
        refused_on=None,
        episode__stay__scheme=scheme,
        episode__closed_on=None,
        episode__cancelled_on=None,
    )


def aftercare_at(scheme: Scheme, *, show: str = "") -> QuerySet[Episode]:
    """Episodes of the scheme: running, to begin, ended, or with longer support to approve; with
    worker and counts."""
    today = scheme.today()
    found = Episode.objects.for_page().filter(stay__scheme=scheme, cancelled_on=None)
    match show:
        case "coming":
            found = found.filter(closed_on=None, secured_on__gt=today)
        case "to-approve":
            found = found.filter(pk__in=extensions_waiting(scheme).values("episode"))
        case "ended":
            found = found.filter(closed_on__isnull=False)
        case _:
            found = found.filter(closed_on=None, secured_on__lte=today)
    lead = Allocation.objects.filter(stay=OuterRef("stay_id"), role=LEAD, until_on=None)
    return found.annotate(
        worker_name=Subquery(lead.values("worker__name")[:1]),
        done=Count("contacts", filter=Q(contacts__result="done"), distinct=True),
        missed=Count("contacts", filter=Q(contacts__result="missed"), distinct=True),
        signed=Count("plans", filter=Q(plans__in_force_on__isnull=False), distinct=True),
    )


@dataclass(frozen=True, slots=True)
class Figures:
    """How the support of the last year went."""

    running: int
    ended: int
    held: int
    contacts: int
    people: int

    @property
    def held_of(self) -> str:
        return f"{self.held} of {self.ended}" if self.ended else "–"

    @property
    def contacts_each(self) -> str:
        """Contacts made for each person, to one place; a dash for nobody."""
        return f"{self.contacts / self.people:.1f}" if self.people else "–"


def figures_at(scheme: Scheme) -> Figures:
    """Homes still held when support ended, and contacts made per person, in the last year."""
    today = scheme.today()
    since = today - timedelta(days=int(scheme.pack.limit("mean_stay_window")))
    every = Episode.objects.filter(stay__scheme=scheme, cancelled_on=None)
    running = every.filter(closed_on=None, secured_on__lte=today)
    # Whoever said no has no support that could have helped to hold the home.
    ended = every.filter(closed_on__gte=since).exclude(outcome="declined")
    made = Contact.objects.filter(
        Q(episode__in=running) | Q(episode__in=ended), result=Contact.Result.DONE
    )
    counted = cast("Any", ended.aggregate(
        all=Count("pk"), held=Count("pk", filter=Q(tenancy_held=True))))  # fmt: skip
    now = running.exclude(answer="declined").count()
    return Figures(now, counted["all"], counted["held"], made.count(), now + counted["all"])


def concerns_of(stay: Stay) -> list[TenancyConcern]:
    """What concerns the tenancy, what is open first, with what was done."""
    found = (
        TenancyConcern.objects.filter(stay=stay)
        .select_related("resolved_by", "recorded_by")
        .prefetch_related("steps")
    )
    rows = list(found.order_by(models.F("resolved_on").desc(nulls_first=True), "-raised_on"))
    for row in rows:
        row.stay = stay
    return rows
