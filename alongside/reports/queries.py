"""The figures of a month, and the records behind each. One query for each kind of record."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, F, OuterRef, QuerySet, Subquery, Value, When
from django.shortcuts import get_object_or_404

from alongside.assessments.models import Assessment
from alongside.duties.models import Duty, State
from alongside.keywork.models import Booking, Outcome, Session
from alongside.kit.weighing import weighed_anew
from alongside.organisation.models import Scheme, Staff
from alongside.plans.models import GoalResult
from alongside.reports.figures import Figure, Group
from alongside.reports.models import SharedFigures, SharedFiguresQuerySet
from alongside.reports.month import Month
from alongside.sheets.models import Sheet
from alongside.stages.models import Move, StageMove
from alongside.stays.models import Stay, StayQuerySet

HEX = re.compile(r"[0-9a-f]{32}", re.ASCII)
CHANGES = {"up": "Score went up", "same": "Score stayed", "down": "Score went down"}
SUCCESSES = {"achievement": "Celebrated"}
STATES = (State.MET, State.MET_LATE, State.MISSED, State.EXCUSED, State.OPEN, State.PAUSED)


def monthly_figures(scheme: Scheme, month: Month) -> list[Group]:
    """Sessions, duties, people, stages and scores of one month."""
    with weighed_anew():  # a month may be of thousands of records, or of none
        return _figures(scheme, month)


def _figures(scheme: Scheme, month: Month) -> list[Group]:
    stages = {each.value: str(each.label) for each in Move}
    states = {each.value: str(each.label) for each in STATES}
    return [
        Group("Sessions held", _by_worker("held", _held(scheme, month), "held_by")),
        Group("Sessions missed", _by_worker("missed", _missed(scheme, month), "worker")),
        Group("Duties that fell due", _by_key("duty", _duties(scheme, month), "state", states)),
        Group("People", _people(scheme, month)),
        Group("Stages", _by_key("stage", _moves(scheme, month), "kind", stages)),
        Group("Scores", _by_key("score", _scores(scheme, month), "change", CHANGES)),
        Group("Goals", _by_key("goal", _goals(scheme, month), "result", _results(scheme))),
        *_celebrated(scheme, month),
    ]


def shared_figures(scheme: Scheme) -> SharedFiguresQuerySet:
    """The months whose figures are fixed for others, latest first."""
    return SharedFigures.objects.for_page().filter(scheme=scheme).order_by("-month")


def shared_figures_for(staff: Staff, key: UUID) -> SharedFigures:
    """That month, if it is of a scheme where this person works."""
    mine = SharedFigures.objects.for_page().filter(scheme__in=staff.scheme_ids())
    return get_object_or_404(mine, pk=key)


def people_behind(scheme: Scheme, month: Month, key: str) -> StayQuerySet | None:
    """The stays whose records a figure counted, with `many`; None when there is no such figure."""
    if (records := _records(scheme, month, key)) is None:
        return None
    if records.model is Stay:
        here: QuerySet[Any] = records
        return Stay.objects.for_page().filter(pk__in=here.values("pk")).annotate(many=Value(1))
    counted = records.filter(stay=OuterRef("pk")).order_by().values("stay")
    return (
        Stay.objects.for_page()
        .filter(scheme=scheme, pk__in=records.values("stay"))
        .annotate(many=Subquery(counted.annotate(n=Count("pk")).values("n")))
    )


def figure_says(scheme: Scheme, month: Month, key: str) -> str:
    """The words of a figure, for the page of the people behind it."""
    groups = monthly_figures(scheme, month)
    return next((f"{g.says}: {f.says}" for g in groups for f in g.figures if f.key == key), "")


def _records(scheme: Scheme, month: Month, key: str) -> QuerySet[Any] | None:
    kind, _, of = key.partition("-")
    found: dict[str, tuple[QuerySet[Any], str]] = {
        "held": (_held(scheme, month), "held_by"),
        "missed": (_missed(scheme, month), "worker"),
        "duty": (_duties(scheme, month), "state"),
        "stage": (_moves(scheme, month), "kind"),
        "score": (_scores(scheme, month), "change"),
        "goal": (_goals(scheme, month), "result"),
        "done": (_successes(scheme, month), "key"),
    }
    if kind in {"in", "out"} and not of:
        return _moved(scheme, month, kind)
    if kind not in found or not of:
        return None
    if kind in {"held", "missed"} and not HEX.fullmatch(of):
        return None
    records, field = found[kind]
    return records.filter(**{field: of})


def _held(scheme: Scheme, month: Month) -> QuerySet[Session]:
    return Session.objects.counting().filter(stay__scheme=scheme, held_on__range=month.days)


def _missed(scheme: Scheme, month: Month) -> QuerySet[Booking]:
    return Booking.objects.filter(
        stay__scheme=scheme, outcome=Outcome.MISSED, starts_at__range=month.instants
    )


def _duties(scheme: Scheme, month: Month) -> QuerySet[Duty]:
    return Duty.objects.filter(scheme=scheme, state__in=STATES, due_on__range=month.days)


def _moves(scheme: Scheme, month: Month) -> QuerySet[StageMove]:
    return StageMove.objects.filter(stay__scheme=scheme, at__range=month.instants)


def _moved(scheme: Scheme, month: Month, way: str) -> QuerySet[Stay]:
    return Stay.objects.filter(scheme=scheme, **{f"moved_{way}_on__range": month.days})


def _goals(scheme: Scheme, month: Month) -> QuerySet[GoalResult]:
    """What became of goals: the latest word on each in the month."""
    said = GoalResult.objects.filter(stay__scheme=scheme, on__range=month.days)
    later = said.filter(line=OuterRef("line")).order_by("-on", "-pk")
    return said.filter(pk=Subquery(later.values("pk")[:1]))


def _results(scheme: Scheme) -> dict[str, str]:
    return {one.key: one.says for one in scheme.pack.choices("goal_results")}


def _celebrated(scheme: Scheme, month: Month) -> list[Group]:
    """What was celebrated, where the practice has a form for it."""
    offered = {key: says for key, says in SUCCESSES.items() if key in scheme.pack.sheets}
    if not offered:
        return []
    return [Group("Successes", _by_key("done", _successes(scheme, month), "key", offered))]


def _successes(scheme: Scheme, month: Month) -> QuerySet[Sheet]:
    return Sheet.objects.filter(
        stay__scheme=scheme, key__in=SUCCESSES, finished_at__range=month.instants
    )


def _scores(scheme: Scheme, month: Month) -> QuerySet[Assessment]:
    """Standing assessments of the month that have an earlier one, with which way they went."""
    completed = Assessment.objects.standing()
    earlier = completed.filter(
        stay=OuterRef("stay"), framework_key=OuterRef("framework_key"),
        assessed_on__lt=OuterRef("assessed_on"), most__gt=0,
    ).order_by("-assessed_on", "-pk")  # fmt: skip
    share = F("points") * F("most_before")
    return (
        completed.filter(stay__scheme=scheme, assessed_on__range=month.days, most__gt=0)
        .annotate(
            points_before=Subquery(earlier.values("points")[:1]),
            most_before=Subquery(earlier.values("most")[:1]),
        )
        .filter(most_before__isnull=False)
        .annotate(now=share, then=F("points_before") * F("most"))
        .annotate(
            change=Case(
                When(now__gt=F("then"), then=Value("up")),
                When(now__lt=F("then"), then=Value("down")),
                default=Value("same"),
            )
        )
    )


def _by_worker(kind: str, records: QuerySet[Any], worker: str) -> list[Figure]:
    rows = records.order_by().values_list(worker, f"{worker}__name").annotate(n=Count("pk"))
    return [
        Figure(f"{kind}-{key.hex}", name, number)
        for key, name, number in sorted(rows, key=lambda row: row[1])
    ]


def _by_key(kind: str, records: QuerySet[Any], field: str, words: dict[str, str]) -> list[Figure]:
    rows: Iterable[tuple[str, int]] = records.order_by().values_list(field).annotate(n=Count("pk"))
    counted = dict(rows)
    return [Figure(f"{kind}-{key}", says, counted.get(key, 0)) for key, says in words.items()]


def _people(scheme: Scheme, month: Month) -> list[Figure]:
    counted = {way: _moved(scheme, month, way).count() for way in ("in", "out")}
    return [
        Figure("in", "Moved in", counted["in"]),
        Figure("out", "Moved on", counted["out"]),
    ]
