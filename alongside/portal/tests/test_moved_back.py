"""Somebody is moved back a stage, reads why on their own pages, and answers."""

from __future__ import annotations

import pytest

from alongside.kit import clock
from alongside.kit.refusal import Refused
from alongside.stages.models import MoveAnswer
from alongside.stages.operations import answer_move, demote
from alongside.stages.tests.scenes import at_stage
from alongside.testing.builders import a_stay

WHY = "Guests after midnight, twice."


@pytest.fixture
def move(tomasz, grace):
    at_stage(tomasz, "stage-2", by=grace)
    return demote(
        tomasz, by=grace, stage="stage-1", reason="other", words=WHY, starts_at=clock.now()
    )


@pytest.mark.req("S1-29")
def test_tomasz_reads_why_and_answers_and_grace_reads_it(own, tomasz, move, grace, client):
    assert "You are moved back to Stage 1" in own.get("/my/").text
    assert WHY in own.get("/my/stage/").text
    assert own.post(f"/my/stage/moves/{move.pk}/", {"words": " "}).status_code == 422

    sent = own.post(f"/my/stage/moves/{move.pk}/", {"words": "It was my sister’s birthday."})

    assert sent["Location"] == "/my/stage/"
    assert "It was my sister’s birthday." in own.get("/my/stage/").text
    assert "You are moved back" not in own.get("/my/").text, "it no longer waits"
    client.force_login(grace)
    history = client.get(f"/stays/{tomasz.pk}/stages/history/").text
    assert ": “It was my sister’s birthday.”" in history


def test_only_the_person_answers_and_only_a_move_back(own, move, beds, grace):
    with pytest.raises(Refused, match="Only they answer here"):
        answer_move(move, by=grace, words="They were angry.")
    rosa = a_stay(beds[1], by=grace)
    first = at_stage(rosa, "stage-1", by=grace)
    assert first
    assert own.get(f"/my/stage/moves/{first.pk}/").status_code == 404, "it is Rosa’s"
    with pytest.raises(Refused, match="no move back"):
        answer_move(first, by=rosa.resident, words="Thank you.")


def test_every_answer_is_kept(tomasz, move):
    for words in ("It is not fair.", "I have thought about it. Fair enough."):
        answer_move(move, by=tomasz.resident, words=words)

    assert MoveAnswer.objects.filter(move=move).count() == 2


@pytest.mark.req("S1-29")
def test_the_stage_sheet_asks_whether_they_were_told_until_it_is_written_down(
    client, tomasz, move, grace
):
    client.force_login(grace)
    sheet = f"/stays/{tomasz.pk}/stages/"
    assert "that Tomasz was told" in client.get(sheet).text

    client.post(f"/stage-moves/{move.pk}/told/", {"told_on": "2026-04-20", "answer": ""})

    assert "that Tomasz was told" not in client.get(sheet).text


def test_nobody_is_moved_back_from_the_first_stage(client, tomasz, grace):
    at_stage(tomasz, "probation", by=grace)
    client.force_login(grace)

    assert client.get(f"/stays/{tomasz.pk}/stages/move/back/").status_code == 404


def test_a_member_of_staff_who_opens_the_pages_of_residents_stays_signed_in(client, amina):
    client.force_login(amina)

    for address in ("/my/", "/my/plan/", "/my/finish/", "/my/pin/"):
        answer = client.get(address)
        assert answer.status_code == 403
        assert "You are signed in as Amina Yusuf" in answer.text

    assert client.get("/").status_code == 200
