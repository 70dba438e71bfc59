"""Assessing somebody with them: on one screen, half done and gone on with, completed once."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from alongside.assessments.models import Answer, Assessment, Rating
from alongside.assessments.operations import (
    Said,
    complete_assessment,
    correct_assessment,
    save_answers,
    start_assessment,
)
from alongside.assessments.queries import latest_completed, progress
from alongside.duties.facts import occurrences
from alongside.kit.refusal import ChangedMeanwhile, NotPermitted, Refused
from alongside.moments.models import Moment
from alongside.testing.builders import an_assessment
from alongside.testing.cast import Cast

TODAY = date(2026, 4, 20)
RATED = Said(answer="rated", level="action")
NO_NEED = Said(answer="no_need")


def test_an_unfinished_assessment_can_be_left_and_gone_on_with(cast: Cast) -> None:
    begun = start_assessment(cast.tomasz, by=cast.amina, assessed_on=TODAY)
    save_answers(begun, by=cast.amina, answers={"1.1": RATED})

    with pytest.raises(Refused, match="unfinished assessment already"):
        start_assessment(cast.tomasz, by=cast.amina, assessed_on=TODAY)
    assert Rating.objects.get().level == "action"


@pytest.mark.req("S1-06")
def test_it_is_not_complete_until_every_item_is_answered(cast: Cast) -> None:
    begun = start_assessment(cast.tomasz, by=cast.amina, assessed_on=TODAY)
    save_answers(begun, by=cast.amina, answers={"1.1": RATED})

    with pytest.raises(Refused, match=r"44 items are not answered yet: 1\.2 Blood"):
        complete_assessment(begun, by=cast.amina)

    done = an_assessment(begun, by=cast.amina)
    assert done.completed_at
    assert occurrences("assessment.completed", cast.tomasz) == [TODAY]
    assert Moment.objects.filter(kind="assessment").count() == 1


@pytest.mark.req("S1-06")
def test_declining_needs_a_reason_lowers_coverage_and_stays_out_of_the_score(cast: Cast) -> None:
    begun = start_assessment(cast.tomasz, by=cast.amina, assessed_on=TODAY)
    with pytest.raises(Refused, match=r"1\.6 Drug was declined without a reason"):
        save_answers(begun, by=cast.amina, answers={"1.6": Said(answer="declined")})

    declined = Said(answer="declined", reason="Not with a new worker")
    an_assessment(begun, by=cast.amina, answers={"1.1": RATED, "1.6": declined})
    found = latest_completed(cast.tomasz)

    assert found
    assert (found.coverage, found.overall.percent) == ("44 of 45", 75)


@pytest.mark.req("S1-50")
def test_a_score_that_falls_needs_a_word_about_it(cast: Cast) -> None:
    an_assessment(
        start_assessment(cast.tomasz, by=cast.amina, assessed_on=date(2026, 3, 9)),
        by=cast.amina, answers={"1.1": RATED},
    )  # fmt: skip
    again = start_assessment(cast.tomasz, by=cast.amina, assessed_on=TODAY)
    lower = {"1.1": Said(answer="rated", level="contemplation")}

    with pytest.raises(Refused, match="lower than last time"):
        an_assessment(again, by=cast.amina, answers=lower)

    complete_assessment(again, by=cast.amina, about_a_fall="His brother died in March.")
    since = progress(cast.tomasz).since_start
    assert since
    assert since.change == -50


@pytest.mark.req("S1-09")
def test_an_assessment_keeps_the_practice_it_was_made_under(cast: Cast) -> None:
    begun = start_assessment(cast.tomasz, by=cast.amina, assessed_on=TODAY)

    assert begun.practice == "staged-hostel 1.0.0"
    assert begun.framework.key == "support-areas"


@pytest.mark.req("S1-40")
def test_the_manager_may_assess_too(cast: Cast) -> None:
    assert start_assessment(cast.tomasz, by=cast.grace, assessed_on=TODAY).assessor == cast.grace


def test_two_workers_answering_the_same_item_see_both_answers(cast: Cast) -> None:
    begun = start_assessment(cast.tomasz, by=cast.amina, assessed_on=TODAY)
    save_answers(begun, by=cast.amina, answers={"1.1": RATED})
    late = Said(answer="rated", level="determined", was="")

    with pytest.raises(ChangedMeanwhile) as change:
        save_answers(begun, by=cast.grace, answers={"1.1": late})

    assert change.value.theirs == {"answer-1.1": "Action"}
    assert Rating.objects.get().level == "action"


def test_a_completed_assessment_is_put_right_in_a_new_one_that_says_why(cast: Cast) -> None:
    first = an_assessment(
        start_assessment(cast.tomasz, by=cast.amina, assessed_on=TODAY), by=cast.amina
    )
    with pytest.raises(Refused, match="stays as it is"):
        save_answers(first, by=cast.amina, answers={"1.1": RATED})

    again = correct_assessment(cast.tomasz, by=cast.amina, assessment=first, because="Wrong week")
    complete_assessment(again, by=cast.amina)

    assert again.ratings.count() == 45
    assert [one.assessment for one in progress(cast.tomasz).assessments] == [again]


def test_to_somebody_of_another_scheme_there_is_no_assessment(cast: Cast, client: Client) -> None:
    begun = start_assessment(cast.tomasz, by=cast.amina, assessed_on=TODAY)
    with pytest.raises(NotPermitted):
        save_answers(begun, by=cast.owen, answers={"1.1": RATED})

    client.force_login(cast.owen)
    for name, key in (
        ("progress", cast.tomasz.pk), ("start-assessment", cast.tomasz.pk), ("answer", begun.pk),
        ("assessment", begun.pk), ("complete", begun.pk), ("correct", begun.pk),
    ):  # fmt: skip
        assert client.get(reverse(f"assessments:{name}", args=[key])).status_code == 404


@pytest.mark.req("S1-47")
def test_all_items_are_on_one_screen_with_the_meaning_of_each_level(
    cast: Cast, client: Client, django_assert_max_num_queries
) -> None:
    begun = start_assessment(cast.tomasz, by=cast.amina, assessed_on=TODAY)
    client.force_login(cast.amina)

    with django_assert_max_num_queries(12):
        text = client.get(reverse("assessments:answer", args=[begun.pk])).text

    assert text.count("<fieldset") >= 45
    assert "Turning it over in their mind" in text


def test_answers_sent_by_the_screen_are_kept_and_the_page_says_so(
    cast: Cast, client: Client
) -> None:
    begun = start_assessment(cast.tomasz, by=cast.amina, assessed_on=TODAY)
    client.force_login(cast.amina)
    answered = {"answer-1.1": "action", "was-1.1": "", "answer-1.2": "no_need", "was-1.2": ""}

    response = client.post(reverse("assessments:answer", args=[begun.pk]), answered)

    assert "Saved." in response.text
    assert dict(begun.ratings.values_list("item", "answer")) == {"1.1": "rated", "1.2": "no_need"}


def test_declining_without_a_reason_is_told_beside_the_item_and_nothing_is_lost(
    cast: Cast, client: Client
) -> None:
    begun = start_assessment(cast.tomasz, by=cast.amina, assessed_on=TODAY)
    client.force_login(cast.amina)
    answered = {"answer-1.6": "declined", "strengths": "Cooks for everybody"}

    response = client.post(reverse("assessments:answer", args=[begun.pk]), answered)

    assert response.status_code == 422
    assert "1.6 Drug was declined without a reason" in response.text
    assert "Cooks for everybody" in response.text


def test_progress_shows_both_numbers_and_charts_with_tables(cast: Cast, client: Client) -> None:
    an_assessment(
        start_assessment(cast.tomasz, by=cast.amina, assessed_on=date(2026, 3, 9)),
        by=cast.amina, answers={"1.1": RATED},
    )  # fmt: skip
    an_assessment(
        start_assessment(cast.tomasz, by=cast.amina, assessed_on=TODAY), by=cast.amina,
        answers={"1.1": RATED, "1.14": Said(answer="rated", level="pre_contemplation")},
    )  # fmt: skip
    client.force_login(cast.amina)

    text = client.get(reverse("assessments:progress", args=[cast.tomasz.pk])).text

    assert "1 need newly disclosed: 1.14" in text
    assert text.count("<svg") >= 3
    assert "45 of 45" in text


@pytest.mark.parametrize(
    "wrong",
    [
        {"answer": Answer.RATED, "level": ""},
        {"answer": Answer.NO_NEED, "level": "action"},
        {"answer": Answer.DECLINED, "reason": ""},
    ],
)
def test_the_database_refuses_an_answer_that_contradicts_itself(cast: Cast, wrong) -> None:
    begun = start_assessment(cast.tomasz, by=cast.amina, assessed_on=TODAY)

    with pytest.raises(IntegrityError):
        Rating.objects.create(assessment=begun, item="1.1", by=cast.amina, **wrong)


def test_the_database_refuses_half_a_completion(cast: Cast) -> None:
    begun = start_assessment(cast.tomasz, by=cast.amina, assessed_on=TODAY)

    with pytest.raises(IntegrityError):
        Assessment.objects.filter(pk=begun.pk).update(completed_by=cast.amina)


def test_the_database_refuses_a_reason_without_a_correction(cast: Cast) -> None:
    begun = start_assessment(cast.tomasz, by=cast.amina, assessed_on=TODAY)

    with pytest.raises(IntegrityError):
        Assessment.objects.filter(pk=begun.pk).update(because="no reason to")
