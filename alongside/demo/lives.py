"""The life of one resident at the hostel, told week by week by the operations themselves.

A life is a plan of what happens when (`Life`); telling it lets the clock stand at each moment
and calls the operation that would have been called then. Everything is drawn from a seeded
source, so that the demo is the same each time, at dates that follow today.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from random import Random

from alongside.accommodation.models import Bed
from alongside.agreements.operations import (
    explain,
    record_breach,
    refuse,
    sign_as_resident,
    sign_as_worker,
    start_support_agreement,
)
from alongside.allocations.operations import allocate
from alongside.assessments.operations import (
    Said,
    complete_assessment,
    save_answers,
    start_assessment,
)
from alongside.demo import words
from alongside.demo.house import House
from alongside.keywork.models import Booking
from alongside.keywork.operations import book_time, record_missed, record_session, write_note
from alongside.keywork.operations.reports import answer_report, write_report
from alongside.kit import clock
from alongside.organisation.models import Staff
from alongside.plans.models import PlanAction, WeeklyForm
from alongside.plans.operations import (
    Line,
    add_goal,
    agree_as_resident,
    agree_as_substitute,
    agree_as_worker,
    agree_week_as_resident,
    agree_week_as_worker,
    answer_proposal,
    open_version,
    propose_action,
    report_action,
    start_action,
    verify_action,
    write_action,
    write_plan,
    write_week,
)
from alongside.plans.queries import open_actions, proposals
from alongside.practice.sheets import Question, QuestionKind
from alongside.referrals.operations import (
    accept_offer,
    decide_referral,
    hold_interview,
    offer_bed,
    record_move_in,
    register_referral,
    screen_referral,
)
from alongside.residents.models import Resident
from alongside.residents.operations import add_contact, register_resident
from alongside.signatures.signing import Mark, No
from alongside.stages.operations import enter_first_stage
from alongside.stays.models import Stay
from alongside.stays.operations import begin_stay, end_stay

WEEK = timedelta(weeks=1)
BOOKED_FOR_WEEKS = 5
FORMS_FOR_WEEKS = 6
NEEDS = 11
KEPT = 0.92
AHEAD = 0.75
UNSURE = 0.35
ASKS = 0.08
TEXTS_OF_LATER = ("house-rules", "complaints", "key-working-guide")


@dataclass
class Life:
    """Who, when, where, with whom; and how it goes (`drive` from 0 to 1)."""

    house: House
    who: tuple[str, str, str, str, str]
    bed: Bed
    worker: Staff
    slot: tuple[int, int]
    moved_in_on: date
    moved_out_on: date | None
    drive: float
    rng: Random
    # What goes otherwise in this life: keys that `lives` and `turns` know.
    turns: frozenset[str] = frozenset()
    left_because: str = "planned"
    left_words: str = ""
    destination: str = "A flat of their own"
    refused: bool = False
    told_until: date = date.max
    stay: Stay = field(init=False)
    resident: Resident = field(init=False)
    levels: dict[str, int] = field(default_factory=dict)
    actions: list[PlanAction] = field(default_factory=list)

    @property
    def coordinator(self) -> Staff:
        return self.house.first("coordinator")

    @property
    def coordinator_or_worker(self) -> Staff:
        return self.house.staff.get("coordinator", [self.worker])[0]

    @property
    def manager(self) -> Staff:
        return self.house.first("manager")

    @property
    def at_the_door(self) -> Staff:
        """Who takes referrals and moves people in."""
        return self.house.staff.get("project_worker", [self.manager])[0]

    def say(self, choices: Sequence[str]) -> str:
        """One of these sentences, about this person."""
        return self.rng.choice(choices).format(name=self.resident.first_name)

    def ink(self) -> Mark:
        """A signature drawn on the screen."""
        return Mark(strokes=self.rng.choice(words.STROKES))

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        return datetime.combine(day, time(hour, minute), tzinfo=self.house.scheme.zone)


type Happening = tuple[datetime, Callable[[], object]]


def tell(life: Life, *, until: datetime, more: Iterable[Happening] = ()) -> None:
    """Everything that happened in this life up to now, each thing at its own time."""
    life.told_until = until.date()
    left = life.at(life.moved_out_on, 11) if life.moved_out_on else until
    for when, act in sorted([*_story(life, until), *more], key=lambda one: one[0]):
        if when <= min(until, left):
            with clock.standing_at(when):
                act()


def _story(life: Life, until: datetime) -> Iterator[Happening]:
    yield from _referral(life)
    yield from _arrival(life)
    yield from _first_week(life)
    last = life.moved_out_on or until.date()
    week, number = _monday(life.moved_in_on) + WEEK, 1
    while week <= last:
        yield from _week(life, week, number, until.date())
        week, number = week + WEEK, number + 1
    if life.moved_out_on:
        yield life.at(life.moved_out_on, 11), lambda: _leave(life)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _referral(life: Life) -> Iterator[Happening]:
    received = life.moved_in_on - timedelta(days=life.rng.randint(9, 16))
    project_worker = life.at_the_door
    agency, name = life.rng.choice(words.REFERRERS)

    def begin() -> None:
        given, family, known_as, pronouns, gender = life.who
        life.resident = register_resident(
            life.house.scheme,
            by=project_worker,
            given_name=given,
            family_name=family,
            known_as=known_as,
            pronouns=pronouns,
            gender=gender,
            born_on=date(life.rng.randint(1962, 2005), life.rng.randint(1, 12), 1)
            + timedelta(days=life.rng.randint(0, 27)),
            phone=f"01632 960{life.rng.randint(100, 999)}",
            allergies="Penicillin" if life.rng.random() < 0.12 else "",
        )
        life.referral = register_referral(  # type: ignore[attr-defined]
            life.house.scheme,
            by=project_worker,
            resident=life.resident,
            received_on=received,
            referrer_agency=agency,
            referrer_name=name,
            homelessness=life.rng.choice(("rough_sleeping", "hostel_or_shelter", "losing_home")),
            last_slept=life.rng.choice(words.LAST_SLEPT),
            reason=life.rng.choice(words.REASONS),
            risks=["none_known"],
            consent_on=received,
        )
        screen_referral(life.referral, by=project_worker, on=received)  # type: ignore[attr-defined]

    yield life.at(received, 10), begin


def _interview(life: Life) -> dict[str, object]:
    """An answer to every question of the interview, whatever the practice asks."""
    return answered(life.house.scheme.pack.sheet("interview").questions)


def answered(questions: Iterable[Question]) -> dict[str, object]:
    """An answer to every question of a sheet."""
    return {question.key: _answer(question) for question in questions}


def _answer(question: Question) -> object:
    options = question.options.keys()
    match question.kind:
        case QuestionKind.YES_NO | QuestionKind.TICK:
            return "yes"
        case QuestionKind.CHOICE:
            return options[0] if options else ""
        case QuestionKind.CHOICES:
            return list(options[:1])
        case QuestionKind.NUMBER:
            return "1"
        case QuestionKind.DATE:
            return clock.today().isoformat()
    return "A room, some quiet, and help with the forms."


def _arrival(life: Life) -> Iterator[Happening]:
    day = life.moved_in_on
    decided = day - timedelta(days=2)

    def decide() -> None:
        referral = life.referral  # type: ignore[attr-defined]
        both = [life.manager, life.worker if life.at_the_door == life.manager else life.at_the_door]
        hold_interview(
            referral,
            by=both[1],
            held_on=decided,
            interviewers=both,
            answers=_interview(life),
        )
        decide_referral(
            referral, by=life.manager, outcome="accept", reason="fits", decided_on=decided,
            communicated_on=decided, communicated_how="phone",
        )  # fmt: skip
        offer_bed(referral, by=life.manager, bed=life.bed)
        accept_offer(referral, by=life.manager, on=decided)

    def arrive() -> None:
        life.stay = begin_stay(
            life.house.scheme, by=life.at_the_door, resident=life.resident, bed=life.bed,
            moved_in_on=day, moved_in_at=time(14, 30),
        )  # fmt: skip
        record_move_in(life.referral, by=life.at_the_door, stay=life.stay)  # type: ignore[attr-defined]
        allocate(life.stay, by=life.manager, worker=life.worker, from_on=day, reason="best_load")
        if "coordinator" in life.house.staff:
            allocate(
                life.stay, by=life.manager, worker=life.coordinator, role="coordinator",
                from_on=day,
            )  # fmt: skip
        enter_first_stage(life.stay, by=life.at_the_door)
        start_support_agreement(life.stay, by=life.at_the_door)
        add_contact(
            life.house.scheme, by=life.at_the_door, resident=life.resident,
            name=f"{life.rng.choice(('Sam', 'Alex', 'Chris', 'Jo'))} {life.who[1]}",
            relation=life.rng.choice(("sister", "brother", "mother", "friend")),
            phone=f"01632 960{life.rng.randint(100, 999)}",
        )  # fmt: skip

    yield life.at(decided, 11), decide
    yield life.at(day, 14, 30), arrive
    for number, key in enumerate(("conditions-of-stay", "support-agreement", "fire-precautions")):
        yield life.at(day, 15, 10 * number), partial(_explain, life, key)
    if life.rng.random() < KEPT:
        for number, key in enumerate(TEXTS_OF_LATER):
            yield life.at(day + timedelta(days=2), 11, 10 * number), partial(_explain, life, key)
    if "refuses" in life.turns:
        again = day + timedelta(days=6)
        yield life.at(again, 11), partial(_explain, life, "conditions-of-stay")


def _explain(life: Life, key: str) -> None:
    text = life.house.scheme.pack.agreements.get(key)
    if text is None:
        return
    told = explain(
        life.stay, by=life.worker, key=key, explained_on=clock.today(), copy_given=True,
        language="English",
    )  # fmt: skip
    if key == "conditions-of-stay" and "refuses" in life.turns and not life.refused:
        life.refused = True
        refuse(told, by=life.worker, no=No(reason="wants_advice", witness=life.at_the_door.name))
        return
    if "resident" in text.signed_by:
        sign_as_resident(told, by=life.worker, mark=life.ink())
    if len(text.signed_by) > 1:
        sign_as_worker(told, by=life.worker, mark=life.ink())


def _first_week(life: Life) -> Iterator[Happening]:
    day = life.moved_in_on + timedelta(days=life.rng.randint(3, 6))
    late = timedelta(days=5) if life.rng.random() < 0.12 else timedelta(0)
    yield life.at(day, 10), lambda: _assess(life)
    yield life.at(day + late, 14), lambda: _plan(life)


def _assess(life: Life) -> None:
    by = life.coordinator_or_worker
    begun = start_assessment(life.stay, by=by, assessed_on=clock.today())
    framework = begun.framework
    if not life.levels:
        items = life.rng.sample([item.key for item in framework.items], NEEDS)
        life.levels = {key: life.rng.choice((0, 0, 1, 1, 2)) for key in items}
    else:
        for key in life.levels:
            if life.rng.random() < life.drive:
                life.levels[key] = min(life.levels[key] + 1, len(framework.scale) - 1)
    answers = {item.key: Said(answer="no_need") for item in framework.items}
    for key, level in life.levels.items():
        answers[key] = Said(answer="rated", level=framework.scale[level])
    save_answers(begun, by=by, answers=answers, strengths=life.rng.choice(words.ASSESSED))
    complete_assessment(begun, by=by, about_a_fall="A hard month, and we talked about it.")


def _other_parts(life: Life) -> dict[str, str]:
    """What a plan says besides: how they want to be supported, and where they want to go."""
    parts = {"support": words.SUPPORTED[life.moved_in_on.day % len(words.SUPPORTED)]}
    if life.drive > UNSURE:
        parts["moving_on"] = life.rng.choice(words.MOVING_ON)
    return parts


def _plan(life: Life) -> None:
    by = life.worker
    _answer_proposals(life)
    plan = open_version(life.stay, by=by, why="What matters has moved on.")
    wants, hopes = life.rng.choice(words.VOICES)
    write_plan(
        plan, by=by, voice={"wants": wants, "hopes": hopes},
        sections=_other_parts(life),
        took_part=f"{life.resident.first_name}, {by.name}",
    )  # fmt: skip
    for text, need, outcome, strength in life.rng.sample(words.GOALS, 2):
        add_goal(
            plan, by=by, words=text, whose_idea="resident", need=need, outcome=outcome,
            strength=strength, agencies="Council housing options",
        )  # fmt: skip
    for text, need in life.rng.sample(words.ACTIONS, 4):
        when = clock.today() + timedelta(days=life.rng.randint(7, 40))
        life.actions.append(
            write_action(plan, by=by, text=text, need=need, when_on=when, outcome="One step on")
        )
    plan.refresh_from_db()
    agree_as_resident(plan, by=by, mark=life.ink())
    plan.refresh_from_db()
    if "substitute" in life.turns:
        agree_as_substitute(plan, by=life.coordinator, mark=life.ink(), reason="leave")
    else:
        agree_as_worker(plan, by=by, mark=life.ink())


def _plan_again(life: Life) -> None:
    """The next version: what was agreed goes on, and both sign again."""
    _answer_proposals(life)
    if proposals(life.stay).exists():
        return  # more than can be answered today
    plan = open_version(life.stay, by=life.worker, why=life.say(words.WHY_AGAIN))
    agree_as_resident(plan, by=life.worker, mark=life.ink())
    plan.refresh_from_db()
    agree_as_worker(plan, by=life.worker, mark=life.ink())


def _week(life: Life, monday: date, number: int, today: date) -> Iterator[Happening]:
    ago = (today - monday).days // 7
    weekday, hour = life.slot
    day = monday + timedelta(days=weekday)
    if life.moved_out_on and day > life.moved_out_on:
        return
    if ago < BOOKED_FOR_WEEKS:
        yield from _booked(life, monday, day, hour)
    elif life.rng.random() < KEPT:
        yield life.at(day, hour + 1), lambda: _session(life, day, hour)
    if life.rng.random() < 0.45:
        when = monday + timedelta(days=life.rng.randint(0, 6))
        yield life.at(when, life.rng.randint(8, 19), life.rng.randint(0, 59)), lambda: _note(life)
    if ago < FORMS_FOR_WEEKS and life.rng.random() < KEPT:
        yield life.at(monday, 9, 40), lambda: _form(life, monday)
    yield from _now_and_then(life, monday, number)
    if ago == 0 and not life.moved_out_on and life.rng.random() < AHEAD:
        yield life.at(monday, 9), lambda: _book_ahead(life, day + WEEK, hour)


def _now_and_then(life: Life, monday: date, number: int) -> Iterator[Happening]:
    """What does not happen every week."""
    if number % 3 == 0:
        yield life.at(monday + timedelta(days=3), 16), lambda: _work_on_actions(life)
    if number % 12 == 0:
        yield life.at(monday + timedelta(days=2), 10), lambda: _assess(life)
    if number % 8 == 4:
        yield life.at(monday + timedelta(days=2), 14), lambda: _plan_again(life)
    if number == 5 and life.drive < 0.35:
        yield life.at(monday + timedelta(days=4), 12), lambda: _breach(life)


def _book_ahead(life: Life, day: date, hour: int) -> None:
    book_time(
        life.stay, by=life.worker, worker=life.worker, on=day, starts=time(hour),
        venue="meeting_room", arranged="staff",
    )  # fmt: skip


def _booked(life: Life, monday: date, day: date, hour: int) -> Iterator[Happening]:
    arranged = "resident" if life.rng.random() < life.drive * 0.7 else "staff"
    minute = 0

    def book() -> None:
        life.booking = book_time(  # type: ignore[attr-defined]
            life.stay, by=life.worker, worker=life.worker, on=day, starts=time(hour, minute),
            venue="meeting_room", arranged=arranged,
        )  # fmt: skip

    luck = life.rng.random()
    yield life.at(monday, 8, 30), book
    if luck < 0.88:
        yield life.at(day, hour + 1), lambda: _session(life, day, hour, booked=True)
    elif luck < 0.98:
        yield life.at(day, hour + 1), lambda: _missed(life, explained=luck < 0.96)


def _missed(life: Life, *, explained: bool) -> None:
    booking: Booking = life.booking  # type: ignore[attr-defined]
    reasons = ("did_not_come", "resident_cancelled", "staff_absent", "refused", "other_service")
    record_missed(
        booking, by=life.worker, reason=life.rng.choice(reasons),
        explanation=life.say(words.MISSED) if explained else "",
    )  # fmt: skip


def _session(life: Life, day: date, hour: int, *, booked: bool = False) -> None:
    booking: Booking | None = life.booking if booked else None  # type: ignore[attr-defined]
    if booking:
        booking.refresh_from_db()
        booking.stay = life.stay
    rng = life.rng
    record_session(
        life.stay,
        by=life.worker,
        held_on=day,
        began=time(hour, 0),
        minutes=rng.choice((30, 40, 45, 45, 50, 60)),
        booking=booking,
        venue="meeting_room",
        format="formal",
        headings={
            "progress": life.say(words.PROGRESS),
            "problems": life.say(words.PROBLEMS),
            "achievements": life.say(words.ACHIEVEMENTS),
        },
        own_words=rng.choice(words.OWN_WORDS),
        help_kinds=[rng.choice(("listening", "paperwork", "money", "housing", "skills"))],
        actions=life.actions[-1:],
        raise_issue="" if life.actions else "Sort out what to do first",
    )


def _note(life: Life) -> None:
    kind, text = life.rng.choice(words.NOTES)
    team = [life.worker, life.worker, *life.house.staff.get("support_worker", [])]
    nights = life.house.staff.get("night_worker", team)
    by = nights[0] if kind == "night" else life.rng.choice(team)
    write_note(
        life.stay, by=by, kind=kind, text=text.format(name=life.resident.first_name),
        minutes=life.rng.choice((5, 10, 15, 20)),
    )  # fmt: skip


def _form(life: Life, monday: date) -> None:
    chosen = life.rng.sample(words.ACTIONS, life.rng.randint(2, 4))
    going_on = {action.text: action.pk for action in open_actions(life.stay)}
    lines = [
        Line(
            text=text, need=need, when_on=monday + timedelta(days=life.rng.randint(1, 6)),
            action=going_on.get(text),
        )
        for text, need in chosen
    ]  # fmt: skip
    form = write_week(life.stay, by=life.worker, starts_on=monday, lines=lines)
    agree_week_as_resident(form, by=life.worker, mark=life.ink())
    agree_week_as_worker(WeeklyForm.objects.get(pk=form.pk), by=life.worker, mark=life.ink())


def _work_on_actions(life: Life) -> None:
    _answer_proposals(life)
    for action in open_actions(life.stay)[:2]:
        if not action.started_on and life.rng.random() < 0.8:
            start_action(action, by=life.worker)
        elif not action.reported_at and life.rng.random() < life.drive:
            report_action(action, by=life.worker, words="Done. It was easier than I thought.")
        elif action.reported_at and life.rng.random() < 0.8:
            verify_action(action, by=life.worker)
            _one_more(life)


def _answer_proposals(life: Life) -> None:
    for proposal in proposals(life.stay)[:3]:
        answer_proposal(proposal, by=life.worker, answer="accept")


def _one_more(life: Life) -> None:
    if life.rng.random() < 0.5:
        text, need = life.rng.choice(words.ACTIONS)
        if any(action.text == text for action in open_actions(life.stay)):
            return
        propose_action(life.stay, by=life.worker, text=text, need=need)


def report(life: Life) -> None:
    """The report before a review, in the key worker's words."""
    told = write_report(
        life.stay,
        by=life.worker,
        headings={
            "progress": life.say(words.PROGRESS),
            "assessment": life.say(words.REPORTS),
            "risks": life.say(words.RISKS),
        },
        team_question=life.say(words.QUESTIONS) if life.rng.random() < ASKS else "",
    )
    long_ago = life.moved_out_on or clock.today() < life.told_until - timedelta(days=21)
    if told.team_question and long_ago:
        answer_report(told, by=life.coordinator_or_worker, answer="Ben goes; it is in the diary.")


def _breach(life: Life) -> None:
    clauses = life.house.scheme.pack.agreements["conditions-of-stay"].clauses
    record_breach(
        life.stay, by=life.worker, key="conditions-of-stay", clause=next(iter(clauses)).key,
        happened_on=clock.today(), what_happened="Music in the corridor after eleven.",
        talked_on=clock.today(), agreed="Headphones after ten.",
    )  # fmt: skip


def _leave(life: Life) -> None:
    end_stay(
        life.stay, by=life.manager, moved_out_on=clock.today(), left_because=life.left_because,
        left_words=life.left_words, destination=life.destination,
    )  # fmt: skip
