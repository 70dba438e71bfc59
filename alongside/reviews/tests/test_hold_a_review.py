"""Holding a review: who came, what was said and decided, signing, and what follows."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from alongside.audit.actors import System
from alongside.duties.engine import Happening
from alongside.duties.facts import occurrences
from alongside.duties.models import Duty, State
from alongside.kit.refusal import ChangedMeanwhile, NotPermitted, Refused
from alongside.moments.models import Moment
from alongside.plans.operations import report_action, verify_action
from alongside.reviews import operations
from alongside.reviews.queries.decisions import late_decisions, unfinished_decisions
from alongside.reviews.queries.reviews import reviews_of
from alongside.reviews.queries.windows import late_ids, proposed_day, windows_of
from alongside.signatures.models import Signature
from alongside.signatures.signing import Mark, No
from alongside.stages.operations import enter_first_stage
from alongside.stays.queries import stay_for
from alongside.testing.builders import a_booked_review, a_completed_review, a_held_review

TODAY = date(2026, 4, 20)
PAPER = Mark(method="paper", witness="Grace Okafor")


@pytest.fixture
def review(tomasz, amina):
    return a_booked_review(tomasz, by=amina, kind="monthly")


@pytest.fixture
def held(review, amina):
    return a_held_review(review, by=amina)


def fresh(review):
    return reviews_of(review.stay).get(pk=review.pk)


def test_it_says_who_came(review, amina):
    held = a_held_review(review, by=amina)

    assert fresh(held).state == "held"
    assert {one.attendance for one in held.invitations.all()} == {"came"}


def test_it_must_say_whether_tomasz_came(review, amina):
    with pytest.raises(Refused, match="whether Tomasz came"):
        operations.hold_review(review, by=amina, held_on=TODAY, attendance={})


def test_no_review_is_held_tomorrow(review, amina):
    with pytest.raises(Refused, match="not happened yet"):
        operations.hold_review(review, by=amina, held_on=date(2026, 4, 21), attendance={})


def test_without_tomasz_it_is_held_only_with_a_reason(review, amina):
    with pytest.raises(Refused, match="not on the list"):
        a_held_review(review, by=amina, without_them="it_rained")
    with pytest.raises(Refused, match="does not say enough"):
        a_held_review(review, by=amina, without_them="other")

    assert fresh(review).held_on is None


def test_held_without_tomasz_he_is_told_within_the_time_the_practice_gives(review, amina):
    held = a_held_review(review, by=amina, without_them="unwell")
    assert Duty.objects.get(stay=review.stay, key="review-feedback").state == State.OPEN

    with pytest.raises(Refused, match="Nothing has been written"):
        operations.give_feedback(held, by=amina, on=TODAY, words="")
    operations.give_feedback(held, by=amina, on=TODAY, words="He is content with it.")

    assert Duty.objects.get(stay=review.stay, key="review-feedback").state == State.MET
    assert list(occurrences("review.held_in_absence", held.stay)) == [
        Happening(TODAY, str(held.pk))
    ]
    with pytest.raises(Refused, match="been told already"):
        operations.give_feedback(held, by=amina, on=TODAY, words="Again.")


def test_a_review_says_in_his_own_words_what_tomasz_thinks(held, amina):
    with pytest.raises(Refused, match="what Tomasz thinks"):
        operations.sign_review_as_resident(held, by=amina, mark=PAPER)
    with pytest.raises(Refused, match="what Tomasz thinks"):
        operations.complete_review(held, by=amina)
    with pytest.raises(Refused, match="they spoke, and that they did not"):
        operations.write_outcome(held, by=amina, view_words="Fine", did_not_wish=True)

    operations.write_outcome(held, by=amina, did_not_wish=True)

    assert fresh(held).did_not_wish


def test_the_next_review_comes_after_this_one(held, amina):
    with pytest.raises(Refused, match="comes after this one"):
        operations.write_outcome(held, by=amina, view_words="Fine", next_on=TODAY)


def test_when_two_write_the_outcome_nobody_loses_a_word(held, amina, grace):
    operations.write_outcome(held, by=grace, view_words="I want to cook.", version=1)

    with pytest.raises(ChangedMeanwhile) as changed:
        operations.write_outcome(held, by=amina, view_words="I want to sing.", version=1)

    assert changed.value.theirs["view_words"] == "I want to cook."


@pytest.mark.req("S2-39")
def test_a_decision_becomes_an_action_with_a_name_and_a_day(held, amina, grace):
    decision = operations.decide(
        held, by=amina, words="Ring the council", who="staff", staff=grace,
        due_on=date(2026, 4, 24),
    )  # fmt: skip

    action = decision.action
    assert (decision.name, decision.due_on) == ("Grace Okafor", date(2026, 4, 24))
    assert (action.text, action.staff, action.when_on) == (
        "Ring the council",
        grace,
        date(2026, 4, 24),
    )


@pytest.mark.parametrize(
    "given",
    [
        {"who": "staff", "words": "Ring"},
        {"who": "other", "words": "Ring"},
        {"who": "resident", "words": " "},
        {"who": "resident", "words": "Ring", "due_on": date(2026, 4, 19)},
    ],
)
def test_a_decision_without_words_a_name_or_a_day_to_come_is_refused(held, amina, given):
    with pytest.raises(Refused):
        operations.decide(held, by=amina, **{"due_on": date(2026, 4, 24), **given})

    assert not held.decisions.exists()


def test_what_tomasz_shall_do_is_only_proposed_when_he_was_not_there(review, amina):
    held = a_held_review(review, by=amina, without_them="unwell")

    his = operations.decide(
        held, by=amina, words="See the dentist", who="resident", due_on=date(2026, 5, 1)
    )

    assert his.action.state == "Proposed"


@pytest.mark.req("S2-39")
def test_a_decision_is_shown_at_the_next_review_until_it_is_closed(
    tomasz, held, amina, mill_house, client
):
    decision = operations.decide(
        held, by=amina, words="See the dentist", who="resident", due_on=date(2026, 4, 24)
    )
    client.force_login(amina)
    later = a_booked_review(tomasz, by=amina, kind="agencies", planned_on=date(2026, 5, 4))
    page = reverse("reviews:review", args=[later.pk])
    assert "See the dentist: Tomasz Nowak" in client.get(page).content.decode()

    with time_machine.travel("2026-04-27 12:00:00+01:00", tick=False):
        assert list(late_decisions(mill_house)) == [decision]
        report_action(decision.action, by=amina)
        verify_action(decision.action, by=amina)
        assert not unfinished_decisions(tomasz).exists()


def test_a_decision_written_down_wrongly_is_taken_back(held, amina):
    decision = operations.decide(
        held, by=amina, words="See the dentist", who="resident", due_on=date(2026, 4, 24)
    )
    operations.take_decision_back(decision, by=amina)

    assert not held.decisions.exists()
    decision.action.refresh_from_db()
    assert decision.action.ending == "no_longer_wanted"


def test_once_signed_it_stays_as_it_is(held, amina):
    operations.write_outcome(held, by=amina, view_words="Fine")
    operations.sign_review_as_resident(held, by=amina, mark=PAPER)

    with pytest.raises(Refused, match="stays as it is"):
        operations.write_outcome(held, by=amina, view_words="Not fine")
    with pytest.raises(Refused, match="signed already"):
        operations.sign_review_as_resident(held, by=amina, mark=PAPER)


def test_both_sign_the_same_words(review, amina):
    done = a_completed_review(review, by=amina)

    assert len(set(Signature.objects.filter(record_id=done.pk).values_list("digest"))) == 1
    assert fresh(done).content["view"] == "It went well."


def test_a_review_is_complete_only_with_the_signatures_the_practice_asks_for(held, amina):
    operations.write_outcome(held, by=amina, view_words="Fine")

    with pytest.raises(Refused, match="not signed yet by Tomasz Nowak and Amina Yusuf"):
        operations.complete_review(held, by=amina)


def test_when_tomasz_does_not_want_to_sign_it_is_completed_with_his_reason(held, amina):
    operations.write_outcome(held, by=amina, view_words="I do not agree.")
    operations.refuse_review(held, by=amina, no=No(reason="He does not agree"))
    operations.sign_review_as_worker(held, by=amina, mark=PAPER)

    operations.complete_review(held, by=amina)

    assert fresh(held).state == "completed"


def test_nobody_else_signs_for_who_led_it(held, amina, grace):
    operations.write_outcome(held, by=amina, view_words="Fine")

    with pytest.raises(Refused, match="signed by Amina Yusuf"):
        operations.sign_review_as_worker(held, by=grace, mark=PAPER)


def test_a_completed_review_takes_only_a_dated_addendum(review, amina):
    with pytest.raises(Refused, match="not completed yet"):
        operations.add_addendum(review, by=amina, words="The day was wrong.")
    done = a_completed_review(review, by=amina)

    added = operations.add_addendum(done, by=amina, words="The day was wrong.")

    assert (added.words, added.written_by) == ("The day was wrong.", amina)
    with pytest.raises(Refused, match="stays as it is"):
        operations.complete_review(done, by=amina)
    assert Moment.objects.filter(stay=review.stay, kind="review").count() == 2


@pytest.mark.req("S0-44")
def test_holding_the_monthly_review_closes_what_was_owed_and_opens_the_next(review, amina, tomasz):
    before = Duty.objects.filter(stay=tomasz, key="monthly-review", state=State.OPEN).count()
    a_completed_review(review, by=amina)

    owed = Duty.objects.filter(stay=tomasz, key="monthly-review").order_by("due_on")
    assert before == 1
    assert [one.state for one in owed] == [State.MET_LATE, State.OPEN]
    assert owed[1].due_on == date(2026, 5, 20)
    assert late_ids(list(reviews_of(tomasz))) == {review.pk}


def test_a_review_that_is_planned_asks_for_the_report_two_days_before(review, tomasz):
    assert list(occurrences("review.planned:monthly", tomasz)) == [Happening(TODAY, str(review.pk))]
    assert Duty.objects.get(stay=tomasz, key="period-report").due_on == date(2026, 4, 18)


@pytest.mark.req("S1-39")
def test_the_managers_review_has_its_window_from_week_4_to_week_13(tomasz, grace, amina, client):
    a_booked_review(tomasz, by=amina)  # something happens, so that duties are worked out
    from alongside.duties.recalculation import work_out_all

    work_out_all(tomasz.scheme, today=TODAY)
    found = next(one for one in windows_of(tomasz, []) if one.type.key == "manager")
    assert found.says == "Between 30 March 2026 and 1 June 2026"

    review = a_booked_review(tomasz, by=grace, kind="manager")
    a_completed_review(review, by=grace)

    after = next(
        one for one in windows_of(tomasz, list(reviews_of(tomasz))) if one.type.key == "manager"
    )
    assert after.says == "Between 18 May 2026 and 20 July 2026"
    client.force_login(grace)
    page = client.get(reverse("reviews:reviews", args=[tomasz.pk])).content.decode()
    assert "Between 18 May 2026 and 20 July 2026" in page


def test_the_next_day_is_proposed_from_the_practice(tomasz):
    pack = tomasz.scheme.pack

    assert proposed_day(tomasz, pack.review("monthly"), after=TODAY) == date(2026, 5, 20)
    assert proposed_day(tomasz, pack.review("agencies"), after=TODAY) is None
    assert proposed_day(tomasz, pack.review("manager"), after=TODAY) == date(2026, 6, 18)


@pytest.mark.req("S1-23", "S1-27")
def test_the_page_fills_in_what_the_file_knows(tomasz, review, amina, client):
    client.force_login(amina)

    page = client.get(reverse("reviews:review", args=[review.pk])).content.decode()

    assert "No report has been written since the last review." in page
    assert "They have not been assessed yet." in page
    assert "Every condition was kept since the last review." in page
    assert "Nothing was reported as done since the last review." in page


@pytest.mark.req("S1-27")
def test_a_reported_action_stands_beside_its_evidence(tomasz, review, amina, client):
    from alongside.plans.operations import add_action

    action = add_action(tomasz, by=amina, text="Join the library")
    report_action(action, by=tomasz.resident, words="I have the card")
    client.force_login(amina)

    page = client.get(reverse("reviews:review", args=[review.pk])).content.decode()

    assert "Join the library. Evidence: I have the card. Not compared yet." in page
    assert "1 still to compare with the evidence." in page


def test_amina_takes_a_review_through_every_page(tomasz, amina, grace, client):
    enter_first_stage(tomasz, by=System("moving in"))
    review = a_booked_review(stay_for(amina, tomasz.pk), by=amina, kind="monthly")
    client.force_login(amina)

    def post(name, data):
        answer = client.post(reverse(f"reviews:{name}", args=[review.pk]), data)
        assert answer.status_code == 302, answer.content.decode()[-3000:]

    came = {f"came-{one.pk}": "came" for one in review.invitations.all()}
    post("hold", {"held_on": "2026-04-20", **came})
    said = {f"said-{line.pk}": f"About {line.words}" for line in review.agenda.all()}
    post("outcome", {**said, "view_words": "I like it here.", "summary": "All well.",
                     "next_on": "2026-05-20", "version": "1"})  # fmt: skip
    post("decide", {"words": "Ring the council", "who": "staff", "staff": str(grace.pk),
                    "due_on": "2026-04-24"})  # fmt: skip
    post("sign-as-resident", {"witness": "Grace Okafor"})
    post("sign-as-worker", {"witness": "Grace Okafor"})
    post("complete", {})
    post("addendum", {"words": "He meant the other council."})

    page = client.get(reverse("reviews:review", args=[review.pk])).content.decode()
    for words in ("I like it here.", "Ring the council", "Grace Okafor, by", "He meant the other"):
        assert words in page
    paper = client.get(reverse("reviews:paper", args=[review.pk]))
    assert paper.content.startswith(b"%PDF")


def test_a_missing_answer_stands_beside_its_field(review, amina, client):
    client.force_login(amina)

    answer = client.post(reverse("reviews:hold", args=[review.pk]), {"held_on": "2026-04-20"})

    assert answer.status_code == 422
    assert "Say whether Tomasz Nowak came" in answer.content.decode()


def test_a_button_that_cannot_be_pressed_says_why(review, amina, client):
    client.force_login(amina)
    operations.cancel_review(review, by=amina, because="The heating failed.")

    answer = client.post(reverse("reviews:send", args=[review.pk]))

    assert answer.status_code == 422
    assert "This review was cancelled." in answer.content.decode()


def test_a_key_worker_does_not_complete_a_managers_review(tomasz, amina, grace):
    review = a_held_review(a_booked_review(tomasz, by=grace, kind="manager"), by=grace)
    operations.write_outcome(review, by=amina, view_words="Fine")

    with pytest.raises(NotPermitted, match="held by a manager"):
        operations.complete_review(review, by=amina)
