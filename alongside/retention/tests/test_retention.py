"""A file goes when its time is over, two people say so and nobody holds it; then it is nowhere."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from alongside.allocations.operations import allocate
from alongside.audit.models import Entry, Payload, Permit
from alongside.audit.verifying import verify
from alongside.keywork.operations import write_note
from alongside.kit.refusal import Refused
from alongside.retention.models import Erasure, LegalHold
from alongside.retention.operations import (
    end_hold,
    erase,
    keep_longer,
    propose_erasure,
    set_hold,
)
from alongside.retention.queries import due_for_review
from alongside.retention.tests.canaries import everything_stored, plant
from alongside.stays.models import Stay
from alongside.testing.builders import a_stay
from alongside.testing.cast import Cast, assemble
from tests.house.test_queries import IN_ONE_FILE
from tests.house.things import THINGS

LONG_AGO = {"moved_in_on": date(2015, 3, 2), "moved_out_on": date(2016, 4, 18)}


def has_left_long_ago(cast: Cast) -> Stay:
    """Tomasz left ten years ago, as far as the record says."""
    Stay.objects.filter(pk=cast.tomasz.pk).update(
        **LONG_AGO, ended_by=cast.grace, left_because="planned"
    )
    return Stay.objects.select_related(*Stay.LOCK_WITH).get(pk=cast.tomasz.pk)


def a_full_file(cast: Cast) -> None:
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina)
    for name in IN_ONE_FILE:
        THINGS[name](cast)


def test_a_file_waits_for_review_when_its_time_is_over(cast: Cast) -> None:
    assert not due_for_review(cast.mill_house)
    stay = has_left_long_ago(cast)

    assert list(due_for_review(cast.mill_house)) == [stay]
    a_stay(cast.beds[1], by=cast.grace)
    assert list(due_for_review(cast.mill_house)) == [stay]


def test_while_they_stay_or_before_its_time_nothing_is_asked_for(cast: Cast) -> None:
    with pytest.raises(Refused, match="has not begun"):
        propose_erasure(cast.tomasz, by=cast.amina)
    Stay.objects.filter(pk=cast.tomasz.pk).update(
        moved_out_on=date(2026, 4, 18), ended_by=cast.grace, left_because="planned"
    )
    with pytest.raises(Refused, match="kept until 18 April 2034"):
        propose_erasure(cast.tomasz, by=cast.amina)


@pytest.mark.goal("G39")
def test_two_people_decide(cast: Cast) -> None:
    asked = propose_erasure(has_left_long_ago(cast), by=cast.grace)

    with pytest.raises(Refused, match="You asked for this yourself"):
        erase(asked, by=cast.grace)
    with pytest.raises(IntegrityError), transaction.atomic():
        Erasure.objects.filter(pk=asked.pk).update(answered_by=cast.grace)
    with pytest.raises(IntegrityError), transaction.atomic():
        Permit.objects.create(
            erasure_id=asked.pk, asked_by_id=cast.grace.pk, approved_by_id=cast.grace.pk
        )


@pytest.mark.goal("G39")
def test_a_legal_hold_beats_every_rule(cast: Cast) -> None:
    stay = has_left_long_ago(cast)
    asked = propose_erasure(stay, by=cast.amina)
    hold = set_hold(stay, by=cast.grace, because="A claim is being made.")

    assert not due_for_review(cast.mill_house)
    with pytest.raises(Refused, match="legal hold"):
        erase(asked, by=cast.grace)
    with pytest.raises(Refused, match="legal hold"):
        propose_erasure(stay, by=cast.amina)
    with pytest.raises(Refused, match="a hold on this file already"):
        set_hold(stay, by=cast.grace, because="Another.")
    end_hold(hold, by=cast.grace, because="It was settled.")

    assert erase(asked, by=cast.grace).answer == "erase"


def test_a_file_may_be_kept_longer_with_a_reason(cast: Cast) -> None:
    asked = propose_erasure(has_left_long_ago(cast), by=cast.amina)
    with pytest.raises(Refused, match="needs a reason"):
        keep_longer(asked, by=cast.grace, answer_words=" ", look_again_on=date(2027, 4, 20))
    keep_longer(asked, by=cast.grace, answer_words="An inquiry.", look_again_on=date(2027, 4, 20))

    assert not due_for_review(cast.mill_house)
    with pytest.raises(Refused, match="decided already"):
        erase(asked, by=cast.grace)


def test_who_came_back_is_not_erased(cast: Cast) -> None:
    asked = propose_erasure(has_left_long_ago(cast), by=cast.amina)
    Stay.objects.filter(pk=cast.tomasz.pk).update(moved_out_on=None, ended_by=None, left_because="")

    with pytest.raises(Refused, match="come back since"):
        erase(asked, by=cast.grace)


@pytest.mark.goal("G39")
def test_who_was_erased_is_nowhere_and_the_journal_verifies(cast: Cast, tally) -> None:
    a_full_file(cast)
    rosa = a_stay(cast.beds[1], by=cast.grace)
    write_note(rosa, by=cast.amina, kind="informal", text="Rosa has her own note.")
    stay = has_left_long_ago(cast)
    planted = plant(stay.resident_id, "cnry")
    assert len(planted) > 100
    entries = Entry.objects.count()

    done = erase(propose_erasure(stay, by=cast.amina), by=cast.grace)

    stored = "\n".join(everything_stored())
    tally(sum(word not in stored for word in planted), of=len(planted))
    assert "Nowak" not in stored.replace(str(cast.amina), "")
    assert done.counts["stays.Stay"] == 1
    assert Entry.objects.count() == entries + 2
    assert Payload.objects.filter(erased_by=done.pk).exists()
    assert not Permit.objects.exists()
    assert not verify().faults
    assert Stay.objects.get() == rosa


@pytest.mark.goal("G39")
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    settings.DATABASES["default"]["ENGINE"].endswith("postgresql"),
    reason="what PostgreSQL leaves in its files goes with its own vacuum",
)
def test_the_files_of_the_database_hold_no_word_of_them(tmp_path, settings, tally) -> None:
    settings.VAR = tmp_path
    cast = assemble()
    a_full_file(cast)
    stay = has_left_long_ago(cast)
    planted = plant(stay.resident_id, "cnry")

    erase(propose_erasure(stay, by=cast.amina), by=cast.grace)

    name = Path(str(connection.settings_dict["NAME"]))
    held = b"".join(one.read_bytes() for one in name.parent.glob(f"{name.name}*"))
    tally(sum(word.encode() not in held for word in planted), of=len(planted))
    assert (tmp_path / "erasures.jsonl").exists()


def test_the_pages_show_what_is_due_and_what_was_decided(client, cast: Cast) -> None:
    stay = has_left_long_ago(cast)
    queue = reverse("retention:queue", args=["mill-house"])
    client.force_login(cast.amina)
    assert "Tomasz Nowak" in client.get(queue).content.decode()
    client.post(reverse("retention:propose", args=[stay.pk]), {})
    asked = Erasure.objects.get()
    assert client.get(reverse("retention:answer", args=[asked.pk])).status_code == 403

    client.force_login(cast.grace)
    refused = client.post(reverse("retention:keep", args=[asked.pk]), {"answer_words": "Wait"})
    assert refused.status_code == 422
    client.post(reverse("retention:answer", args=[asked.pk]), {})
    shown = client.get(queue).content.decode()
    assert "Erased" in shown
    assert "Tomasz" not in shown


def test_a_hold_is_set_and_ended_on_its_page(client, cast: Cast) -> None:
    client.force_login(cast.grace)
    client.post(reverse("retention:hold", args=[cast.tomasz.pk]), {"because": "A claim"})
    hold = LegalHold.objects.get()
    here = reverse("retention:keeping", args=[cast.tomasz.pk])
    assert "Legal hold" in client.get(here).content.decode()
    client.post(reverse("retention:end-hold", args=[hold.pk]), {"because": "Settled"})
    assert "Legal hold" not in client.get(here).content.decode()


def test_owen_finds_nothing(client, cast: Cast) -> None:
    asked = propose_erasure(has_left_long_ago(cast), by=cast.amina)
    client.force_login(cast.owen)
    for name, args in (("queue", ["mill-house"]), ("keeping", [cast.tomasz.pk]),
                       ("answer", [asked.pk]), ("keep", [asked.pk])):  # fmt: skip
        assert client.get(reverse(f"retention:{name}", args=args)).status_code == 404


@pytest.mark.parametrize(
    "broken", [{"because": ""}, {"ended_because": "x"}], ids=["no reason", "half an end"]
)
def test_the_database_refuses_half_a_hold(cast: Cast, broken: dict[str, Any]) -> None:
    set_hold(cast.tomasz, by=cast.grace, because="A claim")
    with pytest.raises(IntegrityError), transaction.atomic():
        LegalHold.objects.update(**broken)
