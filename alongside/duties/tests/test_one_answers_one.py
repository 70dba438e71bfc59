"""Several things owed at once, and what was done about them: how many of them are closed."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.duties.engine import Happening, State, Subject, duties_by
from alongside.kit.durations import Duration
from alongside.practice.duties import Closes, DutyRule
from alongside.practice.pack import pack

FIRST, TODAY = date(2026, 3, 2), date(2026, 4, 20)
DAY = timedelta(days=1)
days = st.dates(FIRST, TODAY)
few = settings(max_examples=200, deadline=None)
COMPLAINT, REPLY = "sheet.completed:complaint", "sheet.completed:complaint-answered"


def a_rule(closes: Closes | None = None, done_by: str = REPLY) -> DutyRule:
    return DutyRule(
        "answer", "Answer the complaint", "ours", anchor=COMPLAINT, for_each=True,
        due=Duration.parse("P20D"), owner=("manager",), done_by=done_by, closes=closes,
    )  # fmt: skip


def met(rule: DutyRule, things: list[Happening], done: list[Happening]) -> dict[str, date | None]:
    """The day each thing was answered, by its ref."""
    somebody = Subject("stay", "x", FIRST, facts={rule.anchor: things, rule.done_by: done})
    found = duties_by(rule, somebody, pack=pack("staged-hostel"), today=TODAY)
    assert all((one.met_on is not None) == (one.state in {State.DONE, State.DONE_LATE})
               for one in found)  # fmt: skip
    return {one.ref: one.met_on for one in found}


def a_reply(on: date, ref: str, to: str = "") -> Happening:
    return Happening(on, ref, answers=to)


def test_one_reply_closes_one_of_two_complaints_and_not_the_other():
    things = [Happening(FIRST, "a"), Happening(FIRST, "b")]

    assert met(a_rule(), things, [a_reply(FIRST + DAY, "r", "b")]) == {"a": None, "b": FIRST + DAY}


def test_a_reply_that_names_none_closes_the_one_that_has_waited_longest():
    things = [Happening(FIRST + DAY, "a"), Happening(FIRST, "b")]

    assert met(a_rule(), things, [a_reply(TODAY, "r")]) == {"a": None, "b": TODAY}


def test_a_reply_closes_nothing_that_came_after_it():
    assert met(a_rule(), [Happening(TODAY, "a")], [a_reply(FIRST, "r")]) == {"a": None}


def test_a_reply_to_none_of_them_closes_none_of_them():
    assert met(a_rule(), [Happening(FIRST, "a")], [a_reply(TODAY, "r", "r")]) == {"a": None}


def test_what_is_its_own_record_closes_itself_and_only_itself():
    written = [Happening(FIRST, "a"), Happening(FIRST, "b")]
    done = [a_reply(FIRST + 3 * DAY, "b"), a_reply(FIRST, "a")]

    assert met(a_rule(), written, done) == {"a": FIRST, "b": FIRST + 3 * DAY}


def test_where_the_practice_says_all_one_review_closes_everything_up_to_then():
    things = [Happening(FIRST, "a"), Happening(FIRST + DAY, "b"), Happening(TODAY, "c")]

    closed = met(a_rule(Closes.ALL), things, [a_reply(FIRST + DAY, "r")])

    assert closed == {"a": FIRST + DAY, "b": FIRST + DAY, "c": None}


def test_what_is_no_form_closes_all_unless_one_is_said():
    things, held = [Happening(FIRST, "a"), Happening(FIRST, "b")], [Happening(TODAY)]

    assert met(a_rule(done_by="review.held"), things, held) == {"a": TODAY, "b": TODAY}
    assert met(a_rule(Closes.ONE, "review.held"), things, held) == {"a": TODAY, "b": None}


@st.composite
def told(draw) -> tuple[list[Happening], list[Happening]]:
    """Some things on some days, and replies after all of them: some name an open one, some none."""
    things = [Happening(on, f"t{at}") for at, on in enumerate(draw(st.lists(days, max_size=6)))]
    free = draw(st.permutations([thing.ref for thing in things]))
    replies = [
        a_reply(TODAY, f"r{at}", free[at] if at < len(free) and draw(st.booleans()) else "")
        for at in range(draw(st.integers(0, 8)))
    ]
    return things, replies


@few
@given(told())
def test_so_many_replies_close_so_many_and_never_more(things_and_replies):
    things, replies = things_and_replies

    closed = [ref for ref, on in met(a_rule(), things, replies).items() if on]

    assert len(closed) == min(len(things), len(replies))
    assert {reply.names for reply in replies} - {""} <= set(closed)


@few
@given(st.lists(st.tuples(days, days)), st.randoms())
def test_the_order_of_writing_changes_nothing_and_no_reply_counts_twice(pairs, chance):
    things = [Happening(on, f"t{at}") for at, (on, _) in enumerate(pairs)]
    replies = [a_reply(on, f"r{at}") for at, (_, on) in enumerate(pairs)]
    mixed = chance.sample(things, len(things)), chance.sample(replies, len(replies))

    found = met(a_rule(), things, replies)

    assert found == met(a_rule(), *mixed)
    used, there = Counter(on for on in found.values() if on), Counter(r.on for r in replies)
    assert all(used[on] <= there[on] for on in used)


@few
@given(st.lists(days, max_size=6), st.lists(days, max_size=6), days)
def test_what_was_answered_stays_answered_whatever_is_done_later(begun, done, today):
    things = [Happening(on, f"t{at}") for at, on in enumerate(begun) if on <= today]
    replies = [a_reply(on, f"r{at}") for at, on in enumerate(done)]

    then = met(a_rule(), things, [one for one in replies if one.on <= today])
    now = met(a_rule(), things, replies)

    assert all(now[ref] == on for ref, on in then.items() if on)
