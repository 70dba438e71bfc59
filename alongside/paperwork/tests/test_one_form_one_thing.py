"""Two complaints and one reply: the form says which of them it answers, and closes that one."""

from __future__ import annotations

import pytest
from django.urls import reverse

from alongside.casefile.doors import door_of
from alongside.duties.models import Duty, State
from alongside.kit.refusal import Refused
from alongside.paperwork.operations import begin_form, go_on, put_right
from alongside.testing.cast import Cast, assemble

HEATING, SUNDAY = "The heating is off.", "Nobody came on Sunday."
REPLY = {"found": "It was so.", "answer": "We said sorry on Friday."}


@pytest.fixture
def court(db) -> Cast:
    return assemble("coordinated-care")


def complain(court: Cast, words: str) -> str:
    said = {"who": "Tomasz", "day": "2026-04-20", "words": words}
    made = begin_form(court.tomasz, by=court.amina, key="complaint", answers=said, finish=True)
    return str(made.pk)


def answered(court: Cast) -> set[str]:
    found = Duty.objects.filter(stay=court.tomasz, key="complaint-answered", state=State.MET)
    return set(found.values_list("ref", flat=True))


def reply(court: Cast, to: str = ""):
    return begin_form(
        court.tomasz, by=court.amina, key="complaint-answered", answers=REPLY, finish=True,
        which=to,
    )  # fmt: skip


@pytest.fixture
def two(court) -> tuple[str, str]:
    return complain(court, HEATING), complain(court, SUNDAY)


def test_one_reply_closes_the_complaint_it_names(court, two):
    heating, sunday = two
    sheet = reply(court, sunday)
    assert sheet.answers_to == sunday
    assert answered(court) == {sunday}

    reply(court, heating)
    assert answered(court) == {heating, sunday}


def test_with_two_open_a_reply_that_names_none_is_refused_and_with_one_it_is_that(court, two):
    with pytest.raises(Refused, match="2 things wait for this form"):
        reply(court)
    assert answered(court) == set()

    reply(court, two[0])
    reply(court)
    assert answered(court) == set(two)


def test_a_complaint_that_was_answered_is_not_answered_again(court, two):
    reply(court, two[0])
    with pytest.raises(Refused, match="no longer waits"):
        reply(court, two[0])


def test_a_reply_to_none_of_them_closes_none(court, two):
    reply(court, "none")
    assert answered(court) == set()


def test_the_button_of_a_duty_opens_the_form_with_its_complaint_chosen(client, court, two):
    client.force_login(court.amina)
    duty = Duty.objects.get(stay=court.tomasz, key="complaint-answered", ref=two[1])

    shown = client.get(door_of(duty, by=court.amina).url)

    text = shown.content.decode()
    assert shown.context["form"].which.value() == two[1]
    assert {words for words in (SUNDAY, HEATING) if words in text} == {SUNDAY, HEATING}
    client.post(
        door_of(duty, by=court.amina).url,
        {**REPLY, "this-answers": two[1], "finish": "yes"},
    )
    assert answered(court) == {two[1]}


def test_opened_from_the_forms_it_asks_which_and_keeps_what_was_typed(client, court, two):
    client.force_login(court.amina)
    url = reverse("paperwork:fill-in", args=[court.tomasz.pk, "complaint-answered"])
    assert client.get(url).context["form"].which.value() is None

    refused = client.post(url, {**REPLY, "finish": "yes"})

    assert refused.status_code == 422
    assert "Choose which of these this answers." in refused.content.decode()
    assert "We said sorry on Friday." in refused.content.decode()
    assert answered(court) == set()


def test_a_form_that_was_kept_may_say_later_which_it_answers(court, two):
    kept = begin_form(court.tomasz, by=court.amina, key="complaint-answered", answers=REPLY)
    with pytest.raises(Refused, match="2 things"):
        go_on(kept, by=court.amina, answers={}, finish=True)
    go_on(kept, by=court.amina, answers={}, finish=True, which=two[0])
    assert answered(court) == {two[0]}


def test_the_wrong_complaint_is_put_right_in_a_new_form(client, court, two):
    wrong = reply(court, two[0])
    client.force_login(court.amina)
    shown = client.get(reverse("paperwork:put-right", args=[wrong.pk]))
    assert shown.context["form"].which.value() == two[0]

    put_right(wrong, by=court.amina, answers={}, which=two[1])

    assert answered(court) == {two[1]}


def test_nothing_is_asked_where_nothing_waits(client, court):
    client.force_login(court.amina)
    url = reverse("paperwork:fill-in", args=[court.tomasz.pk, "complaint-answered"])
    assert client.get(url).context["form"].which is None


def test_a_draft_in_answer_to_one_is_not_the_draft_in_answer_to_another(client, court, two):
    client.force_login(court.amina)
    url = reverse("paperwork:fill-in", args=[court.tomasz.pk, "complaint-answered"])
    for ref in two:
        text = client.get(url, {"answers": ref}).content.decode()
        assert (
            reverse("drafts:draft", args=[f"form/{court.tomasz.pk}/complaint-answered/{ref}"])
            in text
        )
    assert "data-autosave" not in client.get(url).content.decode()
    # An address that somebody bent names nothing.
    assert client.get(url, {"answers": "x" * 500}).status_code == 200
