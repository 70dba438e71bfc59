"""Grace asks a colleague for something: it is owed, it is passed up, and it ends by its record."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.absence.operations import report_sick
from alongside.casefile.doors import door_of
from alongside.duties.models import Duty, State
from alongside.duties.operations import work_out
from alongside.duties.recalculation import rebuild
from alongside.kit import clock
from alongside.kit.refusal import NotPermitted, Refused
from alongside.moments.models import Moment
from alongside.organisation.models import Membership
from alongside.other_duties.models import Answer, Asking, Kind, OtherDuty, Outcome
from alongside.other_duties.operations import (
    answer_other_duty,
    give_other_duty,
    reopen_other_duty,
    take_back_other_duty,
)
from alongside.other_duties.queries import Narrowed, asked_of, here, shown_of
from alongside.other_duties.tests.conftest import FRIDAY
from alongside.testing.cast import a_member_of_staff

TODAY = date(2026, 4, 20)
TUESDAY = date(2026, 4, 21)


def the_duty(of: OtherDuty) -> Duty:
    return Duty.objects.get(subject_kind="other_duty", subject_id=of.pk)


@pytest.mark.req("S0-96", "S4-114")
def test_what_grace_asks_stands_on_aminas_today_with_its_button(client, mill_house, grace, amina):
    client.force_login(grace)
    asked = client.post(
        reverse("other_duties:give", args=[mill_house.slug]),
        {"to": amina.pk, "kind": "task", "what": "Order a kettle", "why": "It leaks.",
         "due_on": "2026-04-20"},
    )  # fmt: skip
    assert asked.status_code == 302
    found = OtherDuty.objects.get()

    client.force_login(amina)
    today = client.get(reverse("today:today")).text
    assert "Order a kettle" in today
    assert reverse("other_duties:answer", args=[found.pk]) in today

    client.post(
        reverse("other_duties:answer", args=[found.pk]),
        {"on": "2026-04-20", "words": "It comes on Thursday."},
    )
    assert the_duty(found).state == State.MET
    client.force_login(grace)
    assert "It comes on Thursday." in client.get(reverse("other_duties:one", args=[found.pk])).text


@pytest.mark.req("S0-96")
def test_it_is_one_duty_that_says_what_and_whose_and_comes_out_the_same_again(kettle, amina, grace):
    duty = the_duty(kettle)
    assert (duty.says, duty.owed_by, duty.due_on) == ("Order a kettle", amina, FRIDAY)
    assert (duty.opens_on, duty.told) == (TODAY, grace)
    assert door_of(duty, by=amina).says == "Say how it went"

    before = Duty.objects.order_by("subject_id", "key", "period_from").values(
        "subject_id", "key", "period_from", "due_on", "says", "owed_by", "told", "state"
    )
    was = list(before)
    rebuild()
    assert list(before.all()) == was


@pytest.mark.req("S0-96")
def test_it_is_counted_beside_her_people_and_overdue_is_said(
    client, kettle, mill_house, amina, grace
):
    with clock.standing_at(clock.now() + timedelta(days=7)):
        work_out(mill_house, by=grace)
        counted = asked_of(mill_house, [amina.pk])[amina.pk]
        assert counted.says == "1 other duty, 1 overdue"
        client.force_login(grace)
        shown = client.get(reverse("allocations:key-workers", args=[mill_house.slug])).text
        assert "1 other duty, 1 overdue" in shown
        passed_up = client.get(reverse("today:today"), {"whose": "passed-up"}).text
        assert "Order a kettle" in passed_up


@pytest.mark.req("S0-96")
def test_while_amina_is_ill_it_falls_to_somebody_else_who_may_say_it_is_done(kettle, amina, grace):
    report_sick(kettle.scheme, by=grace, worker=amina, from_on=TODAY)
    duty = the_duty(kettle)
    assert (duty.owed_by, duty.instead_of) == (grace, amina)

    answer_other_duty(kettle, by=grace, on=TODAY, words="I ordered it.")
    assert the_duty(kettle).state == State.MET


@pytest.mark.req("S4-114")
def test_training_that_was_missed_is_owed_until_it_is_attended(mill_house, grace, amina, sal):
    course = give_other_duty(
        mill_house, by=grace, to=sal, what="First aid, refresher", why="It runs out in May.",
        due_on=TODAY, kind=Kind.TRAINING,
    )  # fmt: skip
    answer_other_duty(course, by=sal, on=TODAY, words="Ill.", outcome=Outcome.NOT_ATTENDED)
    assert the_duty(course).state == State.OPEN
    with pytest.raises(Refused, match="no answer to this"):
        answer_other_duty(course, by=sal, on=TODAY, words="Done.")

    answer_other_duty(course, by=sal, on=TODAY, words="Went later.", outcome=Outcome.ATTENDED)
    assert the_duty(course).met_on == TODAY
    assert course.answers.get(outcome=Outcome.ATTENDED).said_by == sal


@pytest.mark.req("S0-96")
def test_it_is_given_to_somebody_else_with_a_reason_and_stays_readable(
    kettle, client, grace, sal, amina
):
    change = reverse("other_duties:change", args=[kettle.pk])
    client.force_login(grace)
    said = {"to": sal.pk, "what": "Order two kettles", "why": "It leaks.", "due_on": "2026-04-21"}
    silent = client.post(change, said)
    assert silent.status_code == 422
    assert "Order two kettles" in silent.text

    client.post(change, {**said, "because": "Amina is full."})
    duty = the_duty(kettle)
    assert (duty.owed_by, duty.due_on, duty.says) == (sal, TUESDAY, "Order two kettles")
    page = client.get(reverse("other_duties:one", args=[kettle.pk])).text
    assert "Amina is full." in page
    assert "Order a kettle" in page
    assert list(kettle.askings.values_list("number", flat=True)) == [2, 1]
    client.force_login(amina)
    assert client.get(reverse("other_duties:one", args=[kettle.pk])).status_code == 404


def test_what_is_taken_back_is_owed_no_longer_and_what_was_not_done_is_owed_again(
    kettle, grace, amina
):
    answer_other_duty(kettle, by=amina, on=TODAY, words="Ordered.")
    with pytest.raises(Refused, match="done already"):
        answer_other_duty(kettle, by=amina, on=TODAY, words="Ordered again.")
    with pytest.raises(Refused, match="done already"):
        take_back_other_duty(kettle, by=grace, because="Enough.")
    reopen_other_duty(kettle, by=grace, because="The shop lost it.")
    assert the_duty(kettle).state == State.OPEN

    take_back_other_duty(kettle, by=grace, because="One was given to us.")
    assert the_duty(kettle).state == State.VOID
    with pytest.raises(Refused, match="taken back"):
        answer_other_duty(kettle, by=amina, on=TODAY, words="Ordered.")


@pytest.mark.req("S0-96")
def test_who_may_ask_and_who_can_be_asked(mill_house, grace, amina, owen, sal):
    asked: dict[str, Any] = {"what": "Sweep", "why": "Leaves.", "due_on": FRIDAY}
    with pytest.raises(NotPermitted):
        give_other_duty(mill_house, by=amina, to=sal, **asked)
    with pytest.raises(Refused, match="does not work here"):
        give_other_duty(mill_house, by=grace, to=owen, **asked)
    with pytest.raises(Refused, match="is past"):
        give_other_duty(mill_house, by=grace, to=sal, what="Sweep", why="Leaves.",
                        due_on=date(2026, 4, 19))  # fmt: skip
    Membership.objects.filter(staff=sal).update(until_on=date(2026, 4, 1))
    with pytest.raises(Refused, match="does not work here"):
        give_other_duty(mill_house, by=grace, to=sal, **asked)


def test_only_whoever_was_asked_says_that_it_is_done_and_not_for_a_day_to_come(kettle, sal, amina):
    with pytest.raises(NotPermitted, match="Amina"):
        answer_other_duty(kettle, by=sal, on=TODAY, words="I did it.")
    with pytest.raises(Refused, match="still to come"):
        answer_other_duty(kettle, by=amina, on=TUESDAY, words="Tomorrow.")
    with pytest.raises(Refused, match="asked for on"):
        answer_other_duty(kettle, by=amina, on=date(2026, 4, 1), words="Long ago.")


@pytest.mark.req("S0-96")
def test_about_somebody_it_stands_on_their_timeline_and_only_for_who_reads_the_file(
    mill_house, tomasz, grace, amina
):
    asked: dict[str, Any] = {"what": "Fetch his parcel", "why": "It is heavy.", "stay": tomasz}
    asked["due_on"] = FRIDAY
    pam = a_member_of_staff(mill_house, "Pam Cook", "kitchen")
    with pytest.raises(Refused, match="may not open the file"):
        give_other_duty(mill_house, by=grace, to=pam, **asked)
    found = give_other_duty(mill_house, by=grace, to=amina, **asked)

    assert the_duty(found).stay == tomasz
    answer_other_duty(found, by=amina, on=TODAY, words="It is in his room.")
    titles = list(Moment.objects.filter(stay=tomasz).values_list("title", flat=True))
    assert any("Fetch his parcel" in one and one.startswith("Asked") for one in titles)
    assert "Done: Fetch his parcel" in titles


def test_owen_finds_none_of_it(kettle, client, owen):
    client.force_login(owen)
    for name in ("one", "answer", "change", "take-back", "reopen"):
        assert client.get(reverse(f"other_duties:{name}", args=[kettle.pk])).status_code == 404


def test_the_database_refuses_what_cannot_be(kettle, grace, amina):
    asking = {"other_duty": kettle, "to": amina, "written_by": grace, "due_on": FRIDAY}
    now = datetime(2026, 4, 20, 12, tzinfo=clock.now().tzinfo)
    answer = {"other_duty": kettle, "on": TODAY, "said_by": amina}
    answer_other_duty(kettle, by=amina, on=TODAY, words="Ordered.")
    broken = [
        OtherDuty(scheme=kettle.scheme, asked_by=grace, asked_on=TODAY, kind="wish"),
        OtherDuty(scheme=kettle.scheme, asked_by=grace, asked_on=TODAY, taken_back_at=now),
        Asking(**asking, number=2, what="Twice", why="Now", because="Both count"),
        Asking(**asking, number=1, what="Again", why="First", replaced_at=now),
        Asking(**asking, number=2, what="", why="", because="Empty", replaced_at=now),
        Asking(**asking, number=2, what="No reason", why="So", replaced_at=now),
        Answer(**answer, outcome="done", words="Twice."),
        Answer(**answer, outcome="not_attended", words=""),
        Answer(**answer, outcome="not_attended", words="Ill.", withdrawn_at=now),
    ]
    for record in broken:
        with pytest.raises(IntegrityError), transaction.atomic():
            record.save(force_insert=True)


@pytest.mark.req("S0-96")
def test_a_leader_looks_at_one_colleagues_alone_and_at_what_is_overdue(client, cast, sal, kettle):
    mill_house, grace, amina = cast.mill_house, cast.grace, cast.amina
    give_other_duty(mill_house, by=grace, to=sal, what="Test the alarm", why="So.", due_on=TODAY)
    client.force_login(grace)
    page = reverse("other_duties:here", args=[mill_house.slug])
    hers = client.get(page, {"whose": "all", "who": str(amina.pk)})
    assert "Order a kettle" in hers.text
    assert "Test the alarm" not in hers.text
    assert "Shown: what Amina Yusuf owes" in hers.text
    assert len(client.get(page, {"whose": "all", "who": "nonsense"}).context["askings"]) == 2

    with clock.standing_at(clock.now() + timedelta(days=1)):
        late = here(grace, mill_house, whose="all", settled=False, narrowed=Narrowed(late=True))
        assert [one.what for one in late] == ["Test the alarm"]
        counted = shown_of(grace, mill_house, [amina.pk, sal.pk])
        assert (counted[sal.pk].open, counted[sal.pk].overdue) == (1, 1)
        assert (counted[amina.pk].open, counted[amina.pk].overdue) == (1, 0)
        assert shown_of(amina, mill_house, [amina.pk, sal.pk]) == {}
    client.force_login(amina)  # who gives none looks at no colleague's
    assert "Test the alarm" not in client.get(page, {"whose": "all", "who": str(sal.pk)}).text


@pytest.mark.req("S0-96")
def test_what_was_done_in_a_time_is_listed_for_that_time(mill_house, grace, amina, kettle):
    answer_other_duty(kettle, by=amina, on=TODAY, words="It comes on Thursday.")

    def settled(narrowed: Narrowed) -> list[str]:
        found = here(grace, mill_house, whose="all", settled=True, narrowed=narrowed)
        return [one.what for one in found]

    assert settled(Narrowed(done=(TODAY, TODAY))) == ["Order a kettle"]
    assert not settled(Narrowed(done=(TUESDAY, FRIDAY)))
    assert settled(Narrowed(who=amina)) == ["Order a kettle"]
    assert not settled(Narrowed(who=grace))
