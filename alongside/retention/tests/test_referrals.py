"""Who was referred and never came goes in time: two people decide, and a hold beats it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from alongside.audit.models import Entry
from alongside.audit.verifying import verify
from alongside.kit.refusal import NotPermitted, Refused
from alongside.referrals.models import Referral, State
from alongside.referrals.operations import add_referral_note
from alongside.residents.models import Resident
from alongside.retention.models import Erasure
from alongside.retention.operations import (
    end_hold,
    erase,
    hold_referral,
    keep_longer,
    propose_erasure_of_referral,
)
from alongside.retention.queries import kept_referral, referrals_due
from alongside.retention.tests.canaries import everything_stored, plant
from alongside.stays.operations import begin_stay
from alongside.testing.builders import a_referral
from alongside.testing.cast import Cast

LONG_AGO = date(2023, 4, 17)


def refused_long_ago(cast: Cast, **changed: Any) -> Referral:
    """Somebody whom the house declined three years ago, as far as the record says."""
    one = a_referral(cast.mill_house, by=cast.grace)
    said = {"state": State.DECLINED, "received_on": LONG_AGO, "state_since": LONG_AGO, **changed}
    Referral.objects.filter(pk=one.pk).update(**said)
    return Referral.objects.select_related(*Referral.LOCK_WITH).get(pk=one.pk)


@pytest.mark.req("S4-81")
def test_two_years_after_the_last_contact_it_waits_for_review(cast: Cast) -> None:
    referral = refused_long_ago(cast)
    assert kept_referral(referral).due_on == date(2025, 4, 17)
    assert "referral" in kept_referral(referral).rule.says.lower()
    assert list(referrals_due(cast.mill_house)) == [referral]

    add_referral_note(
        referral, by=cast.grace, happened_on=date(2025, 3, 3), text="They rang again."
    )
    assert kept_referral(referral).due_on == date(2027, 3, 3)
    assert not referrals_due(cast.mill_house)
    with pytest.raises(Refused, match="kept until 3 March 2027"):
        propose_erasure_of_referral(referral, by=cast.grace)


def test_while_something_is_open_or_they_live_here_no_time_runs(cast: Cast) -> None:
    waiting = refused_long_ago(cast, state=State.WAITING)
    with pytest.raises(Refused, match="has not begun"):
        propose_erasure_of_referral(waiting, by=cast.grace)
    assert not referrals_due(cast.mill_house)
    Referral.objects.filter(pk=waiting.pk).update(state=State.WITHDRAWN)
    assert referrals_due(cast.mill_house).count() == 1
    begin_stay(cast.mill_house, by=cast.grace, resident=waiting.resident, bed=cast.beds[2],
               moved_in_on=date(2026, 4, 1))  # fmt: skip
    assert not referrals_due(cast.mill_house)


@pytest.mark.req("S4-81")
def test_two_people_decide_a_hold_beats_the_rule_and_nothing_is_left(cast: Cast, tally) -> None:
    referral = refused_long_ago(cast)
    planted = plant(referral.resident_id, "cnry")
    entries = Entry.objects.count()
    asked = propose_erasure_of_referral(referral, by=cast.amina)
    with pytest.raises(Refused, match="already asked"):
        propose_erasure_of_referral(referral, by=cast.grace)
    with pytest.raises(NotPermitted):
        erase(asked, by=cast.amina)
    hold = hold_referral(referral, by=cast.grace, because="A claim is being made.")
    assert not referrals_due(cast.mill_house)
    with pytest.raises(Refused, match="legal hold"):
        erase(asked, by=cast.grace)
    with pytest.raises(Refused, match="a hold on this file already"):
        hold_referral(referral, by=cast.grace, because="Another.")
    end_hold(hold, by=cast.grace, because="It was settled.")

    done = erase(asked, by=cast.grace)
    assert done.counts["referrals.Referral"] == 1
    assert not Resident.objects.filter(pk=referral.resident_id).exists()
    stored = "\n".join(everything_stored())
    tally(sum(word not in stored for word in planted), of=len(planted))
    assert len(planted) > 10
    assert not [word for word in planted if word in stored]
    assert Entry.objects.count() == entries + 4
    assert not verify().faults


def test_who_asked_does_not_decide_and_who_came_meanwhile_stays(cast: Cast) -> None:
    referral = refused_long_ago(cast)
    asked = propose_erasure_of_referral(referral, by=cast.grace)
    with pytest.raises(Refused, match="You asked for this yourself"):
        erase(asked, by=cast.grace)
    Erasure.objects.filter(pk=asked.pk).update(asked_by=cast.amina)
    asked.refresh_from_db()
    begin_stay(cast.mill_house, by=cast.grace, resident=referral.resident, bed=cast.beds[2],
               moved_in_on=date(2026, 4, 1))  # fmt: skip
    with pytest.raises(Refused, match="come back since"):
        erase(asked, by=cast.grace)
    keep_longer(asked, by=cast.grace, answer_words="Lives here.", look_again_on=date(2027, 4, 1))


def test_on_the_pages_it_is_held_asked_for_and_erased(client, cast: Cast) -> None:
    referral = refused_long_ago(cast)
    name = referral.resident.name
    listed = reverse("retention:queue", args=["mill-house"]) + "?show=referrals"
    here = reverse("retention:referral-keeping", args=[referral.pk])
    client.force_login(cast.grace)
    assert name in client.get(listed).content.decode()
    hold = reverse("retention:hold-referral", args=[referral.pk])
    assert client.post(hold, {"because": ""}).status_code == 422
    client.post(hold, {"because": "A claim"})
    assert "Legal hold" in client.get(here).content.decode()
    held = referral.resident.holds.get()
    ending = reverse("retention:end-hold", args=[held.pk])
    assert client.get(ending).status_code == 200
    client.post(ending, {"because": "Settled"})

    client.force_login(cast.amina)
    client.post(reverse("retention:propose-of-referral", args=[referral.pk]), {})
    asked = Erasure.objects.get()
    assert client.get(reverse("retention:hold-referral", args=[referral.pk])).status_code in {
        403,
        404,
    }
    client.force_login(cast.owen)
    for url in (here, hold, reverse("retention:propose-of-referral", args=[referral.pk])):
        assert client.get(url).status_code == 404
    client.force_login(cast.grace)
    answer = reverse("retention:answer", args=[asked.pk])
    assert name in client.get(answer).content.decode()
    client.post(answer, {})
    shown = client.get(listed).content.decode()
    assert name not in shown
    assert "Erased by Grace Okafor" in shown
