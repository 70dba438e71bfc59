"""What a worker reads before a session: the risks on file and the plan, and what has grown old."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from alongside.admissions.models import Admission
from alongside.plans.models import Plan
from alongside.plans.queries import plan_in_force
from alongside.plans.queries.overview import days_since
from alongside.stays.models import Stay


@dataclass(frozen=True, slots=True)
class Headline:
    """One line to be read: what it says, from when it is, and whether it has grown too old."""

    says: str
    words: str
    known_on: date | None
    is_old: bool
    url_name: str
    key: str


def headlines_of(stay: Stay) -> list[Headline]:
    """The risks as they were last told, and the plan in force."""
    return [_risk(stay), _plan(stay, plan_in_force(stay))]


def _risk(stay: Stay) -> Headline:
    resident = stay.resident
    told = [words for words in (resident.alerts, resident.allergies) if words]
    asked = Admission.objects.filter(stay=stay, finished_at__isnull=False).values_list(
        "finished_at", flat=True
    )
    at = asked.order_by("-finished_at").first()
    on = at.astimezone(stay.scheme.zone).date() if at else None
    most = int(stay.scheme.pack.limit("risk_stale"))
    return Headline(
        says="Risks and allergies",
        words="; ".join(told) or "None told.",
        known_on=on,
        is_old=on is None or (stay.scheme.today() - on).days > most,
        url_name="casefile:details",
        key=str(stay.pk),
    )


def _plan(stay: Stay, plan: Plan | None) -> Headline:
    term = stay.pack.term("plan").singular.capitalize()
    if plan is None:
        return Headline(
            term, "None in force.", None, is_old=True, url_name="plans:plan", key=str(stay.pk)
        )
    on = plan.in_force_at.astimezone(stay.scheme.zone).date() if plan.in_force_at else None
    return Headline(
        says=term,
        words=f"Version {plan.number}",
        known_on=on,
        is_old=days_since(plan, stay) > int(stay.scheme.pack.limit("plan_stale")),
        url_name="plans:version",
        key=str(plan.pk),
    )
