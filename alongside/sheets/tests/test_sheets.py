"""A sheet keeps the questions it was asked with, every answer, and who gave it when."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.kit.refusal import ChangedMeanwhile, Refused
from alongside.organisation.models import Scheme, Staff
from alongside.practice import pack as practice
from alongside.sheets.forms import sheet_form
from alongside.sheets.keeping import answer, begin_sheet, correct, finish, still_open
from alongside.sheets.models import Sheet
from alongside.sheets.reading import parts_of, rows_of
from alongside.testing.cast import Cast, a_member_of_staff

REQUIRED = {
    "explained": "yes",
    "where_now": "A friend's sofa",
    "wanted": "A room of my own",
    "stages_explained": "yes",
    "view": "Yes, with a quiet room",
}


@pytest.fixture
def interview(cast: Cast) -> Sheet:
    return begin_sheet(cast.mill_house, "interview", by=cast.grace, stay=cast.tomasz)


def test_an_answer_keeps_who_gave_it_and_when(interview: Sheet, cast: Cast) -> None:
    answer(interview, {"wanted": "A room of my own"}, by=cast.grace)

    row = next(row for row in rows_of(interview, reader=cast.grace) if row.answer)
    assert (row.question.key, row.answer, row.by) == ("wanted", "A room of my own", "Grace Okafor")
    assert row.at is not None
    assert f"{row.at:%Y-%m-%d %H:%M}" == "2026-04-20 11:00"


def test_a_sheet_is_finished_when_every_required_question_is_answered(
    interview: Sheet, cast: Cast
) -> None:
    with pytest.raises(Refused, match="Not everything on this sheet has been answered"):
        finish(interview, by=cast.grace)

    answer(interview, REQUIRED, by=cast.grace)
    assert still_open(interview) == []
    assert finish(interview, by=cast.grace).finished_by == cast.grace


def test_a_finished_sheet_is_never_changed_but_corrected(interview: Sheet, cast: Cast) -> None:
    finish(answer(interview, REQUIRED, by=cast.grace), by=cast.grace)

    with pytest.raises(Refused, match="finished and cannot be changed"):
        answer(interview, {"wanted": "Work"}, by=cast.grace)
    corrected = correct(interview, {"wanted": "Work"}, by=cast.amina)

    assert corrected.corrects == interview
    assert corrected.answers["wanted"] == "Work"
    assert Sheet.objects.get(pk=interview.pk).answers["wanted"] == "A room of my own"


def test_two_workers_answer_one_sheet_and_nobodys_words_are_lost(
    interview: Sheet, cast: Cast
) -> None:
    opened = interview.version
    answer(interview, {"wanted": "A room"}, by=cast.grace)

    with pytest.raises(ChangedMeanwhile) as change:
        answer(interview, {"wanted": "Work"}, by=cast.amina, version=opened)
    assert change.value.theirs == {"wanted": "A room"}

    answer(interview, {"strengths": "Cooks"}, by=cast.amina, version=opened)
    assert interview.answers == {"wanted": "A room", "strengths": "Cooks"}


def test_a_restricted_answer_is_read_by_its_author_and_by_those_who_may(
    interview: Sheet, cast: Cast
) -> None:
    support_worker = a_support_worker(cast.mill_house)
    answer(interview, {"health": "Asthma"}, by=support_worker)

    def read_by(reader: Staff) -> str:
        rows = {row.question.key: row for row in rows_of(interview, reader=reader)}
        return "(hidden)" if rows["health"].hidden else rows["health"].answer

    assert read_by(support_worker) == "Asthma"
    assert read_by(cast.grace) == "Asthma"
    assert read_by(a_support_worker(cast.mill_house, "Noor Haddad")) == "(hidden)"


def test_a_hidden_answer_left_empty_in_the_form_stays(interview: Sheet, cast: Cast) -> None:
    answer(interview, {"health": "Asthma"}, by=cast.grace)
    reader = a_support_worker(cast.mill_house)
    kind = sheet_form(interview.asked, pack=interview.pack)

    form = kind({"wanted": "Work"}, sheet=interview, reader=reader, whole=False)
    assert form.is_valid()
    answer(interview, **form.arguments(), by=reader)

    assert "Asthma" not in str(kind(sheet=interview, reader=reader))
    assert interview.answers["health"] == "Asthma"


def test_a_question_nobody_asked_is_refused(interview: Sheet, cast: Cast) -> None:
    with pytest.raises(Refused, match="is not asked on this sheet"):
        answer(interview, {"shoe_size": "43"}, by=cast.grace)


def test_a_form_asks_what_the_pack_asks_in_its_own_words() -> None:
    pack = practice.pack("staged-hostel")
    form = sheet_form(pack.sheet("interview"), pack=pack)({})

    assert not form.is_valid()
    assert set(form.errors) == set(REQUIRED)
    assert form["wanted"].label == "What would you most like help with?"


def test_as_a_draft_nothing_is_required() -> None:
    pack = practice.pack("staged-hostel")

    assert sheet_form(pack.sheet("interview"), pack=pack)({}, whole=False).is_valid()


def test_a_date_comes_back_as_a_date(cast: Cast) -> None:
    induction = begin_sheet(cast.mill_house, "induction", by=cast.grace, stay=cast.tomasz)
    kind = sheet_form(induction.asked, pack=induction.pack)
    form = kind({"last_drill": "2026-04-01"}, sheet=induction, reader=cast.grace, whole=False)
    assert form.is_valid()

    answer(induction, **form.arguments(), by=cast.grace)

    assert induction.answers["last_drill"] == "2026-04-01"
    assert "1 April 2026" in [row.answer for row in rows_of(induction, reader=cast.grace)]
    assert "2026-04-01" in str(kind(sheet=induction, reader=cast.grace)["last_drill"])


def test_the_sheet_is_shown_in_the_version_it_was_asked_in(interview: Sheet, cast: Cast) -> None:
    assert (interview.pack_key, interview.pack_version) == ("staged-hostel", "1.0.0")
    assert parts_of(interview, reader=cast.grace)[0].section.key == "welcome"


def test_the_page_shows_it_to_the_house_and_to_nobody_else(
    interview: Sheet, cast: Cast, client, django_assert_max_num_queries
) -> None:
    answer(interview, REQUIRED, by=cast.grace)
    address = reverse("sheets:sheet", args=[interview.pk])

    client.force_login(cast.amina)
    with django_assert_max_num_queries(12):
        shown = client.get(address)
    assert "A room of my own" in shown.content.decode()

    client.force_login(cast.owen)
    assert client.get(address).status_code == 404


def test_the_database_refuses_a_finish_without_a_person(interview: Sheet) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Sheet.objects.filter(pk=interview.pk).update(finished_at="2026-04-20T11:00Z")


def a_support_worker(scheme: Scheme, name: str = "Sam Reid") -> Staff:
    return a_member_of_staff(scheme, name, "support_worker")
