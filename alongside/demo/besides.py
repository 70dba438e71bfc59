"""What every service of the demo keeps besides: supervision and other forms about the team and the
service, hours by contract, days away, who was referred, and the month that is closed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.demo.house import House
from alongside.duties.operations import close_month
from alongside.kit import clock
from alongside.kit.durations import Duration
from alongside.organisation.models import Scheme, Staff
from alongside.paperwork.operations import fill_in_about_myself, fill_in_about_the_team
from alongside.practice.sheets import About, Question, QuestionKind
from alongside.referrals.operations import decide_referral, register_referral, screen_referral
from alongside.residents.operations import register_resident
from alongside.rota.operations import contract_hours
from alongside.sheets.reading import options_of
from alongside.stays.models import Stay
from alongside.time_away.operations import record_away, record_back

DAY = timedelta(days=1)
BEHIND = 4  # every so many colleagues were last seen some time ago
LATELY = timedelta(days=3)
SAID = "Talked through and written down; the next steps are agreed."
CONTRACTS = {
    "staged-hostel": ("Support contract with the council, lot 2", "4"),
    "aotearoa-transitional": ("Transitional housing agreement, schedule A", "3.5"),
    "supported-living": ("Care package agreed with the council", "14"),
    "coordinated-care": ("Individual service contract", "18.5"),
}
# Given name, family name, gender, days since, what was decided.
REFERRED = (
    ("Aroha", "Ngata", "woman", 9, ""), ("Sina", "Leavasa", "woman", 6, "waiting_list"),
    ("Mere", "Tautahi", "woman", 4, ""), ("Dean", "Corrigan", "man", 2, ""),
)  # fmt: skip


@operation("demo.service_kept", needs=None)
def tell_what_is_kept_besides(scheme: Scheme, *, by: Actor, house: House, now: datetime) -> Scheme:
    """All of it. One operation, so that what follows is worked out once."""
    leader = _leader(house)
    stays = list(
        Stay.objects.select_related(*Stay.LOCK_WITH)
        .filter(scheme=scheme, moved_out_on=None)
        .order_by("moved_in_on", "pk")
    )
    _about_the_team(house, leader, now)
    _about_the_service(house, leader, now)
    _hours(house, leader, stays)
    _away(stays, leader, now)
    if scheme.pack.key == "aotearoa-transitional":
        _referred(house, leader, now)
    return scheme


def close_last_month(house: House, now: datetime) -> None:
    """The month before this one is closed, so that its figures stay as they are."""
    first = now.astimezone(house.scheme.zone).date().replace(day=1)
    close_month(house.scheme, by=_leader(house), month=(first - DAY).replace(day=1))


def _leader(house: House) -> Staff:
    return house.first("manager")


def _about_the_team(house: House, leader: Staff, now: datetime) -> None:
    """Each form about a colleague as often as its duty asks; a few are behind with it.

    Whoever leads is seen by whom they answer to; who answers to nobody here writes down themselves
    that they were seen, by the trustees.
    """
    everybody = {one for held in house.staff.values() for one in held if one != leader}
    team = sorted(everybody, key=lambda one: one.name)
    above = next((post.line_manager for post in leader.current_memberships), None)
    for rule in house.scheme.pack.duties:
        fact, _, key = rule.done_by.partition(":")
        if rule.subject != "staff" or fact != "sheet.completed" or not rule.every:
            continue
        own = "worker" in rule.owner[:1]
        for number, worker in enumerate([*team, leader, *([above] if above else [])]):
            if rule.roles and not set(rule.roles) & set(worker.roles_at(house.scheme.pk)):
                continue
            by = _seen_by(worker, leader, above)
            begun = min(one.from_on for one in worker.current_memberships)
            days = list(_days(begun, rule.every, now.date() - LATELY))
            for on in days[:-1] if number % BEHIND == 1 and worker in team else days:
                _fill_in(house, key, on, by=worker if own else by, worker=worker)


def _seen_by(worker: Staff, leader: Staff, above: Staff | None) -> Staff:
    if worker == leader:
        return above or leader
    return worker if worker == above else leader


def _about_the_service(house: House, leader: Staff, now: datetime) -> None:
    """What is asked about the service: now and then, the last time lately."""
    rules = {rule.done_by.partition(":")[2]: rule for rule in house.scheme.pack.duties}
    begun = min(one.from_on for one in leader.current_memberships)
    for sheet in house.scheme.pack.sheets:
        if sheet.about is not About.SCHEME:
            continue
        rule = rules.get(sheet.key)
        often = rule.every if rule and rule.every and rule.subject == "scheme" else ""
        for on in _days(begun, often, now.date() - LATELY) if often else [now.date() - 30 * DAY]:
            _fill_in(house, sheet.key, on, by=leader)


def _days(begun: date, every: str, until: date) -> Iterator[date]:
    """The day before each time it is due."""
    length, day = Duration.parse(every), begun
    while (day := length.after(day) - DAY) <= until:
        yield day


def _fill_in(house: House, key: str, on: date, *, by: Staff, worker: Staff | None = None) -> None:
    questions = house.scheme.pack.sheet(key).questions
    at = datetime.combine(on, datetime.min.time(), tzinfo=house.scheme.zone) + timedelta(hours=15)
    with clock.standing_at(at):
        given = answered(house, questions, by, on)
        if worker == by:
            fill_in_about_myself(house.scheme, by=by, key=key, answers=given)
        else:
            fill_in_about_the_team(house.scheme, by=by, key=key, answers=given, worker=worker)


def answered(house: House, questions: Iterable[Question], by: Staff, on: date) -> dict[str, object]:
    """An answer to every question that has to be answered."""
    return {one.key: _answer(house, one, by, on) for one in questions if one.required}


def _answer(house: House, question: Question, by: Staff, on: date) -> object:
    options = [key for key, _ in options_of(house.scheme.pack, question)]
    known: dict[QuestionKind, object] = {
        QuestionKind.YES_NO: "yes",
        QuestionKind.TICK: True,
        QuestionKind.CHOICE: next(iter(options), ""),
        QuestionKind.CHOICES: options[:1],
        QuestionKind.NUMBER: "1",
        QuestionKind.DATE: on.isoformat(),
        QuestionKind.STAFF: {"id": str(by.pk), "name": by.name},
        QuestionKind.TEXT: by.name,
    }
    return known.get(question.kind, SAID)


def _hours(house: House, leader: Staff, stays: list[Stay]) -> None:
    """How much support each person is to have, and by which contract."""
    source, hours = CONTRACTS.get(house.scheme.pack.key, ("", "0"))
    for number, stay in enumerate(stays if source else ()):
        many = Decimal(hours) + Decimal(number % 3)
        contract_hours(stay, by=leader, hours=many, from_on=stay.moved_in_on, source=source)


def _away(stays: list[Stay], leader: Staff, now: datetime) -> None:
    """One was in hospital for three nights, another is with family until the weekend."""
    if not stays:
        return
    today = now.astimezone(stays[0].scheme.zone).date()
    with clock.standing_at(now - 20 * DAY):
        left = record_away(
            stays[0], by=leader, kind="hospital", left_on=today - 20 * DAY,
            words="An operation that was planned.",
        )  # fmt: skip
    with clock.standing_at(now - 17 * DAY):
        record_back(left, by=leader, back_on=today - 17 * DAY)
    record_away(
        stays[-2], by=leader, kind="agreed_away", left_on=today - DAY,
        expected_on=today + 3 * DAY, words="With family.",
    )  # fmt: skip


def _referred(house: House, leader: Staff, now: datetime) -> None:
    """Who is to be decided on; where only women live, a man shows which rule stands against it."""
    worker, lead = house.first("key_worker"), house.first("team_leader")
    for given, family, gender, days, outcome in REFERRED:
        with clock.standing_at(now - days * DAY):
            today = house.scheme.today()
            person = register_resident(
                house.scheme, by=worker, given_name=given, family_name=family, gender=gender,
                born_on=date(1985, 3, 9) + days * 400 * DAY,
            )  # fmt: skip
            referral = register_referral(
                house.scheme, by=worker, resident=person, received_on=today, route="outreach",
                referrer_agency="Street outreach", referrer_name="Piri Walker",
                homelessness="rough_sleeping", consent_on=today, risks=["none_known"],
                reason="Somewhere safe to stay while she looks for a home of her own."
                if gender == "woman" else "A warm place while he looks for a home of his own.",
            )  # fmt: skip
            screen_referral(referral, by=worker, on=today)
            if outcome:
                reasons = house.scheme.pack.reasons("referral_waiting")
                decide_referral(
                    referral, by=lead, outcome=outcome, reason=reasons.keys()[0], decided_on=today,
                    words="Talked through with her and with outreach.",
                )  # fmt: skip
