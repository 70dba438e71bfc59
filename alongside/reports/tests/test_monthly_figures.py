"""The figures of a month, and that each opens the people behind it."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import time_machine
from django.urls import reverse

from alongside.keywork.models import Booking
from alongside.keywork.operations import book_time, record_missed
from alongside.reports.month import Month
from alongside.reports.queries import monthly_figures, people_behind
from alongside.testing.builders import a_stay
from alongside.testing.cast import a_member_of_staff

LONDON = ZoneInfo("Europe/London")
APRIL, MARCH = Month(2026, 4, LONDON), Month(2026, 3, LONDON)


def figure(scheme, month, key):
    return {f.key: f.number for g in monthly_figures(scheme, month) for f in g.figures}[key]


def behind(scheme, key):
    found = people_behind(scheme, APRIL, key)
    return [(stay.pk, getattr(stay, "many", 0)) for stay in found or ()]


def page_of(scheme):
    return reverse("reports:reports", args=[scheme.slug])


def test_a_month_ends_with_its_last_instant_where_the_house_is():
    begins, ends = APRIL.instants

    assert begins.isoformat() == "2026-04-01T00:00:00+01:00"
    assert ends.date() == date(2026, 4, 30)
    assert (str(APRIL.before()), str(APRIL.after())) == ("2026-03", "2026-05")


def test_those_who_moved_in_are_counted_in_their_own_month(mill_house, beds, grace, tomasz):
    rosa = a_stay(beds[1], by=grace)

    assert (figure(mill_house, MARCH, "in"), figure(mill_house, APRIL, "in")) == (1, 1)
    assert [pk for pk, _ in behind(mill_house, "in")] == [rosa.pk]


def test_a_missed_session_is_counted_with_whom_it_was_booked(mill_house, tomasz, amina):
    booking = book_time(
        tomasz, by=amina, worker=amina, on=date(2026, 4, 20), starts=time(15), venue="office"
    )
    with time_machine.travel(datetime(2026, 4, 20, 17, tzinfo=LONDON), tick=False):
        record_missed(
            booking, by=amina, reason=a_reason(mill_house), explanation="Rang, no answer."
        )

    key = f"missed-{amina.pk.hex}"
    assert Booking.objects.get().outcome == "missed"
    assert figure(mill_house, APRIL, key) == 1
    assert behind(mill_house, key) == [(tomasz.pk, 1)]


def a_reason(scheme):
    return next(iter(scheme.pack.reasons("session_missed"))).key


def test_every_figure_but_a_naught_opens_its_people(client, mill_house, grace, tomasz):
    client.force_login(grace)
    answer = client.get(page_of(mill_house), {"month": "2026-03"})
    shown = [f for g in answer.context["groups"] for f in g.figures if f.number]

    assert shown
    for each in shown:
        behind = client.get(
            reverse("reports:people-behind", args=[mill_house.slug, each.key]), {"month": "2026-03"}
        )
        assert behind.status_code == 200
        assert sum(stay.many for stay in behind.context["people"]) == each.number


def test_a_figure_nobody_counts_does_not_exist(client, mill_house, grace):
    client.force_login(grace)

    for key in ("nothing", "held-x", "duty"):
        address = reverse("reports:people-behind", args=[mill_house.slug, key])
        assert client.get(address).status_code == 404


def test_the_queries_are_the_same_few_for_more_people(
    client, mill_house, grace, beds, django_assert_max_num_queries
):
    for bed in beds[1:]:
        a_stay(bed, by=grace, name=f"Rosa Lindqvist{bed.name}")
    client.force_login(grace)

    with django_assert_max_num_queries(12):
        assert client.get(page_of(mill_house)).status_code == 200


def test_reports_are_for_those_whose_role_reads_them(client, mill_house, owen, tomasz):
    night = a_member_of_staff(mill_house, "Noor Haddad", "night_worker")

    client.force_login(owen)
    assert client.get(page_of(mill_house)).status_code == 404
    client.force_login(night)
    assert client.get(page_of(mill_house)).status_code == 403
