"""Forms of a practice that close what is owed, and that others read."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from alongside.allocations.operations import allocate
from alongside.duties.models import Duty, State
from alongside.kit.refusal import Refused
from alongside.moments.models import Moment
from alongside.paperwork.operations import begin_form
from alongside.testing.cast import assemble

TODAY = date(2026, 4, 20)


@pytest.mark.req("S2-35")
def test_a_difficulty_reaches_the_registered_manager_who_answers_with_a_day(db):
    cast = assemble("supported-living")
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina, reason="skills")
    begin_form(
        cast.tomasz, by=cast.amina, key="for-the-manager", finish=True,
        answers={"what": "resources", "words": "He needs a second pair of hands on Mondays."},
    )  # fmt: skip
    owed = Duty.objects.get(stay=cast.tomasz, key="manager-told", state=State.OPEN)
    assert (owed.owed_by, owed.due_on) == (cast.grace, TODAY + timedelta(days=7))

    begin_form(
        cast.tomasz, by=cast.grace, key="managers-answer", finish=True,
        answers={"answer": "Bilal comes on Mondays.", "by_when": "2026-04-27"},
    )  # fmt: skip

    owed.refresh_from_db()
    assert (owed.state, owed.met_on) == (State.MET, TODAY)


@pytest.mark.req("S2-35")
def test_what_is_raised_says_which_of_the_three_it_is(client, db):
    cast = assemble("supported-living")
    client.force_login(cast.amina)
    address = reverse("paperwork:fill-in", args=[cast.tomasz.pk, "for-the-manager"])

    page = client.get(address).content.decode()
    for kind in ("A change", "A difficulty", "Resources are needed"):
        assert kind in page
    sent = client.post(address, {"what": "nonsense", "words": "Something.", "finish": "yes"})
    assert sent.status_code == 422


@pytest.mark.req("S4-77")
def test_a_decision_keeps_the_customers_view_and_the_advocate(client, db):
    cast = assemble("coordinated-care")
    said = {
        "matter": "Whether to move nearer to his sister", "view": "I want to try it for a month.",
        "decided": "A month’s trial in May", "advocacy": "accepted", "advocate": "Rae Holm",
    }  # fmt: skip
    with pytest.raises(Refused):
        begin_form(
            cast.tomasz, by=cast.amina, key="decision", finish=True, answers={**said, "view": ""}
        )

    sheet = begin_form(cast.tomasz, by=cast.amina, key="decision", finish=True, answers=said)

    client.force_login(cast.amina)
    page = client.get(reverse("paperwork:form", args=[sheet.pk])).content.decode()
    for words in ("I want to try it for a month.", "Yes, and accepted", "Rae Holm"):
        assert words in page


@pytest.mark.req("S0-86")
def test_a_success_is_celebrated_on_the_timeline_and_in_the_figures(client, db):
    cast = assemble("aotearoa-transitional")
    sheet = begin_form(
        cast.tomasz, by=cast.amina, key="achievement", finish=True,
        answers={"what": "Passed the learner licence", "day": "2026-04-19",
                 "who": "Aunty Hine and the house", "shared": "Yes, with his whānau"},
    )  # fmt: skip

    moment = Moment.objects.get(record_id=sheet.pk)
    assert "Passed the learner licence" in moment.text
    client.force_login(cast.grace)
    page = client.get(reverse("reports:reports", args=["mill-house"])).content.decode()
    assert "Celebrated" in page
    behind = client.get(reverse("reports:people-behind", args=["mill-house", "done-achievement"]))
    assert "Tomasz Nowak" in behind.content.decode()
