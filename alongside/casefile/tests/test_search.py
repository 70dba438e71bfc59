"""The search finds people who were only referred, for those who may read referrals there."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from alongside.organisation.models import Staff
from alongside.referrals.models import Referral
from alongside.referrals.operations import decide_referral, register_referral
from alongside.rights.operations import limit_file
from alongside.stays.operations import end_stay
from alongside.testing.builders import a_referral
from alongside.testing.cast import Cast, a_member_of_staff


@pytest.fixture
def found(client: Client):
    def by(staff, words: str) -> str:
        client.force_login(staff)
        answer = client.get(reverse("casefile:search"), {"q": words})
        listed = str(answer.text).partition('<div id="found">')[2]
        return " ".join(listed.partition("Words</h2>")[0].split())

    return by


@pytest.fixture
def hemi(cast: Cast) -> Referral:
    return a_referral(cast.mill_house, by=cast.grace, name="Hēmi Ngāwaka")


def test_who_was_only_referred_is_found_by_name_and_leads_to_the_referral(
    cast: Cast, found, hemi: Referral
) -> None:
    shown = found(cast.amina, "ngawaka hemi")

    assert f'href="/referrals/{hemi.pk}/">Hēmi Ngāwaka</a>' in shown
    assert "Mill House, referral of" in shown
    assert "13 Apr 2026</time>: referred</span>" in shown


def test_nobody_from_elsewhere_and_nobody_who_reads_no_files_finds_them(
    cast: Cast, found, hemi: Referral
) -> None:
    kitchen = a_member_of_staff(cast.mill_house, "Nadia Costa", "kitchen")

    assert str(hemi.pk) in found(cast.grace, "Hēmi")
    assert "Ngāwaka" not in found(cast.owen, "Hēmi")
    assert "Ngāwaka" not in found(kitchen, "Hēmi")


def test_whoever_was_declined_is_found_with_what_became_of_it(
    cast: Cast, found, hemi: Referral
) -> None:
    decide_referral(
        hemi, by=cast.grace, outcome="decline", reason="risk", decided_on=date(2026, 4, 20)
    )

    assert "declined" in found(cast.amina, "Hēmi")


def test_one_who_stayed_is_found_once_and_again_while_they_ask_to_come_back(
    cast: Cast, found
) -> None:
    assert found(cast.amina, "Nowak").count("Tomasz Nowak</a>") == 1

    back = _asks_to_come_back(cast)
    assert found(cast.amina, "Nowak").count("Tomasz Nowak</a>") == 2
    assert str(back.pk) in found(cast.amina, "Nowak")

    decide_referral(
        back, by=cast.grace, outcome="decline", reason="risk", decided_on=date(2026, 4, 20)
    )
    assert found(cast.amina, "Nowak").count("Tomasz Nowak</a>") == 1


def test_a_file_closed_to_somebody_is_not_found_by_way_of_a_referral(cast: Cast, found) -> None:
    limit_file(cast.tomasz, by=cast.grace, kind="never", staff=[cast.amina], because="Kin.")
    _asks_to_come_back(cast)

    assert "Nowak" not in found(Staff.objects.get(pk=cast.amina.pk), "Nowak")
    assert "Nowak" in found(cast.grace, "Nowak")


def _asks_to_come_back(cast: Cast) -> Referral:
    end_stay(
        cast.tomasz, by=cast.grace, moved_out_on=date(2026, 4, 20), left_because="asked_to_leave"
    )
    return register_referral(
        cast.mill_house,
        by=cast.grace,
        resident=cast.tomasz.resident,
        received_on=date(2026, 4, 20),
        consent_on=date(2026, 4, 20),
    )


def test_more_of_a_name_than_are_shown_is_said_and_asks_nothing_more(
    cast: Cast, found, client: Client, django_assert_max_num_queries
) -> None:
    for number in range(11):
        a_referral(cast.mill_house, by=cast.grace, name=f"Rosa{number} Lindqvist")

    shown = found(cast.amina, "Lindqvist")

    with django_assert_max_num_queries(12):
        client.get(reverse("casefile:search"), {"q": "Lindqvist"})
    assert shown.count("Lindqvist</a>") == 10
    assert "More people bear this name" in shown
    assert "More people" not in found(cast.amina, "Rosa10")
