"""Why a duty is owed, on the terminal and on the person's page; and the run of the night."""

from __future__ import annotations

from datetime import date, datetime
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client

from alongside.allocations.operations import allocate
from alongside.duties.models import Duty
from alongside.duties.operations import excuse
from alongside.testing.builders import a_stay
from alongside.testing.cast import Cast


def explained(*who: str) -> str:
    out = StringIO()
    call_command("practice", "explain", *who, stdout=out)
    return out.getvalue()


def test_each_duty_is_explained_with_rule_facts_arithmetic_source_owner_and_what_closes_it(
    cast: Cast,
) -> None:
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina)

    told = explained("mill-house", "Tomasz Nowak")

    part = told[told.index("Complete the first assessment") :].split("\n\n")[0]
    assert "rule    initial-assessment" in part
    assert "Admission: 2 March 2026" in part
    assert "Assessment completed: has not happened" in part
    assert "due 7 days later, on 9 March 2026" in part
    assert "source  Key Working, step 2" in part
    assert "owner   Amina Yusuf, as Action Plan Coordinator" in part
    assert "closes  Assessment completed" in part


def test_a_name_that_two_people_share_is_not_guessed(cast: Cast) -> None:
    other = a_stay(cast.beds[1], by=cast.grace, name="Tomasz Nowak")

    with pytest.raises(CommandError, match="Two or more") as refused:
        explained("mill-house", "Tomasz Nowak")
    # What may be written instead is said, also of who has no reference.
    assert str(other.pk) in str(refused.value)
    assert "Tomasz Nowak at Mill House" in explained("mill-house", str(other.pk))


def test_somebody_who_never_stayed_there_is_not_explained(cast: Cast) -> None:
    with pytest.raises(CommandError, match="Nobody"):
        explained("quay-street", "Tomasz Nowak")
    with pytest.raises(CommandError, match="no scheme"):
        explained("nowhere", "Tomasz Nowak")


def test_the_page_says_who_owes_it_what_closes_it_and_who_excused_it_why(
    cast: Cast, client: Client
) -> None:
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina)
    client.force_login(cast.grace)
    duty = Duty.objects.get(stay=cast.tomasz, key="initial-assessment")
    excuse(duty, by=cast.grace, reason="In hospital all week")

    shown = client.get(f"/stays/{cast.tomasz.pk}/duties/").text

    assert "Amina Yusuf, as Action Plan Coordinator" in shown
    assert "Assessment completed" in shown
    assert "In hospital all week" in shown
    assert "Grace Okafor" in shown


def test_the_night_works_out_every_scheme_and_a_second_run_changes_nothing(cast: Cast) -> None:
    with time_machine.travel(datetime(2026, 4, 28, 2, tzinfo=ZoneInfo("Europe/London"))):
        out = StringIO()
        call_command("duties", "work-out", stdout=out)
        first = sorted(Duty.objects.values_list("pk", "key", "period_from", "state", "owed_by"))
        call_command("duties", "work-out", stdout=StringIO())

        assert "Mill House" in out.getvalue()
        assert "Quay Street" in out.getvalue()
        assert Duty.objects.filter(key="weekly-session", period_from=date(2026, 4, 27)).exists()
        again = sorted(Duty.objects.values_list("pk", "key", "period_from", "state", "owed_by"))
        assert again == first


def test_the_night_refuses_a_scheme_that_is_not_there(cast: Cast) -> None:
    with pytest.raises(CommandError, match="no such scheme"):
        call_command("duties", "work-out", scheme="nowhere", stdout=StringIO())
