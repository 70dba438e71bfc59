"""What somebody does to close a duty, by the fact that closes it, in the words of the service.

Each act takes the person; `of` narrows the fact, as in a practice pack: `review.held:case`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from random import Random

from alongside.admissions.operations import (
    hold_induction,
    sign_induction_as_resident,
    sign_induction_as_worker,
    tick_items,
)
from alongside.agreements.operations import explain, sign_as_resident, sign_as_worker
from alongside.assessments.operations import (
    Said as Rated,
)
from alongside.assessments.operations import (
    complete_assessment,
    save_answers,
    start_assessment,
)
from alongside.demo.elsewhere.words import Said
from alongside.demo.house import House
from alongside.demo.words import STROKES
from alongside.health.operations import register_with
from alongside.keywork.operations import record_session, write_note, write_report
from alongside.kit import clock
from alongside.moving_on.operations import write_plan as write_move_on_plan
from alongside.organisation.models import Staff
from alongside.paperwork.answering import Whom, things_to_answer
from alongside.paperwork.operations import begin_form
from alongside.plans.models import Plan
from alongside.plans.operations import (
    add_goal,
    agree_as_further,
    agree_as_resident,
    agree_as_worker,
    offer_copy,
    open_version,
    record_goal_result,
    write_action,
    write_plan,
)
from alongside.practice.sheets import Question, QuestionKind
from alongside.reviews.operations import (
    complete_review,
    hold_review,
    set_up_review,
    sign_review_as_resident,
    sign_review_as_worker,
    write_outcome,
)
from alongside.sheets.reading import options_of
from alongside.signatures.signing import Mark
from alongside.stays.models import Stay

HOMES = (("social", "A one-bedroom unit I can keep"), ("private", "A room near my work"),
         ("social", "Somewhere my mokopuna can stay"))  # fmt: skip
OUTSIDE = ("Hana Wirihana", "Rowan Ellery", "Moana Pene", "Sylvie Hartnett")

BECAME = ("on_the_way", "partly", "slow")
LOOKED_AT_AGAIN = timedelta(weeks=12)


@dataclass
class Person:
    """Somebody of the second organisation, who works with them, and what is said."""

    house: House
    said: Said
    worker: Staff
    other: Staff
    leader: Staff
    number: int
    rng: Random
    stay: Stay = field(init=False)

    def say(self, sentences: Iterable[str]) -> str:
        """One of these sentences, about this person."""
        return self.rng.choice(list(sentences)).format(name=self.stay.resident.first_name)

    def aim(self, words: str) -> str:
        """The aim of the service that this goal serves; of one in four nothing is said."""
        aims = [one.key for one in self.house.scheme.pack.aims_in_order]
        return aims[len(words) % len(aims)] if aims and (len(words) + self.number) % 4 else ""

    def principles(self, words: str) -> list[str]:
        """What these words show of the principles of the service, where it has some."""
        known = [one.key for one in self.house.scheme.pack.principles]
        return [known[len(words) % len(known)]] if known and len(words) % 5 > 1 else []

    def ink(self) -> Mark:
        return Mark(strokes=self.rng.choice(STROKES))


def induct(person: Person, _: str = "") -> None:
    sheet = person.house.scheme.pack.sheet("induction")
    by = person.worker
    tick_items(person.stay, by=by, answers=answers(person, sheet.questions))
    held = hold_induction(
        person.stay, by=by, held_on=clock.today(person.stay.scheme.time_zone), attended=[by],
        resident_came="all",
    )  # fmt: skip
    sign_induction_as_resident(held, by=by, mark=person.ink())
    sign_induction_as_worker(held, by=by, mark=person.ink())


def tell_of(person: Person, of: str) -> None:
    """A guide or an agreement: explained, handed over, signed where it is to be signed."""
    text, by = person.house.scheme.pack.agreements[of], person.worker
    told = explain(
        person.stay, by=by, key=of, explained_on=here(person), copy_given=True, language="English"
    )
    if "resident" in text.signed_by:
        sign_as_resident(told, by=by, mark=person.ink())
    if len(text.signed_by) > 1:
        sign_as_worker(told, by=by, mark=person.ink())


def assess(person: Person, _: str = "") -> None:
    begun = start_assessment(person.stay, by=person.worker, assessed_on=here(person))
    framework = begun.framework
    rated = person.rng.sample([item.key for item in framework.items], min(5, len(framework.items)))
    said = {item.key: Rated(answer="no_need") for item in framework.items}
    for key in rated:
        said[key] = Rated(answer="rated", level=person.rng.choice(framework.scale[:3]))
    save_answers(begun, by=person.worker, answers=said, strengths=person.say(person.said.voice))
    complete_assessment(begun, by=person.worker)


def plan(person: Person, _: str = "") -> None:
    by, pack = person.worker, person.house.scheme.pack
    begun = open_version(person.stay, by=by, why="What matters has moved on.")
    asked = [one.key for one in pack.choices("plan_voice")]
    write_plan(
        begun, by=by, voice=dict(zip(asked, person.said.voice, strict=False)),
        took_part=f"{person.stay.resident.first_name}, {by.name}", led_by="person",
        review_on=here(person) + LOOKED_AT_AGAIN, principles=person.principles(by.name),
    )  # fmt: skip
    framework = next(iter(pack.frameworks))
    needs = [item.key for item in framework.items]
    for words in person.rng.sample(person.said.goals, 2):
        add_goal(
            begun, by=by, words=words, whose_idea="resident", need=person.rng.choice(needs),
            aim=person.aim(words),
        )  # fmt: skip
    for words in person.rng.sample(person.said.actions, 2):
        write_action(
            begun, by=by, text=words, need=person.rng.choice(needs),
            when_on=here(person) + timedelta(days=person.rng.randint(20, 60)),
        )  # fmt: skip
    begun.refresh_from_db()
    agree_as_resident(begun, by=by, mark=person.ink())
    begun.refresh_from_db()
    agree_as_worker(begun, by=by, mark=person.ink())
    for signer in pack.signers["plan"]:
        if (
            signer.is_further
            and not signer.roles
            and (person.number % 6 != 5 if signer.required else person.number % 3 == 0)
        ):
            begun.refresh_from_db()
            agree_as_further(
                begun, by=by, party=signer.key, mark=person.ink(), name=OUTSIDE[person.number % 4]
            )

    if "plan-copy" in pack.duties and person.number % 4:
        offer_copy(begun, by=by, format=pack.choices("copy_formats").keys()[0])


def fill_in(person: Person, of: str) -> None:
    """A form in the file, finished."""
    sheet = person.house.scheme.pack.sheet(of)
    waiting = things_to_answer(Whom.of(person.stay), of, reader=person.worker)
    begin_form(
        person.stay, by=person.worker, key=of, answers=answers(person, sheet.questions),
        finish=True, which=waiting[0][0] if waiting else "",
    )  # fmt: skip


def review(person: Person, of: str) -> None:
    by, kind = person.worker, person.house.scheme.pack.review(of)
    booked = set_up_review(
        person.stay, by=by, kind=of, planned_on=here(person), led_by=by, planned_time=time(14),
    )  # fmt: skip
    invited = booked.invitations.values_list("pk", flat=True)
    held = hold_review(
        booked, by=by, held_on=here(person), attendance=dict.fromkeys(invited, "came")
    )
    held.refresh_from_db()
    write_outcome(held, by=by, view_words=person.say(person.said.voice),
                  summary=person.say(person.said.review))  # fmt: skip
    if kind.signed_by:
        sign_review_as_resident(held, by=by, mark=person.ink())
        sign_review_as_worker(held, by=by, mark=person.ink())
    complete_review(held, by=by)
    _say_what_became_of_a_goal(person)


def _say_what_became_of_a_goal(person: Person) -> None:
    """They looked at the plan, too: of three people in four it is said how far one goal is."""
    held = Plan.objects.filter(stay=person.stay, in_force_at__isnull=False, replaced_at=None)
    now = held.first()
    goal = now.goals.order_by("pk").first() if now else None
    if now and goal and person.number % 4 != 3:
        result = BECAME[person.number % len(BECAME)]
        record_goal_result(now, by=person.worker, goal=goal, result=result)


def session(person: Person, _: str = "", *, by: Staff | None = None) -> None:
    """A planned meeting; now and then somebody else stands in."""
    pack = person.house.scheme.pack
    now = clock.now().astimezone(person.stay.scheme.zone)
    headings = {
        one.key: person.say(person.said.headings) for one in pack.choices("session_headings")
    }
    record_session(
        person.stay, by=by or person.worker, held_on=now.date(),
        began=(now - timedelta(hours=1)).time().replace(second=0, microsecond=0),
        minutes=person.rng.choice((30, 40, 45, 60)), headings=headings,
        venue=person.rng.choice(pack.choices("venues").keys()),
        format=person.rng.choice(pack.choices("session_formats").keys()),
        own_words=person.rng.choice(person.said.own_words),
        principles=person.principles(" ".join(headings.values())),
    )  # fmt: skip


def note(person: Person, _: str = "") -> None:
    kind, words = person.rng.choice(person.said.notes)
    write_note(
        person.stay, by=person.rng.choice((person.worker, person.other)), kind=kind,
        text=words.format(name=person.stay.resident.first_name),
        minutes=person.rng.choice((5, 10, 20)), principles=person.principles(words),
    )  # fmt: skip


def report(person: Person, _: str = "") -> None:
    asked = person.house.scheme.pack.choices("report_headings")
    write_report(
        person.stay, by=person.worker,
        headings={one.key: person.say(person.said.headings) for one in asked},
    )  # fmt: skip


def register(person: Person, of: str) -> None:
    names = {"gp": "Northway Surgery", "dentist": "Bridge Street Dental"}
    register_with(person.stay, by=person.worker, kind=of, name=names.get(of, "Northway Clinic"),
                  registered_on=here(person))  # fmt: skip


def move_on_plan(person: Person, _: str = "") -> None:
    housing, goal = HOMES[person.number % len(HOMES)]
    write_move_on_plan(
        person.stay, by=person.worker, housing=housing, goal=goal, area="Near the bus",
        documents="Photo identity, proof of income, a reference",
    )  # fmt: skip


ACTS: dict[str, Callable[[Person, str], None]] = {
    "induction.held": induct,
    "agreement.answered": tell_of,
    "assessment.completed": assess,
    "plan.in_force": plan,
    "sheet.completed": fill_in,
    "review.held": review,
    "session.held": session,
    "report.written": report,
    "registrations.held": register,
    "move_on_plan.written": move_on_plan,
}


def here(person: Person) -> date:
    """Today, where the service is."""
    return clock.today(person.house.scheme.time_zone)


def answers(person: Person, questions: Iterable[Question]) -> dict[str, object]:
    """An answer to every question of a form, in the words of the service."""
    return {question.key: _answer(person, question) for question in questions}


def _answer(person: Person, question: Question) -> object:
    options = [key for key, _ in options_of(person.house.scheme.pack, question)]
    today = here(person).isoformat()
    known: dict[QuestionKind, object] = {
        QuestionKind.YES_NO: "yes",
        QuestionKind.TICK: "yes",
        QuestionKind.CHOICE: next(iter(options), ""),
        QuestionKind.CHOICES: options[:1],
        QuestionKind.NUMBER: "1",
        QuestionKind.DATE: today,
        QuestionKind.TIME: "14:30",
        QuestionKind.DATE_TIME: f"{today}T14:30",
        QuestionKind.STAFF: {"id": str(person.other.pk), "name": person.other.name},
    }
    if question.kind in known:
        return known[question.kind]
    return person.say(person.said.form)
