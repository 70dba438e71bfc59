"""What was agreed about how to be with somebody, as short cards for who is on shift."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from alongside.kit.together import read
from alongside.organisation.models import Scheme, Staff
from alongside.plans.models import Plan, PlanReading
from alongside.stays.models import Stay
from alongside.stays.queries import current_stays


@dataclass(frozen=True, slots=True)
class Card:
    """One person: what helps, from the plan in force, and who has read this version."""

    stay: Stay
    plan: Plan
    lines: list[tuple[str, str]]
    readers: list[str]
    has_read: bool


def approaches_at(scheme: Scheme, *, reader: Staff) -> list[Card]:
    """A card for everybody here whose plan says how to do it; those one has not read come first.

    Which parts of a plan are such approaches is the pack's list `approaches`, which names parts of
    `plan_sections`. Three queries. Source: key worker guidance, 3.1 (consistent approaches).
    """
    stays = list(current_stays(scheme))
    plans = Plan.objects.filter(stay__in=stays).in_force()
    readings = PlanReading.objects.filter(plan__in=plans.values("pk")).select_related("staff")
    read(plans, readings)
    known: dict[UUID, list[PlanReading]] = defaultdict(list)
    for one in readings:
        known[one.plan_id].append(one)
    held = {plan.stay_id: plan for plan in plans}
    cards = [
        _card(stay, held[stay.pk], known[held[stay.pk].pk], reader)
        for stay in stays
        if stay.pk in held
    ]
    return sorted((card for card in cards if card.lines), key=lambda card: card.has_read)


def _card(stay: Stay, plan: Plan, readings: list[PlanReading], reader: Staff) -> Card:
    named = stay.scheme.pack.choices("approaches")
    content: dict[str, Any] = plan.content or {}
    lines = [
        (answer["says"], answer["words"])
        for answer in content.get("sections", [])
        if answer["key"] in named and answer["words"]
    ]
    return Card(
        stay,
        plan,
        lines,
        [one.staff.name for one in readings],
        any(one.staff_id == reader.pk for one in readings),
    )
