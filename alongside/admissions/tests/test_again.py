"""Who did not move in after all may move in later."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from alongside.admissions.models import Admission
from alongside.admissions.operations import abandon_admission, begin_admission
from alongside.testing.builders import an_accepted_referral
from alongside.testing.cast import Cast


def test_the_referral_leads_to_the_admission_and_a_begun_one_is_gone_on_with(
    cast: Cast, client: Client
) -> None:
    rosa = an_accepted_referral(cast.mill_house, by=cast.grace)
    client.force_login(cast.grace)
    assert "Begin the admission" in client.get(f"/referrals/{rosa.pk}/").text

    begun = begin_admission(cast.mill_house, by=cast.grace, referral=rosa)

    gone_on = client.get(f"/referrals/{rosa.pk}/admit/")
    assert gone_on["Location"] == f"/admissions/{begun.pk}/"


def test_an_admission_given_up_can_be_begun_again(cast: Cast) -> None:
    rosa = an_accepted_referral(cast.mill_house, by=cast.grace)
    begun = begin_admission(cast.mill_house, by=cast.grace, referral=rosa)
    abandon_admission(begun, by=cast.grace, because="Went to her sister first.")

    again = begin_admission(cast.mill_house, by=cast.grace, referral=rosa)

    assert again.pk != begun.pk
    assert Admission.objects.filter(referral=rosa).count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        Admission.objects.filter(pk=begun.pk).update(
            abandoned_at=None,
            abandoned_by=None,
            abandoned_because="",
            resident=cast.tomasz.resident,
        )
