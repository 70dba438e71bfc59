"""What an absent worker owes goes to others in the same moment, and comes back by itself."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from alongside.absence.models import Cover
from alongside.absence.operations import accept_cover, ask_for_cover, come_back, report_sick
from alongside.audit.actors import System
from alongside.duties.models import Duty
from alongside.duties.operations import work_out

LONDON = ZoneInfo("Europe/London")


def owed_by(stay):
    duty = Duty.objects.get(stay=stay, key="weekly-session", period_from=date(2026, 4, 20))
    return (duty.owed_by.name if duty.owed_by else "", duty.owed_how)


@pytest.mark.req("S1-20", "S1-17")
def test_sickness_routes_what_is_owed_to_the_line_manager_and_cover_takes_it_on(
    held, mill_house, amina, grace, ruth
):
    assert owed_by(held)[0] == "Amina Yusuf"

    sick = report_sick(mill_house, by=grace, worker=amina)
    assert owed_by(held) == ("Grace Okafor", "line")

    ask_for_cover(sick, by=grace, to_worker=ruth, stays=[held], until_on=date(2026, 4, 22))
    accept_cover(Cover.objects.select_related(*Cover.LOCK_WITH).get(), by=ruth)
    assert owed_by(held) == ("Ruth Abara", "cover")


@pytest.mark.req("S1-20")
def test_cover_ends_without_anybody_acting_and_the_worker_has_it_back_when_they_return(
    held, mill_house, amina, grace, ruth
):
    sick = report_sick(mill_house, by=grace, worker=amina)
    ask_for_cover(sick, by=grace, to_worker=ruth, stays=[held], until_on=date(2026, 4, 21))
    accept_cover(Cover.objects.select_related(*Cover.LOCK_WITH).get(), by=ruth)

    with time_machine.travel(datetime(2026, 4, 22, 9, tzinfo=LONDON), tick=False):
        work_out(mill_house, by=System("a new day"))
        assert owed_by(held) == ("Grace Okafor", "line")
        come_back(sick, by=amina, back_on=date(2026, 4, 22))
        assert owed_by(held)[0] == "Amina Yusuf"
