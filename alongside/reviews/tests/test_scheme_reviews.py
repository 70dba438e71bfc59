"""The scheme's list of reviews, and what the team is asked."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from alongside.duties.recalculation import work_out_all
from alongside.keywork.operations import write_report
from alongside.testing.builders import a_booked_review, a_completed_review, a_stay

TODAY = date(2026, 4, 20)


@pytest.fixture
def owed(tomasz):
    work_out_all(tomasz.scheme, today=TODAY)


def shown(client, **asked) -> str:
    return str(
        client.get(reverse("reviews:scheme-reviews", args=["mill-house"]), asked).content.decode()
    )


@pytest.mark.req("S0-44")
def test_grace_sees_what_is_due_overdue_booked_and_held(owed, tomasz, amina, grace, client):
    client.force_login(grace)
    assert "Overdue" in shown(client, show="overdue")
    assert "Tomasz Nowak" in shown(client, show="overdue", kind="monthly")
    assert "Nothing is overdue" in shown(client, show="overdue", kind="manager")
    assert "Tomasz Nowak" in shown(client, kind="manager")

    review = a_booked_review(tomasz, by=amina, kind="monthly")
    assert "After its last day" in shown(client, kind="monthly")
    assert "Tomasz Nowak" in shown(client, show="booked")

    a_completed_review(review, by=amina)
    assert "Done late" in shown(client, show="held")
    assert "Nothing here yet" in shown(client, show="booked")


def test_the_list_takes_as_many_queries_for_many_as_for_one(
    owed, cast, client, django_assert_max_num_queries
):
    for bed, name in zip(cast.beds[1:], ("Rosa Lindqvist", "Sam Ofori", "Li Wen"), strict=True):
        stay = a_stay(bed, by=cast.grace, name=name, moved_in_on=date(2026, 3, 2))
        a_booked_review(stay, by=cast.amina, kind="monthly")
    client.force_login(cast.grace)

    with django_assert_max_num_queries(12):
        shown(client)
    with django_assert_max_num_queries(12):
        shown(client, show="booked")


def test_a_persons_page_takes_few_queries(tomasz, amina, client, django_assert_max_num_queries):
    review = a_booked_review(tomasz, by=amina, kind="monthly")
    client.force_login(amina)

    with django_assert_max_num_queries(12):
        client.get(reverse("reviews:reviews", args=[tomasz.pk]))
    with django_assert_max_num_queries(12):
        client.get(reverse("reviews:review", args=[review.pk]))


@pytest.mark.req("S1-24")
def test_what_a_report_asks_the_team_is_on_the_teams_agenda_and_answered_there(
    tomasz, amina, grace, owen, client
):
    headings = {one.key: "As before" for one in tomasz.scheme.pack.choices("report_headings")}
    report = write_report(
        tomasz, by=amina, headings=headings, team_question="Who can go to court with him?"
    )
    client.force_login(grace)
    agenda = reverse("reviews:team-agenda", args=["mill-house"])
    answer = reverse("reviews:answer-report", args=[report.pk])
    assert "Who can go to court with him?" in client.get(agenda).content.decode()

    assert client.post(answer, {"answer": " "}).status_code == 422
    assert client.post(answer, {"answer": "Grace goes."}).status_code == 302

    page = client.get(agenda).content.decode()
    assert "Grace goes." in page
    assert "Nobody asks the team anything" in page
    client.force_login(owen)
    assert client.get(answer).status_code == 404
