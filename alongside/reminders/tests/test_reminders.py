"""Everybody is reminded once a day how much is due; no letter says anything about anybody."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError
from django.urls import reverse

from alongside.absence.models import Cover
from alongside.absence.operations import accept_cover, ask_for_cover, report_sick
from alongside.allocations.operations import allocate
from alongside.audit.actors import System
from alongside.duties.models import Duty
from alongside.duties.operations import work_out
from alongside.kit.refusal import Refused
from alongside.organisation.models import Staff
from alongside.organisation.operations import give_role, open_scheme
from alongside.reminders.models import Kind, MailChoice, Reminder
from alongside.reminders.operations import choose_mail, remind
from alongside.reminders.queries import reminders_due
from alongside.reminders.sending import remind_everybody
from alongside.reminders.words import subject_of, text_of
from alongside.residents.operations import amend_resident
from alongside.team.operations import acknowledge
from alongside.team.statement import statement_of
from alongside.testing.builders import a_stay
from alongside.testing.cast import OPENED, SETTING_UP, Cast, a_member_of_staff

NIGHT = System("the reminders")
TODAY = date(2026, 4, 20)
TUESDAY = datetime(2026, 4, 21, 11, tzinfo=UTC)
CANARY = "Xanthippe Quillfeather"


@pytest.fixture(autouse=True)
def _tomasz_is_aminas(cast: Cast) -> None:
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina)
    work_out(cast.mill_house, by=SETTING_UP)


def sent_to(staff: Staff) -> list[mail.EmailMessage]:
    return [one for one in mail.outbox if one.to == [staff.email]]


def owed(staff, scheme) -> tuple[int, int]:
    """Due today and late, counted the plain way."""
    open_ = Duty.objects.outstanding(scheme.today()).filter(owed_by=staff)
    return (
        open_.filter(due_on=scheme.today()).count(),
        open_.filter(due_on__lt=scheme.today()).count(),
    )


def test_amina_is_told_how_many_things_are_due_and_late(cast: Cast) -> None:
    call_command("remind")

    due, late = owed(cast.amina, cast.mill_house)
    assert late
    (letter,) = sent_to(cast.amina)
    assert letter.body.startswith(text_of(Kind.DAILY, due=due, late=late, site="").split("\n")[0])
    assert str(late) in letter.body
    assert "Sign in to read." in letter.body


def test_running_it_again_reminds_nobody_twice(cast: Cast) -> None:
    call_command("remind")
    first = len(mail.outbox)
    call_command("remind")

    assert first
    assert len(mail.outbox) == first
    with time_machine.travel(TUESDAY, tick=False):
        call_command("remind")
    assert len(sent_to(cast.amina)) == 2


def test_two_rounds_at_the_same_moment_remind_once(cast: Cast) -> None:
    seen_by_both = reminders_due(cast.organisation)
    for due in seen_by_both:
        remind(due.staff, by=NIGHT, of=due)

    for due in seen_by_both:
        with pytest.raises(Refused, match="already"):
            remind(due.staff, by=NIGHT, of=due)


def test_no_letter_says_anything_about_anybody(cast: Cast) -> None:
    """Canaries: names, initials, what is owed, the house; in the words and in every header."""
    given, family = CANARY.split()
    a_stay(cast.beds[1], by=cast.grace, name=CANARY)
    amend_resident(
        cast.mill_house, by=cast.grace, resident=cast.tomasz.resident, known_as="Zebedee"
    )
    call_command("remind")

    said = [*Duty.objects.values_list("says", flat=True)]
    canaries = [
        given, family, "Zebedee", "Tomasz", "Nowak", "Mill House", "mill-house", "Harbour",
        "Quay Street", cast.tomasz.resident.initials, *said,
    ]  # fmt: skip
    assert mail.outbox
    for letter in mail.outbox:
        headers = {k: v for k, v in letter.message().items() if k not in {"To", "Message-ID"}}
        whole = "\n".join(
            [str(letter.subject), str(letter.body), *(str(one) for one in headers.values())]
        )
        found = [one for one in canaries if re.search(rf"\b{re.escape(one)}\b", whole, re.I)]
        assert not found
        names = [one.name for one in (cast.amina, cast.grace, cast.owen)]
        assert not [name for name in names if name.split()[0] in letter.body]


def test_a_day_on_which_nothing_is_due_brings_no_letter(cast: Cast) -> None:
    night = a_member_of_staff(cast.mill_house, "Noor Haddad", "night_worker")
    acknowledge(cast.mill_house, by=night, digest=statement_of(cast.mill_house).digest)
    call_command("remind")

    assert not sent_to(night)


def test_whoever_stands_in_is_reminded_and_not_who_is_away(cast: Cast) -> None:
    ruth = a_member_of_staff(cast.mill_house, "Ruth Abara", "key_worker", line_manager=cast.grace)
    sick = report_sick(cast.mill_house, by=cast.grace, worker=cast.amina)
    ask_for_cover(sick, by=cast.grace, to_worker=ruth, stays=[cast.tomasz])
    accept_cover(Cover.objects.get(), by=ruth)
    work_out(cast.mill_house, by=SETTING_UP)
    due, late = owed(ruth, cast.mill_house)
    call_command("remind")

    assert due + late
    assert sent_to(ruth)
    assert not [one for one in sent_to(cast.amina) if "week" not in one.subject]


def test_the_letter_waits_for_the_hour_where_they_work(cast: Cast) -> None:
    choose_mail(cast.amina, by=cast.amina, daily=True, weekly=True, unread=True, from_hour=15)
    call_command("remind")
    assert not sent_to(cast.amina)

    with time_machine.travel(datetime(2026, 4, 20, 14, 5, tzinfo=UTC), tick=False):
        call_command("remind")  # five past three in London
    assert sent_to(cast.amina)


def test_the_day_is_that_of_the_place_where_they_work(cast: Cast) -> None:
    """At eight on Monday evening in London it is Tuesday morning in Auckland."""
    auckland = open_scheme(
        cast.organisation, by=SETTING_UP, name="Te Whare", slug="te-whare",
        pack_key="aotearoa-transitional", time_zone="Pacific/Auckland",
    )  # fmt: skip
    moana = a_member_of_staff(auckland, "Moana Rangi", "team_leader")
    choose_mail(moana, by=moana, daily=True, weekly=True, unread=True, from_hour=7)
    with time_machine.travel(datetime(2026, 4, 19, 20, tzinfo=UTC), tick=False):
        remind_everybody(by=NIGHT)

    assert Reminder.objects.get(staff=moana, kind=Kind.WEEKLY).on == date(2026, 4, 20)


@pytest.mark.req("S1-14")
def test_the_day_a_rule_reminds_brings_a_letter_before_it_is_due(cast: Cast) -> None:
    new = a_stay(cast.beds[1], by=cast.grace, name="Rosa Lindqvist", moved_in_on=TODAY)
    allocate(new, by=cast.grace, worker=cast.amina)
    work_out(cast.mill_house, by=SETTING_UP)
    duty = Duty.objects.get(stay=new, key="initial-assessment")
    assert duty.remind_on == date(2026, 4, 24)  # four days after she came, three before it is due

    with time_machine.travel(datetime(2026, 4, 24, 11, tzinfo=UTC), tick=False):
        remind_everybody(by=NIGHT)

    told = Reminder.objects.get(staff=cast.amina, kind=Kind.DAILY, on=date(2026, 4, 24))
    expected = Duty.objects.filter(
        owed_by=cast.amina, state="open", remind_on=told.on, due_on__gt=told.on
    )
    assert duty in expected
    assert told.soon >= 1


def test_the_line_manager_is_told_on_the_day_it_is_passed_up(cast: Cast) -> None:
    duty = Duty.objects.filter(stay=cast.tomasz, told=cast.grace, state="open").latest("due_on")
    assert duty.escalate_on
    noon = datetime.combine(duty.escalate_on, datetime.min.time(), tzinfo=UTC).replace(hour=11)
    with time_machine.travel(noon, tick=False):
        remind_everybody(by=NIGHT)

    assert Reminder.objects.get(staff=cast.grace, kind=Kind.DAILY, on=noon.date()).passed_up >= 1


def test_a_rule_may_remind_several_times(cast: Cast, monkeypatch) -> None:
    from dataclasses import replace

    from alongside.kit.durations import Duration
    from alongside.practice.keyed import Keyed

    new = a_stay(cast.beds[1], by=cast.grace, name="Rosa Lindqvist", moved_in_on=TODAY)
    allocate(new, by=cast.grace, worker=cast.amina)
    work_out(cast.mill_house, by=SETTING_UP)
    now = cast.mill_house.pack
    rules = dict(now.duties.pairs())
    twice = (Duration.parse("P4D"), Duration.parse("P6D"))
    rules["initial-assessment"] = replace(rules["initial-assessment"], remind=twice)
    monkeypatch.setattr(type(cast.mill_house), "pack", replace(now, duties=Keyed(rules)))
    Duty.objects.exclude(stay=new, key="initial-assessment").delete()

    days = {}
    for day in (24, 25, 26):
        with time_machine.travel(datetime(2026, 4, day, 11, tzinfo=UTC), tick=False):
            found = [one for one in reminders_due(cast.organisation) if one.staff == cast.amina]
            days[day] = sum(one.soon for one in found)

    assert days == {24: 1, 25: 0, 26: 1}


def test_who_does_not_want_them_gets_none(cast: Cast) -> None:
    choose_mail(cast.amina, by=cast.amina, daily=False, weekly=False, unread=True, from_hour=7)
    choose_mail(cast.grace, by=cast.grace, daily=False, weekly=False, unread=True, from_hour=7)
    call_command("remind")

    assert not sent_to(cast.amina)
    assert not sent_to(cast.grace)


def test_those_who_lead_are_sent_the_week_on_its_day(cast: Cast) -> None:
    choose_mail(cast.grace, by=cast.grace, daily=False, weekly=True, unread=True, from_hour=7)
    call_command("remind")
    (letter,) = sent_to(cast.grace)
    overdue = Duty.objects.overdue(cast.mill_house.today()).filter(scheme=cast.mill_house).count()

    assert overdue
    assert f"{overdue} thing" in letter.body
    assert "1 person was let down last week" in letter.body
    assert not [one for one in sent_to(cast.amina) if "week" in one.subject]
    with time_machine.travel(TUESDAY, tick=False):
        call_command("remind")
    assert len(sent_to(cast.grace)) == 1


def test_who_works_at_two_places_gets_one_letter_for_both(cast: Cast) -> None:
    give_role(
        cast.quay_street, by=SETTING_UP, staff=cast.amina, role="key_worker", from_on=OPENED,
        line_manager=cast.owen,
    )  # fmt: skip
    call_command("remind")

    assert len(sent_to(cast.amina)) == 1


def test_the_words_count_in_plain_english() -> None:
    daily, weekly = Kind.DAILY, Kind.WEEKLY

    assert text_of(daily, due=3, late=1, site="").startswith("3 things are due today, 1 is late.")
    assert text_of(daily, due=1, late=2, site="").startswith("1 thing is due today, 2 are late.")
    assert text_of(daily, due=0, late=1, site="").startswith("1 thing is late.")
    assert text_of(weekly, due=0, late=0, site="").startswith(
        "Where you lead, nothing is overdue, and nobody was let down last week."
    )
    assert "https://a.example" in text_of(daily, due=1, late=0, site="https://a.example")
    assert subject_of(daily, due=0, late=4) == "Alongside: 4 things are late"
    assert text_of(daily, due=1, late=0, soon=2, passed_up=1, site="").startswith(
        "1 thing is due today. 2 more things fall due in the coming days."
        " 1 late thing was passed up to you."
    )
    assert text_of(daily, due=0, late=0, soon=1, site="").startswith("1 thing falls due in the")
    assert subject_of(daily, due=0, late=0, soon=1) == "Alongside: 1 thing is due soon"


def test_amina_chooses_on_her_own_page(client, cast: Cast) -> None:
    client.force_login(cast.amina)
    page = reverse("reminders:my-mail")
    shown = client.get(page)
    assert shown.context["form"].initial["from_hour"] == 7
    assert not shown.context["leads"]

    answer = client.post(page, {"weekly": "on", "from_hour": "9"})

    assert answer.status_code == 302
    choice = MailChoice.objects.get(staff=cast.amina)
    assert (choice.daily, choice.from_hour) == (False, 9)


def test_an_hour_no_day_has_is_refused_beside_the_field(client, cast: Cast) -> None:
    client.force_login(cast.amina)
    answer = client.post(reverse("reminders:my-mail"), {"daily": "on", "from_hour": "24"})

    assert answer.status_code == 422
    assert answer.context["form"].errors["from_hour"]
    with pytest.raises(Refused, match="hours 0 to 23"):
        choose_mail(cast.amina, by=cast.amina, daily=True, weekly=True, unread=True, from_hour=24)


def test_nobody_chooses_for_somebody_else(cast: Cast) -> None:
    with pytest.raises(Refused, match="theirs to choose"):
        choose_mail(cast.amina, by=cast.grace, daily=False, weekly=False, unread=True, from_hour=7)


def test_what_was_sent_stands_on_ones_own_page(client, cast: Cast) -> None:
    call_command("remind")
    client.force_login(cast.amina)

    assert "sent" in client.get(reverse("reminders:my-mail")).content.decode()


def test_the_database_refuses_a_second_a_reminder_of_nothing_and_a_strange_hour(
    cast: Cast,
) -> None:
    today = date(2026, 4, 20)
    kept = Reminder(staff=cast.amina, kind=Kind.DAILY, on=today, due=1, late=0)
    kept.save(force_insert=True)
    for wrong in (
        Reminder(staff=cast.amina, kind=Kind.DAILY, on=today, due=2, late=0),
        Reminder(staff=cast.grace, kind=Kind.DAILY, on=today, due=0, late=0),
        Reminder(staff=cast.grace, kind=Kind.DAILY, on=today, due=0, late=0, soon=0, passed_up=0),
        MailChoice(staff=cast.owen, from_hour=24),
    ):
        with pytest.raises(IntegrityError):
            save_alone(wrong)


def save_alone(record) -> None:
    from django.db import transaction

    with transaction.atomic():
        record.save(force_insert=True)


def test_a_whole_organisation_is_a_few_queries(cast: Cast, django_assert_max_num_queries) -> None:
    for number in range(12):
        a_member_of_staff(cast.mill_house, f"Ruth Abara{number}", "key_worker")

    with django_assert_max_num_queries(6 + 3 * 2):  # three of them for each of two places
        assert reminders_due(cast.organisation)
