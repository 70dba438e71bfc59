"""Who had what they were owed, who had not, and who saw them; nobody is averaged away."""

from __future__ import annotations

import csv
from datetime import date, datetime, time, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from alongside.absence.operations import report_sick
from alongside.allocations.operations import allocate
from alongside.coverage.colleagues import owed_by_colleagues
from alongside.coverage.models import Standing, longest_gap
from alongside.coverage.queries import coverage, periods
from alongside.duties.models import Duty
from alongside.duties.operations import excuse, work_out
from alongside.keywork.operations import record_session
from alongside.kit import clock
from alongside.other_duties.operations import answer_other_duty, give_other_duty
from alongside.team.operations import acknowledge
from alongside.team.statement import statement_of
from alongside.testing.builders import a_stay
from alongside.testing.cast import SETTING_UP, a_member_of_staff

FIRST, LAST = date(2026, 3, 23), date(2026, 4, 20)
LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def ruth(mill_house, grace):
    return a_member_of_staff(mill_house, "Ruth Abara", "key_worker", line_manager=grace)


@pytest.fixture
def rosa(beds, grace):
    return a_stay(beds[1], by=grace, moved_in_on=date(2026, 3, 2))


def met_on(stay, day, *, by):
    headings = {one.key: "Well." for one in stay.scheme.pack.choices("session_headings")}
    with time_machine.travel(datetime.combine(day, time(15), LONDON), tick=False):
        record_session(
            stay, by=by, held_on=day, minutes=40, headings=headings, raise_issue="The bank"
        )


def of(stay, found):
    return next(one for one in found.people if one.stay.pk == stay.pk)


def looked_at(scheme, **asked):
    work_out(scheme, by=SETTING_UP)
    return coverage(scheme, "weekly-session", **{"first": FIRST, "last": LAST, **asked})


def page_of(scheme, **asked):
    query = {"first": FIRST.isoformat(), "last": LAST.isoformat(), **asked}
    return reverse("coverage:coverage", args=[scheme.slug]), query


@pytest.mark.req("S1-14")
def test_weeks_met_and_missed_are_counted_person_by_person(mill_house, tomasz, rosa, amina, grace):
    for stay in (tomasz, rosa):
        allocate(stay, by=grace, worker=amina, from_on=date(2026, 3, 2))
    for week in range(4):
        met_on(tomasz, FIRST + timedelta(weeks=week, days=1), by=amina)
    met_on(rosa, FIRST + timedelta(days=1), by=amina)

    found = looked_at(mill_house)

    assert (of(tomasz, found).met, of(tomasz, found).missed) == (4, 0)
    assert (of(rosa, found).met, of(rosa, found).missed) == (1, 3)
    assert of(rosa, found).gap == 27
    assert (found.fully_met, found.known, found.share) == (1, 2, 50)


def test_whoever_was_let_down_once_is_not_hidden_in_a_share(mill_house, tomasz, amina, grace):
    allocate(tomasz, by=grace, worker=amina, from_on=date(2026, 3, 2))
    for week in range(3):
        met_on(tomasz, FIRST + timedelta(weeks=week, days=1), by=amina)

    found = looked_at(mill_house)

    assert (of(tomasz, found).met, of(tomasz, found).missed) == (3, 1)
    assert (of(tomasz, found).standing, found.share) == (Standing.MISSED, 0)


@pytest.mark.req("S1-14")
def test_a_session_somebody_stood_in_for_counts_and_is_shown_apart(
    mill_house, tomasz, amina, ruth, grace
):
    allocate(tomasz, by=grace, worker=amina, from_on=date(2026, 3, 2))
    met_on(tomasz, date(2026, 3, 24), by=amina)
    met_on(tomasz, date(2026, 3, 31), by=ruth)

    one = of(tomasz, looked_at(mill_house))

    assert (dict(one.own), dict(one.stood_in)) == ({"Amina Yusuf": 1}, {"Ruth Abara": 1})
    assert one.met == 2


