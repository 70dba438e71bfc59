"""Agencies are told something under an agreement that stands, or on a lawful ground."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.audit.models import Entry
from alongside.kit.refusal import NotPermitted, Refused
from alongside.moments.models import Moment
from alongside.sharing.models import Consent, Disclosure
from alongside.sharing.operations import record_consent, share, withdraw_consent
from alongside.stays.models import Stay
from alongside.testing.builders import a_stay

TODAY = date(2026, 4, 20)
TOLD = {
    "agency": "Citizens Advice", "purpose": "benefits", "scope": ["money"],
    "what": "Which benefits he has.", "how": "call", "told_on": TODAY,
}  # fmt: skip


def an_agreement(stay: Stay, by: Any, **differs: Any) -> Consent:
    agreed: dict[str, Any] = {
        "agency": "Citizens Advice", "purpose": "benefits", "scope": ["money", "contact"],
        "given_by": "self", "capacity": "can", "how": "spoken", "given_on": date(2026, 4, 1),
    }  # fmt: skip
    return record_consent(stay, by=by, **{**agreed, **differs})


def tell(stay: Stay, by: Any, **differs: Any) -> Disclosure:
    return share(stay, by=by, **{**TOLD, **differs})


@pytest.mark.req("S0-77")
def test_an_agency_named_in_an_agreement_is_told_under_it(tomasz, amina):
    agreed = an_agreement(tomasz, amina)

    assert tell(tomasz, amina, agency="citizens  advice").consent == agreed


@pytest.mark.req("S0-77", "S4-81")
@pytest.mark.parametrize(
    "differs",
    [
        {"agency": "Shelter"},
        {"purpose": "health"},
        {"scope": ["money", "health"]},
        {"told_on": date(2026, 3, 31)},
    ],
    ids=["another agency", "another purpose", "more than agreed", "before it was given"],
)
def test_what_the_agreement_does_not_cover_is_stopped(tomasz, amina, differs):
    an_agreement(tomasz, amina)

    with pytest.raises(Refused, match="Tomasz has not agreed"):
        tell(tomasz, amina, **differs)
    assert not Disclosure.objects.exists()


@pytest.mark.req("S4-81")
def test_what_was_taken_back_or_has_run_out_covers_nothing(tomasz, amina):
    agreed = an_agreement(tomasz, amina)
    told = tell(tomasz, amina, told_on=date(2026, 4, 10))
    withdraw_consent(agreed, by=amina, withdrawn_on=TODAY, withdrawn_words="I have changed my mind")
    an_agreement(tomasz, amina, given_on=date(2026, 3, 1), until_on=date(2026, 4, 19))

    with pytest.raises(Refused, match="or no longer"):
        tell(tomasz, amina)
    told.refresh_from_db()
    assert told.consent == agreed
    with pytest.raises(Refused, match="was withdrawn"):
        withdraw_consent(agreed, by=amina, withdrawn_on=TODAY)


@pytest.mark.req("S0-77")
def test_without_agreement_it_needs_a_ground_why_and_what_they_wished(tomasz, amina):
    ground: dict[str, Any] = {"ground": "safeguarding"}
    with pytest.raises(Refused, match="is a decision"):
        tell(tomasz, amina, **ground)
    with pytest.raises(Refused, match="Nothing says what Tomasz wished"):
        tell(tomasz, amina, **ground, ground_words="A child may be hurt.")
    with pytest.raises(Refused, match="not on the list"):
        tell(tomasz, amina, ground="because", ground_words="x", wish_words="y")

    told = tell(
        tomasz, amina, **ground, ground_words="A child may be hurt.",
        wish_words="He did not want it told. The child comes first.",
    )  # fmt: skip

    assert told.consent is None
    assert told.ground_says == "Safeguarding a child or an adult at risk"


@pytest.mark.req("S4-81")
def test_capacity_in_doubt_and_somebody_elses_yes_are_explained(tomasz, amina):
    with pytest.raises(Refused, match="Capacity to decide this is in doubt"):
        an_agreement(tomasz, amina, capacity="in_doubt")
    with pytest.raises(Refused, match="Say who"):
        an_agreement(tomasz, amina, given_by="attorney")
    with pytest.raises(Refused, match="Nothing is chosen"):
        an_agreement(tomasz, amina, scope=[])
    with pytest.raises(Refused, match="not come yet"):
        an_agreement(tomasz, amina, given_on=date(2026, 4, 21))


def test_an_agreement_lasts_as_long_as_the_practice_says_and_no_longer(tomasz, amina):
    assert an_agreement(tomasz, amina).until_on == date(2027, 4, 1)
    with pytest.raises(Refused, match="asked for anew after 1 April 2027"):
        an_agreement(tomasz, amina, until_on=date(2028, 1, 1))


def test_somebody_elses_agreement_covers_nothing(tomasz, amina, grace, beds):
    rosa = a_stay(beds[1], by=grace)
    an_agreement(rosa, amina)

    with pytest.raises(Refused):
        tell(tomasz, amina)


@pytest.mark.req("S0-62")
def test_agreeing_taking_back_and_telling_are_in_the_journal_and_on_the_timeline(tomasz, amina):
    agreed = an_agreement(tomasz, amina)
    tell(tomasz, amina)
    withdraw_consent(agreed, by=amina, withdrawn_on=TODAY)

    events = set(Entry.objects.values_list("event", flat=True))
    assert events >= {"consent.given", "information.shared", "consent.withdrawn"}
    titles = set(Moment.objects.filter(kind="sharing").values_list("title", flat=True))
    assert "Citizens Advice was told something, with agreement" in titles
    assert len(titles) == 3
    payload = Entry.objects.get(event="information.shared").payload.values
    assert payload["what"] == "(private)"


def test_on_the_pages_it_is_agreed_told_refused_and_taken_back(client, tomasz, amina):
    client.force_login(amina)
    here = reverse("sharing:sharing", args=[tomasz.pk])
    tell_at = reverse("sharing:share", args=[tomasz.pk])
    told = {**TOLD, "told_on": "2026-04-20"}
    refused = client.post(tell_at, told)
    assert refused.status_code == 422
    assert "Which benefits he has." in refused.content.decode()

    agreed = client.post(
        reverse("sharing:consent", args=[tomasz.pk]),
        {"agency": "Citizens Advice", "purpose": "benefits", "scope": ["money"],
         "given_by": "self", "capacity": "can", "how": "signed", "given_on": "2026-04-20"},
    )  # fmt: skip
    assert agreed.status_code == 302
    assert client.post(tell_at, told).status_code == 302
    client.post(
        reverse("sharing:withdraw", args=[Consent.objects.get().pk]),
        {"withdrawn_on": "2026-04-20", "withdrawn_words": "No more"},
    )
    shown = client.get(here).content.decode()
    assert "Taken back" in shown
    assert "Which benefits he has." in shown


def test_owen_finds_nothing_and_may_write_nothing(client, tomasz, amina, owen):
    agreed = an_agreement(tomasz, amina)
    client.force_login(owen)
    for name, key in (("sharing", tomasz.pk), ("share", tomasz.pk), ("withdraw", agreed.pk)):
        assert client.get(reverse(f"sharing:{name}", args=[key])).status_code == 404
    with pytest.raises(NotPermitted):
        tell(tomasz, owen)


@pytest.mark.parametrize(
    "broken",
    [
        {"until_on": date(2026, 3, 1)},
        {"withdrawn_on": TODAY},
        {"withdrawn_on": date(2026, 3, 1), "withdrawn_by": "amina"},
        {"agency": ""},
    ],
)
def test_the_database_refuses_half_an_agreement(tomasz, amina, broken):
    agreed = an_agreement(tomasz, amina)
    if "withdrawn_by" in broken:
        broken = {**broken, "withdrawn_by": amina}
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.filter(pk=agreed.pk).update(**broken)


@pytest.mark.parametrize("broken", [{"consent": None}, {"ground": "vital"}, {"what": ""}])
def test_the_database_refuses_a_disclosure_without_agreement_or_ground(tomasz, amina, broken):
    an_agreement(tomasz, amina)
    told = tell(tomasz, amina)
    with pytest.raises(IntegrityError), transaction.atomic():
        Disclosure.objects.filter(pk=told.pk).update(**broken)


def test_an_agreement_that_ends_before_it_begins_is_refused_beside_its_last_day(tomasz, amina):
    with pytest.raises(Refused, match="before it was given") as refused:
        an_agreement(tomasz, amina, until_on=date(2026, 3, 1))
    assert refused.value.field == "until_on"


def test_nobody_takes_back_what_they_had_not_agreed_to_yet(tomasz, amina):
    agreed = an_agreement(tomasz, amina)

    with pytest.raises(Refused, match="agreed on 1 April 2026 only") as refused:
        withdraw_consent(agreed, by=amina, withdrawn_on=date(2026, 3, 1))
    assert refused.value.field == "withdrawn_on"


@pytest.mark.req("S0-77")
@pytest.mark.parametrize(
    "told_of",
    [
        (("1990-01-01", ""), "given_on", "Tomasz was born on 17 May 1990"),
        (("1995-01-01", ""), "given_on", "Tomasz has been known here since"),
        (("2026-04-20", "2026-04-19"), "until_on", "It cannot run out before it was given"),
    ],
)
def test_a_day_that_cannot_be_is_refused_beside_its_field(client, tomasz, amina, told_of):
    days, field, says = told_of
    client.force_login(amina)
    told = client.post(
        reverse("sharing:consent", args=[tomasz.pk]),
        {"agency": "Citizens Advice", "purpose": "benefits", "scope": ["money"],
         "given_by": "self", "capacity": "can", "how": "signed", "given_on": days[0],
         "until_on": days[1]},
    )  # fmt: skip
    assert told.status_code == 422
    assert list(told.context["form"].errors) == [field]
    assert says in told.context["form"].errors[field][0]
    assert "Citizens Advice" in told.text
    assert not Consent.objects.exists()


def test_it_is_not_taken_back_before_it_was_given(client, tomasz, amina):
    agreed = an_agreement(tomasz, amina)
    client.force_login(amina)
    told = client.post(
        reverse("sharing:withdraw", args=[agreed.pk]), {"withdrawn_on": "2026-03-31"}
    )
    assert told.status_code == 422
    assert "They agreed on 1 April 2026" in told.context["form"].errors["withdrawn_on"][0]


def test_one_that_was_brought_along_counts_and_one_that_had_run_out_does_not(tomasz, amina, grace):
    came = tomasz.moved_in_on
    assert an_agreement(tomasz, amina, given_on=came - timedelta(days=30))
    with pytest.raises(Refused, match="had run out"):
        an_agreement(tomasz, amina, given_on=came - timedelta(days=366))
