"""A request for one's own data has its day, and an agreement that runs out is asked for anew."""

from __future__ import annotations

from datetime import date

import pytest

from alongside.duties.engine import Happening
from alongside.duties.models import Duty, State
from alongside.sharing.operations import record_consent, withdraw_consent
from alongside.subject_access.facts import own_data_asked
from alongside.subject_access.operations import make_bundle, take_request
from alongside.testing.cast import Cast

TODAY = date(2026, 4, 20)
ASKED, KNOWN = date(2026, 3, 30), date(2026, 3, 31)


def owed(cast: Cast, key: str) -> list[Duty]:
    found = Duty.objects.filter(stay=cast.tomasz, key=key).exclude(state=State.VOID)
    return list(found.order_by("due_on"))


@pytest.mark.req("S4-81")
def test_from_the_day_we_knew_who_asks_there_is_a_month_and_the_last_day_of_a_short_one(cast):
    request = take_request(cast.tomasz, by=cast.grace, received_on=ASKED, identity_on=KNOWN)
    (duty,) = owed(cast, "own-data-answered")
    assert duty.due_on == request.due_on == date(2026, 4, 30)
    assert "UK GDPR Article 12(3)" in cast.mill_house.pack.duty(duty.key).source
    assert duty.state == State.OPEN
    told = own_data_asked(cast.tomasz, "", [request])
    assert [str(request.pk)] == [one.ref for one in told if isinstance(one, Happening)]

    for mention in request.mentions.all():
        mention.delete()
    make_bundle(request, by=cast.grace)
    (duty,) = owed(cast, "own-data-answered")
    assert duty.state == State.MET


def agreed(cast: Cast, given_on: date, until_on: date):
    return record_consent(
        cast.tomasz, by=cast.amina, agency="Citizens Advice", purpose="benefits", scope=["money"],
        given_by="self", capacity="can", how="spoken", given_on=given_on, until_on=until_on,
    )  # fmt: skip


@pytest.mark.req("S0-77")
def test_an_agreement_that_runs_out_is_owed_to_be_asked_for_again(cast):
    agreed(cast, date(2026, 2, 1), date(2026, 4, 25))
    (duty,) = owed(cast, "sharing-asked-again")
    assert (duty.due_on, duty.state) == (date(2026, 4, 25), State.OPEN)

    agreed(cast, TODAY, date(2027, 4, 1))
    states = {one.due_on: one.state for one in owed(cast, "sharing-asked-again")}
    assert states[date(2026, 4, 25)] == State.MET


@pytest.mark.req("S0-77")
def test_one_that_was_taken_back_before_is_not_asked_for_again(cast):
    one = agreed(cast, date(2026, 2, 1), date(2026, 6, 25))
    withdraw_consent(one, by=cast.amina, withdrawn_on=TODAY, withdrawn_words="No more.")
    assert not [one for one in owed(cast, "sharing-asked-again") if one.due_on < TODAY]
    assert not [o for o in owed(cast, "sharing-asked-again") if o.state == State.MISSED]
