"""All that bears on somebody’s life on one page, each part with the day it was last told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from alongside.allocations.models import LEAD, Allocation
from alongside.assessments.queries import Scored, latest_completed
from alongside.health.models import Registration
from alongside.keywork.models import Note
from alongside.kit.records import made_at
from alongside.kit.together import read
from alongside.money.models import Benefit, BenefitStatus
from alongside.money.queries import sees_money
from alongside.organisation.models import Staff
from alongside.overview.queries.balance import balance_of
from alongside.overview.queries.currency import Age, ages_of
from alongside.paperwork.content import offered
from alongside.paperwork.queries import finished_forms
from alongside.plans.content import content_of_plan
from alongside.plans.models import Goal, Plan
from alongside.plans.queries import plans_of
from alongside.practice.actions import Action
from alongside.referrals.models import Referral
from alongside.residents.models import Contact
from alongside.sheets.models import Sheet
from alongside.sheets.reading import rows_of
from alongside.stays.models import Stay
from alongside.ui.addresses import address_about
from alongside.ui.charts import Chart

MOST = 40
FEW = 3
LATEST = 500


@dataclass(frozen=True, slots=True)
class Part:
    """One part of somebody’s life: what is known, from when it is, and where it stands."""

    key: str
    says: str
    on: date | None = None
    lines: list[tuple[str, str]] = field(default_factory=list)
    url: str = ""
    is_old: bool = False
    nothing: str = "Nothing is written down."


@dataclass(frozen=True, slots=True)
class Whole:
    """Everything the page shows; plan and risk stand first, side by side."""

    lead: Staff | None
    ages: list[Age]
    plan: Part
    risk: Part
    parts: list[Part]
    house: Chart | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    stay: Stay
    reader: Staff
    referral: Referral | None
    contacts: list[Contact]
    registrations: list[Registration]
    sheets: list[Sheet]
    statuses: list[BenefitStatus]
    plan: Plan | None
    scored: Scored | None


def whole_picture(stay: Stay, *, reader: Staff) -> Whole:
    """What is known of somebody, section by section, for this reader; four queries.

    Restricted answers, and money, only for those who may read them.
    Source: position description, Case management (a holistic view).
    """
    held = Allocation.objects.current().filter(stay=stay, role=LEAD).select_related("worker")
    referrals = Referral.objects.filter(stay=stay)
    contacts = Contact.objects.filter(resident_id=stay.resident_id).order_by("pk")[:MOST]
    registered = Registration.objects.filter(stay=stay).order_by("pk")[:MOST]
    forms = finished_forms(stay, reader=reader).order_by("-finished_at")[:MOST]
    plans = plans_of(stay).in_force()[:1]
    told = BenefitStatus.objects.filter(benefit__stay=stay).select_related("benefit")
    statuses = told.order_by("-from_on", "-pk")[:MOST]
    filed = Note.objects.filter(stay=stay).standing().latest_first().values("help_kinds")[:LATEST]
    goals = Goal.objects.filter(plan__in=plans_of(stay).in_force().values("pk"))
    reads = [filed, goals, held, referrals, contacts, registered, forms, plans]
    with_money = sees_money(reader, stay)
    read(*reads, *([statuses] if with_money else []))
    ages = ages_of([stay])[0][1]
    found = _Found(
        stay, reader, next(iter(referrals), None), list(contacts),
        _registrations(stay, registered, reader), list(forms),
        _with_stay(stay, statuses) if with_money else [],
        next(iter(plans), None), latest_completed(stay),
    )  # fmt: skip
    by_key = {age.key: age for age in ages}
    return Whole(
        lead=next((one.worker for one in held), None),
        ages=ages,
        plan=_plan(found, by_key["plan"]),
        risk=_risk(found, by_key["risk"]),
        parts=list(_parts(found)),
        house=balance_of(stay, found.scored, goals, [row["help_kinds"] for row in filed]),
    )


def _with_stay(stay: Stay, statuses: Iterable[BenefitStatus]) -> list[BenefitStatus]:
    latest: dict[object, BenefitStatus] = {}
    for status in statuses:
        status.benefit.stay = stay
        latest.setdefault(status.benefit_id, status)
    return list(latest.values())


def _registrations(
    stay: Stay, registered: Iterable[Registration], reader: Staff
) -> list[Registration]:
    may = reader.may(Action.READ_RESTRICTED, stay)
    found = list(registered)
    for one in found:
        one.stay = stay
    return [one for one in found if may or not one.is_restricted()]


def _plan(found: _Found, age: Age) -> Part:
    stay, plan = found.stay, found.plan
    term = stay.pack.term("plan").singular.capitalize()
    page = address_about("plans:plan", stay.pk)
    if plan is None:
        return Part("plan", term, None, [], page, age.is_old, "None is in force.")
    content = content_of_plan(plan)
    lines = [("Goal", str(goal["words"])) for goal in content["goals"][:MOST]]
    if plan.look_again():
        lines.append(("To be looked at again", f"{plan.look_again():%-d %B %Y}"))
    return Part("plan", term, age.on, lines, page, age.is_old)


def _risk(found: _Found, age: Age) -> Part:
    """Alerts and allergies, the risks told with the referral, and the forms about risk."""
    stay, pack, referral = found.stay, found.stay.scheme.pack, found.referral
    lines = [
        (says, words)
        for says, words in (
            ("Alert", stay.resident.alerts),
            ("Allergies", stay.resident.allergies),
        )
        if words
    ]
    for sheet in _latest_forms(found):
        if sheet.key in pack.choices("risk_forms"):
            lines += _answers(sheet, found.reader)
    if referral:
        known = pack.choices("known_risks")
        told = "; ".join(str(known.get(key) or key) for key in referral.risks)
        lines += _told([("Told when referred", told), ("In words", referral.risk_words)])
    page = address_about("paperwork:forms", stay.pk)
    return Part("risk", "Risks and safety", age.on, lines, page, age.is_old)


def _parts(found: _Found) -> Iterator[Part]:
    stay = found.stay
    yield from _history(found)
    if found.scored:
        yield _needs(found.scored, stay)
    yield _health(found)
    yield _people(found)
    yield _culture(found)
    if sees_money(found.reader, stay):
        yield _money(found)
    yield from _sections(found)
    yield from _forms(found)


def _history(found: _Found) -> Iterator[Part]:
    referral, stay = found.referral, found.stay
    if referral is None:
        return
    offered_lists = stay.scheme.pack.choices("homelessness_status")
    status = offered_lists.get(referral.homelessness)
    rows = [
        ("Before", referral.homelessness_words or (str(status) if status else "")),
        ("Last slept", referral.last_slept),
        ("For how long", referral.homeless_for),
        ("What led to it", referral.causes),
        ("Why they came", referral.reason),
    ]
    page = address_about("referrals:referral", referral.pk)
    yield Part("history", "Housing so far", referral.received_on, _told(rows), page)


def _needs(scored: Scored, stay: Stay) -> Part:
    framework = scored.assessment.framework
    if scored.has_percent:
        rows = [(area.says, str(score)) for area, score in scored.areas]
    else:
        rows = [(item.says, scored.level_of(item.key)) for item in framework.items]
    rows.append(("Strengths", scored.assessment.strengths))
    page = address_about("assessments:progress", stay.pk)
    return Part("needs", framework.says, scored.assessment.assessed_on, _told(rows), page)


def _health(found: _Found) -> Part:
    stay = found.stay
    offered_lists = stay.scheme.pack.choices("registrations")
    rows = [(str(offered_lists.get(one.kind) or one.kind), one.name) for one in found.registrations]
    rows.insert(0, ("Doctor", stay.resident.doctor))
    on = _latest_day(stay, (one.recorded_at for one in found.registrations))
    return Part("health", "Health", on, _told(rows), address_about("health:health", stay.pk))


def _people(found: _Found) -> Part:
    """Family and others: whom they named, how they stand to them, what they wish."""
    stay = found.stay
    term = stay.pack.terms.get("family")
    rows = [
        (one.name, ", ".join(filter(None, [one.relation, one.wishes]))) for one in found.contacts
    ]
    rows.append(("Next of kin", stay.resident.next_of_kin))
    on = _latest_day(stay, (made_at(one.pk) for one in found.contacts))
    says = term.singular.capitalize() if term else "Family and friends"
    lines = [(name, words or "named") for name, words in rows if words or name != "Next of kin"]
    return Part("people", says, on, lines, address_about("casefile:details", stay.pk))


def _culture(found: _Found) -> Part:
    resident = found.stay.resident
    rows = [
        ("Languages", resident.languages),
        ("Iwi", resident.iwi),
        ("Ethnicity", resident.ethnicity),
        ("Pronouns", resident.pronouns),
    ]
    return Part(
        "culture", "Culture and language", None, _told(rows),
        address_about("casefile:details", found.stay.pk),
    )  # fmt: skip


def _money(found: _Found) -> Part:
    pack = found.stay.scheme.pack
    states = pack.choices("benefit_statuses")
    rows = [
        (_benefit(one.benefit), str(states.get(one.status) or one.status)) for one in found.statuses
    ]
    on = max((one.from_on for one in found.statuses), default=None)
    return Part("money", "Money", on, _told(rows), address_about("money:money", found.stay.pk))


def _benefit(benefit: Benefit) -> str:
    found = benefit.stay.scheme.pack.choices("benefits").get(benefit.kind)
    return str(found or benefit.kind)


def _sections(found: _Found) -> Iterator[Part]:
    """What the plan says of each part of life, as both have signed it."""
    plan, stay = found.plan, found.stay
    if plan is None:
        return
    on = _latest_day(stay, filter(None, [plan.last_kept_up()]))
    for answer in content_of_plan(plan)["sections"]:
        if answer["words"]:
            page = address_about("plans:version", plan.pk)
            yield Part(answer["key"], answer["says"], on, [("", answer["words"])], page)


def _forms(found: _Found) -> Iterator[Part]:
    """The latest of every other form in the file, with its first few answers."""
    known = found.stay.scheme.pack.choices("risk_forms")
    for sheet in _latest_forms(found):
        if sheet.key not in known:
            on = _latest_day(found.stay, filter(None, [sheet.finished_at]))
            lines = _answers(sheet, found.reader)[:FEW]
            page = address_about("paperwork:form", sheet.pk)
            yield Part(sheet.key, sheet.asked.says, on, lines, page)


def _latest_forms(found: _Found) -> list[Sheet]:
    """The latest of each kind, in the order of the practice."""
    latest: dict[str, Sheet] = {}
    for sheet in found.sheets:
        latest.setdefault(sheet.key, sheet)
    return [latest[one.key] for one in offered(found.stay.scheme.pack) if one.key in latest]


def _answers(sheet: Sheet, reader: Staff) -> list[tuple[str, str]]:
    rows = rows_of(sheet, reader=reader)
    return [(row.question.says, row.answer) for row in rows if row.answer]


def _told(rows: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(says, words) for says, words in rows if words]


def _latest_day(stay: Stay, times: Iterable[datetime]) -> date | None:
    latest = max(times, default=None)
    return latest.astimezone(stay.scheme.zone).date() if latest else None