def test_whose_own_worker_it_was_is_asked_of_the_day_of_the_session(
    mill_house, tomasz, amina, ruth, grace
):
    allocate(tomasz, by=grace, worker=amina, from_on=date(2026, 3, 2), method="temporary")
    allocate(tomasz, by=grace, worker=ruth, from_on=date(2026, 4, 6), reason="language")
    met_on(tomasz, date(2026, 3, 31), by=amina)
    met_on(tomasz, date(2026, 4, 7), by=ruth)

    one = of(tomasz, looked_at(mill_house))

    assert (one.own.total(), one.stood_in.total(), one.worker) == (2, 0, ruth)


def test_an_excused_week_is_neither_met_nor_missed(mill_house, tomasz, grace):
    work_out(mill_house, by=SETTING_UP)
    for duty in Duty.objects.filter(
        stay=tomasz, key="weekly-session", due_on__range=(FIRST, LAST)
    ).select_related(*Duty.LOCK_WITH):
        excuse(duty, by=grace, reason="He was in hospital.")

    one = of(tomasz, looked_at(mill_house))

    assert (one.met, one.missed, one.excused, one.standing) == (0, 0, 4, Standing.EXCUSED)


def test_not_yet_known_none_due_and_failed_are_three_things(mill_house, tomasz, beds, grace):
    rosa = a_stay(beds[1], by=grace, moved_in_on=date(2026, 4, 20))
    yusuf = a_stay(beds[2], by=grace, name="Yusuf Demir", moved_in_on=date(2026, 4, 6))
    to_come = looked_at(mill_house, first=date(2026, 4, 20), last=date(2026, 4, 26))
    just_before = looked_at(mill_house, first=date(2026, 4, 14), last=date(2026, 4, 18))

    assert of(rosa, to_come).standing == Standing.UNKNOWN
    assert of(yusuf, just_before).standing == Standing.NONE
    assert of(tomasz, looked_at(mill_house)).standing == Standing.MISSED
    assert just_before.share is None


def test_each_standing_has_words_and_a_sign_of_its_own(client, mill_house, tomasz, grace):
    work_out(mill_house, by=SETTING_UP)
    client.force_login(grace)
    address, query = page_of(mill_house)
    answer = client.get(address, query)
    said = {(one.says, one.sign) for one, _ in answer.context["tiles"]}

    assert len({says for says, _ in said}) == len({sign for _, sign in said}) == len(Standing)
    assert "✗" in answer.content.decode()


def test_every_figure_opens_its_people(client, cast):
    mill_house, tomasz, amina, grace = cast.mill_house, cast.tomasz, cast.amina, cast.grace
    a_stay(cast.beds[1], by=grace, moved_in_on=date(2026, 3, 2))
    allocate(tomasz, by=grace, worker=amina, from_on=date(2026, 3, 2))
    for week in range(4):
        met_on(tomasz, FIRST + timedelta(weeks=week, days=1), by=amina)
    work_out(mill_house, by=SETTING_UP)
    client.force_login(grace)
    address, query = page_of(mill_house)
    for group, url in client.get(address, query).context["tiles"]:
        listed = client.get(address + url).context["people"]
        assert {one.stay.pk for one in listed} == {one.stay.pk for one in group.people}

    own = client.get(
        reverse("coverage:person", args=[tomasz.pk]), {**query, "what": "weekly-session"}
    )
    assert [str(one.duty.state) for one in own.context["times"]] == ["met"] * 4
    assert "Amina Yusuf" in own.content.decode()


def test_a_persons_times_say_why_and_who_excused(mill_house, tomasz, grace):
    work_out(mill_house, by=SETTING_UP)
    duty = (
        Duty.objects.filter(stay=tomasz, key="weekly-session", due_on__lte=LAST)
        .select_related(*Duty.LOCK_WITH)
        .latest("due_on")
    )
    excuse(duty, by=grace, reason="Snowed in.")

    latest = periods(tomasz, "weekly-session", first=FIRST, last=LAST)[0]

    assert latest.excuse
    assert (latest.excuse.reason, latest.excuse.approved_by) == ("Snowed in.", grace)


def test_one_workers_people_alone(cast, rosa, ruth):
    mill_house, tomasz, amina, grace = cast.mill_house, cast.tomasz, cast.amina, cast.grace
    allocate(tomasz, by=grace, worker=amina)
    allocate(rosa, by=grace, worker=ruth)

    found = looked_at(mill_house, worker=ruth.pk)

    assert [one.stay.pk for one in found.people] == [rosa.pk]


