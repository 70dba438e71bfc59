"""Those who answer to somebody here: their tasks, what they have shown, supervision and goals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from alongside.duties.models import Duty
from alongside.organisation.models import Membership, Scheme, Staff
from alongside.other_duties.queries import Asked as AskedOnce
from alongside.other_duties.queries import shown_of
from alongside.paperwork.content import offered_about
from alongside.plans.models import HandedOn
from alongside.practice.sheets import About
from alongside.practice.sheets import Sheet as Asked
from alongside.sheets.gates import GateOf, gates_of
from alongside.sheets.models import Sheet
from alongside.sheets.reading import Row, rows_of

GOALS = "development-goals"
"""The form, in a practice that has one, in which somebody's goals are agreed."""
FEW = 5


@dataclass(frozen=True, slots=True)
class Colleague:
    """One of them, with everything on one page."""

    staff: Staff
    roles: list[str]
    tasks: list[HandedOn]
    gates: list[GateOf]
    forms: list[tuple[Asked, Sheet | None]]
    goals: list[Row]
    goals_on: date | None
    owed: list[Duty]
    asked: AskedOnce | None = None

    @property
    def few(self) -> list[HandedOn]:
        return self.tasks[:FEW]

    @property
    def more(self) -> int:
        return max(len(self.tasks) - FEW, 0)

    @property
    def missing(self) -> list[GateOf]:
        return [gate for gate in self.gates if not gate.is_open]


def colleagues_of(leader: Staff, scheme: Scheme) -> list[Colleague]:
    """Everybody who answers to this person here today, by name. Six queries."""
    posts: dict[Staff, list[Membership]] = {}
    today = scheme.today()
    held = Membership.objects.current(today).filter(scheme=scheme, line_manager=leader)
    for post in held.select_related("staff", "scheme__organisation").order_by("staff__name"):
        posts.setdefault(post.staff, []).append(post)
    tasks = _tasks(leader, scheme, posts)
    gates = gates_of(scheme, posts)
    papers = _papers(scheme, posts)
    owed = _owed(leader, scheme, posts, today)
    asked_once = shown_of(leader, scheme, [one.pk for one in posts])
    asked = offered_about(scheme.pack, About.STAFF)
    return [
        Colleague(
            staff=one,
            roles=[post.role_says for post in own],
            tasks=tasks.get(one.pk, []),
            gates=[
                gate for gate in gates[one.pk] if {post.role for post in own} & set(gate.gate.roles)
            ],
            forms=[(form, papers.get((one.pk, form.key))) for form in asked],
            goals=_goals(papers.get((one.pk, GOALS)), leader),
            goals_on=_day(papers.get((one.pk, GOALS)), scheme),
            owed=owed.get(one.pk, []),
            asked=asked_once.get(one.pk),
        )
        for one, own in posts.items()
    ]


def _tasks(leader: Staff, scheme: Scheme, team: Iterable[Staff]) -> dict[UUID, list[HandedOn]]:
    found = HandedOn.objects.visible_to(leader).open().for_page()
    rows: dict[UUID, list[HandedOn]] = {}
    for task in found.filter(to__in=list(team), stay__scheme=scheme).order_by("due_on", "pk"):
        rows.setdefault(task.to_id, []).append(task)
    return rows


def _papers(scheme: Scheme, team: Iterable[Staff]) -> dict[tuple[UUID | None, str], Sheet]:
    """The latest finished form of each kind about each of them."""
    found = Sheet.objects.for_page().filter(
        scheme=scheme, worker__in=list(team), finished_at__isnull=False, corrected_by=None
    )
    return {(one.worker_id, one.key): one for one in found.order_by("finished_at", "pk")}


def _owed(
    leader: Staff, scheme: Scheme, team: Iterable[Staff], on: date
) -> dict[UUID | None, list[Duty]]:
    """What is open about them and falls to this person or to themselves."""
    people = list(team)
    found = Duty.objects.outstanding(on).filter(
        scheme=scheme, worker__in=people, owed_by__in=[leader, *people]
    )
    rows: dict[UUID | None, list[Duty]] = {}
    for duty in found.select_related("scheme__organisation").order_by("due_on", "pk"):
        rows.setdefault(duty.worker_id, []).append(duty)
    return rows


def _goals(paper: Sheet | None, reader: Staff) -> list[Row]:
    return [row for row in rows_of(paper, reader=reader) if row.answer] if paper else []


def _day(paper: Sheet | None, scheme: Scheme) -> date | None:
    return paper.finished_at.astimezone(scheme.zone).date() if paper and paper.finished_at else None
