"""Somebody has everything about them, and nothing about others that was not released."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.audit.models import Entry
from alongside.keywork.operations import write_note
from alongside.kit.refusal import Refused
from alongside.residents.operations import add_contact
from alongside.retention.person import belongings
from alongside.retention.tests.canaries import plant
from alongside.subject_access import queries
from alongside.subject_access.gathering import LEFT_OUT, SECRET, as_zip, bundle
from alongside.subject_access.models import AccessRequest, Mention
from alongside.subject_access.operations import decide_mention, make_bundle, take_request
from alongside.testing.builders import a_stay
from tests.house.test_queries import IN_ONE_FILE
from tests.house.things import THINGS

TODAY = date(2026, 4, 20)


def asked(cast) -> AccessRequest:
    return take_request(cast.tomasz, by=cast.grace, received_on=TODAY, identity_on=TODAY)


def decide_all(request: AccessRequest, by, decision: str = "withhold") -> None:
    for mention in request.mentions.select_related(*Mention.LOCK_WITH):
        decide_mention(mention, by=by, decision=decision, reason="It is theirs.")


def words_of(request: AccessRequest, by) -> dict[str, Mention]:
    """What is proposed, by the words as whoever decides reads them."""
    return {
        str(one): queries.mention_for(by, one.mention.pk)
        for place in queries.places_of(request)
        for one in queries.shown(request, queries.mentions_at(request, place.where), by)
    }


def test_it_is_due_in_a_calendar_month(cast):
    assert asked(cast).due_on == date(2026, 5, 20)
    with pytest.raises(Refused, match="open already"):
        asked(cast)
    with pytest.raises(Refused, match="not come yet"):
        take_request(cast.tomasz, by=cast.grace, received_on=date(2026, 4, 21), identity_on=TODAY)


@pytest.mark.goal("G40")
def test_everything_of_theirs_is_in_and_nothing_of_others(cast, tally):
    for name in IN_ONE_FILE:
        THINGS[name](cast)
    rosa = a_stay(cast.beds[1], by=cast.grace)
    write_note(rosa, by=cast.amina, kind="informal", text="Rosa alone.")
    theirs, others = plant(cast.tomasz.resident_id, "cnry"), plant(rosa.resident_id, "othr")
    request = asked(cast)
    decide_all(request, cast.grace, "release")
    told = json.dumps(bundle(request), default=str)

    assert len(others) > 10
    assert not [word for word in others if word in told]
    shown = {
        word
        for one in belongings()
        if one.model._meta.app_label not in LEFT_OUT
        for row in one.of(cast.tomasz.resident_id).values()
        for value in row.values()
        for word in theirs
        if isinstance(value, str) and value == word
    }
    shown -= set(cast.tomasz.resident.__class__.objects.values_list("signing_pin", flat=True))
    assert len(shown) > 50
    secret = {word for word in shown if word not in told}
    tally(len(shown) - len(secret - _secrets(cast)), of=len(shown))


def _secrets(cast) -> set[str]:
    """What is left out on purpose: PINs, codes, digests, strokes, and keys only we search by."""
    return {
        value
        for one in belongings()
        for row in one.of(cast.tomasz.resident_id).values()
        for field, value in row.items()
        if isinstance(value, str) and field in SECRET
    }


@pytest.mark.goal("G40")
def test_others_are_withheld_unless_released_one_by_one(cast):
    add_contact(
        cast.mill_house, by=cast.grace, resident=cast.tomasz.resident, name="Ewa Zielinska",
        relation="Sister", phone="07700 900777",
    )  # fmt: skip
    rosa = a_stay(cast.beds[1], by=cast.grace)
    name = rosa.resident.name
    write_note(cast.tomasz, by=cast.amina, kind="informal", text=f"He argued with {name} today.")
    request = asked(cast)
    proposed = set(words_of(request, cast.grace))
    assert proposed >= {"Ewa Zielinska", "07700 900777", name}
    with pytest.raises(Refused, match="wait for a decision"):
        make_bundle(request, by=cast.grace)
    with pytest.raises(Refused, match="needs its reason"):
        decide_mention(request.mentions.all()[0], by=cast.grace, decision="release", reason=" ")

    decide_all(request, cast.grace)
    sister = words_of(request, cast.grace)["Ewa Zielinska"]
    decide_mention(sister, by=cast.grace, decision="release", reason="She agreed.")
    made = make_bundle(request, by=cast.grace)

    told = json.dumps(bundle(made), default=str)
    assert "He argued with [withheld: about somebody else] today." in told
    assert "Ewa Zielinska" in told
    assert "07700 900777" not in told
    assert Entry.objects.filter(event="access.bundle_made").count() == 1
    with pytest.raises(Refused, match="was made"):
        decide_mention(sister, by=cast.grace, decision="withhold", reason="No")


def test_the_bundle_is_a_paper_and_data(cast):
    request = asked(cast)
    decide_all(request, cast.grace)
    with zipfile.ZipFile(io.BytesIO(as_zip(make_bundle(request, by=cast.grace)))) as packed:
        assert packed.read("everything.pdf").startswith(b"%PDF")
        assert json.loads(packed.read("everything.json"))["about"] == "Tomasz Nowak"


def test_one_command_makes_the_bundle_into_a_folder_once_all_is_decided(cast, tmp_path):
    with pytest.raises(CommandError, match="has not asked"):
        call_command("subject_access", "Tomasz Nowak", to=tmp_path)
    request = asked(cast)
    with pytest.raises(CommandError, match="not made"):
        call_command("subject_access", "Tomasz Nowak", to=tmp_path)
    decide_all(request, cast.grace)
    make_bundle(request, by=cast.grace)
    said = io.StringIO()
    call_command("subject_access", "Tomasz Nowak", to=tmp_path, stdout=said)

    with zipfile.ZipFile(said.getvalue().strip()) as packed:
        assert {"everything.pdf", "everything.json"} <= set(packed.namelist())
    with pytest.raises(CommandError, match="No people of that name"):
        call_command("subject_access", "Nobody At All", to=tmp_path)


def test_on_the_pages_it_is_taken_decided_and_made(client, cast):
    add_contact(
        cast.mill_house, by=cast.grace, resident=cast.tomasz.resident, name="Ewa Zielinska",
        relation="Sister",
    )  # fmt: skip
    client.force_login(cast.grace)
    take = reverse("subject_access:take", args=[cast.tomasz.pk])
    assert client.post(take, {"received_on": "2026-04-20"}).status_code == 422
    client.post(take, {"received_on": "2026-04-20", "identity_on": "2026-04-20"})
    request = AccessRequest.objects.get()
    here = reverse("subject_access:one", args=[request.pk])
    assert "Contacts, name" in client.get(here).text
    there = reverse("subject_access:passages", args=[request.pk])
    assert "Ewa Zielinska" in client.get(f"{there}?where=residents.Contact.name").text
    assert client.get(f"{there}?where=residents.Contact.phone").status_code == 404
    assert client.post(here, {}).status_code == 422
    for mention in request.mentions.all():
        at = reverse("subject_access:decide", args=[mention.pk])
        assert client.post(at, {"decision": "withhold"}).status_code == 422
        client.post(at, {"decision": "withhold", "reason": "It is hers."})
    client.post(here, {})
    assert "Take the bundle out" in client.get(here).content.decode()


def test_the_key_worker_may_not_and_owen_finds_nothing(client, cast):
    request = asked(cast)
    here = reverse("subject_access:one", args=[request.pk])
    client.force_login(cast.owen)
    assert client.get(here).status_code == 404
    client.force_login(cast.amina)
    assert client.get(here).status_code in {403, 404}


def test_the_database_refuses_half_a_bundle_and_half_a_decision(cast):
    add_contact(
        cast.mill_house, by=cast.grace, resident=cast.tomasz.resident, name="Ewa Zielinska",
        relation="Sister",
    )  # fmt: skip
    request = asked(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        AccessRequest.objects.filter(pk=request.pk).update(digest="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        Mention.objects.filter(request=request).update(decision="release")