def test_the_list_is_sorted_as_asked(client, cast, rosa):
    mill_house, amina, grace = cast.mill_house, cast.amina, cast.grace
    allocate(rosa, by=grace, worker=amina, from_on=date(2026, 3, 2))
    met_on(rosa, date(2026, 3, 24), by=amina)
    work_out(mill_house, by=SETTING_UP)
    client.force_login(grace)
    orders = {}
    for sort in ("missed", "-missed", "name", "-gap", "nonsense"):
        address, query = page_of(mill_house, sort=sort)
        people = client.get(address, query).context["people"]
        orders[sort] = [one.stay.resident.given_name for one in people]

    assert orders["missed"] == ["Rosa", "Tomasz"]
    assert orders["-missed"] == orders["-gap"] == orders["nonsense"] == ["Tomasz", "Rosa"]
    assert orders["name"] == ["Rosa", "Tomasz"]


@pytest.mark.req("S4-109")
def test_the_spreadsheet_says_what_is_not_a_number_and_holds_no_formula(
    client, mill_house, beds, tomasz, grace
):
    a_stay(beds[1], by=grace, name="=HYPERLINK(1) Lindqvist", moved_in_on=date(2026, 4, 20))
    work_out(mill_house, by=SETTING_UP)
    client.force_login(grace)
    _, query = page_of(mill_house)
    page = reverse("exports:take-out", args=[mill_house.slug, "coverage"], query=query)
    columns = ["person", "worker", "stands", "due", "met"]
    asked = {"columns": columns, "kind": "csv", "purpose": "figures", "words": "The board."}
    file = client.post(f"{client.post(page, asked)['Location']}file/")
    rows = list(csv.reader(StringIO(file.content.decode("utf-8-sig"))))

    names = {row[0] for row in rows[1:]}
    assert names == {"'=HYPERLINK(1) Lindqvist", "Tomasz Nowak"}
    new = next(row for row in rows if row[0].startswith("'"))
    assert new[2:5] == ["None due", "none due", "none due"]


def test_a_time_that_makes_no_sense_is_refused_beside_the_field(client, mill_house, grace):
    client.force_login(grace)
    for first, last, says in (
        ("2026-04-20", "2026-04-01", "before the first"),
        ("2020-01-01", "2026-04-01", "Choose a shorter time"),
    ):
        address, query = page_of(mill_house, first=first, last=last)
        answer = client.get(address, query)
        assert answer.status_code == 422
        assert says in answer.content.decode()
        assert first in answer.content.decode()


def test_a_long_list_comes_a_page_at_a_time_and_whole_to_print(client, mill_house, beds, grace):
    from alongside.accommodation.operations import add_bed

    for number in range(30):
        bed = add_bed(mill_house, by=grace, name=f"Z{number}", floor="Top", order=number + 10)
        a_stay(bed, by=grace, name=f"Rosa Lindqvist{number}")
    client.force_login(grace)
    address, query = page_of(mill_house)

    assert len(client.get(address, query).context["people"]) == 25
    assert len(client.get(address, {**query, "whole": "yes"}).context["people"]) == 31


def test_the_queries_are_the_same_few_for_many_people(client, cast, django_assert_max_num_queries):
    mill_house, beds, amina, grace = cast.mill_house, cast.beds, cast.amina, cast.grace
    for bed in beds[1:]:
        stay = a_stay(bed, by=grace, name=f"Rosa Lindqvist{bed.name}")
        allocate(stay, by=grace, worker=amina)
    work_out(mill_house, by=SETTING_UP)
    client.force_login(grace)
    address, query = page_of(mill_house)

    with django_assert_max_num_queries(12):
        assert client.get(address, query).status_code == 200


def test_coverage_is_for_those_whose_role_reads_reports(client, mill_house, tomasz, owen):
    night = a_member_of_staff(mill_house, "Noor Haddad", "night_worker")
    addresses = [
        reverse("coverage:coverage", args=[mill_house.slug]),
        reverse("coverage:person", args=[tomasz.pk]),
    ]
    for who, status in ((owen, 404), (night, 403)):
        client.force_login(who)
        assert {client.get(address).status_code for address in addresses} == {status}


def test_a_gap_runs_to_the_ends_of_the_time_looked_at():
    first, last = date(2026, 4, 1), date(2026, 4, 30)

    assert longest_gap([], first, last) == 29
    assert longest_gap([date(2026, 4, 11), date(2026, 4, 25), date(2026, 5, 2)], first, last) == 14


def test_who_is_off_sick_does_not_change_what_was(mill_house, tomasz, amina, grace):
    allocate(tomasz, by=grace, worker=amina, from_on=date(2026, 3, 2))
    met_on(tomasz, date(2026, 3, 24), by=amina)
    report_sick(mill_house, by=grace, worker=amina)

    assert dict(of(tomasz, looked_at(mill_house)).own) == {"Amina Yusuf": 1}
    assert clock.today() == LAST


def asked(scheme, by, to, what, due_on=LAST):
    return give_other_duty(scheme, by=by, to=to, what=what, why="So.", due_on=due_on)


def of_colleagues(reader, scheme, first=FIRST, last=LAST):
    found = owed_by_colleagues(reader, scheme, first=first, last=last)
    return {one.rule.key: (one.open, one.overdue, one.done) for one in found}


@pytest.mark.req("S0-96")
def test_what_colleagues_owe_stands_in_lines_of_its_own_and_each_number_opens_its_list(
    client, cast, ruth
):
    mill_house, amina, grace = cast.mill_house, cast.amina, cast.grace
    asked(mill_house, grace, amina, "Order a kettle")
    asked(mill_house, grace, ruth, "Test the alarm", date(2026, 4, 30))
    done = asked(mill_house, grace, ruth, "Buy a rug", date(2026, 4, 30))
    answer_other_duty(done, by=ruth, on=LAST, words="Bought.")
    assert of_colleagues(grace, mill_house)["other-duty"] == (2, 0, 1)
    assert of_colleagues(grace, mill_house, last=date(2026, 4, 19))["other-duty"] == (2, 0, 0)

    with clock.standing_at(clock.now() + timedelta(days=1)):
        assert of_colleagues(grace, mill_house)["other-duty"] == (2, 1, 1)
        client.force_login(grace)
        address, query = page_of(mill_house)
        page = client.get(address, query)
        listed = {
            name: [one.what for one in client.get(url).context["askings"]]
            for name, url in next(
                one for one in page.context["colleagues"] if one.rule.key == "other-duty"
            ).lists.items()
        }
    assert "Owed by colleagues" in page.text
    assert listed == {
        "open": ["Order a kettle", "Test the alarm"],
        "overdue": ["Order a kettle"],
        "done": ["Buy a rug"],
    }


@pytest.mark.req("S0-96")
def test_who_has_read_who_answers_for_it_is_counted_and_opens(client, cast):
    mill_house, amina, grace = cast.mill_house, cast.amina, cast.grace
    work_out(mill_house, by=SETTING_UP)
    before, _, read = of_colleagues(grace, mill_house)["who-answers-read"]
    assert before
    acknowledge(mill_house, by=amina, digest=statement_of(mill_house).digest)
    after, _, then = of_colleagues(grace, mill_house)["who-answers-read"]
    assert (after, then) == (before - 1, read + 1)
    client.force_login(grace)
    address, query = page_of(mill_house)
    page = client.get(address, query).text
    service = reverse("team:service", args=[mill_house.slug])
    assert f'href="{service}#read"' in page
    assert 'id="read"' in client.get(service).text


@pytest.mark.req("S0-96")
def test_lines_of_colleagues_are_for_those_alone_who_may_see_them(client, cast):
    mill_house, amina, grace, owen = cast.mill_house, cast.amina, cast.grace, cast.owen
    asked(mill_house, grace, amina, "Order a kettle")
    assert of_colleagues(amina, mill_house) == {}
    assert of_colleagues(owen, mill_house) == {}
    client.force_login(owen)
    assert client.get(page_of(mill_house)[0]).status_code == 404
