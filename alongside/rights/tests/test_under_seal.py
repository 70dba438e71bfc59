"""Details that few may read: taken from where they stood, and encrypted where they lie."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.urls import reverse

from alongside.audit.models import Payload
from alongside.exports.operations import content_of, take_out
from alongside.health.operations import register_with
from alongside.kit.refusal import NotPermitted, Refused
from alongside.kit.sealed import MARK, NotOpened, fingerprint
from alongside.moments.recalculation import rebuild
from alongside.residents.operations import add_contact, amend_resident
from alongside.rights.models import SEALS, Sealed
from alongside.rights.operations import put_under_seal, seal, unseal
from alongside.rights.parts import parts_of
from alongside.stays.models import Stay
from alongside.testing.cast import a_member_of_staff
from tests.house.doors import doors
from tests.house.test_doors import NOT_TRIED, OPEN_TO_STRANGERS

TOKEN = "qzseal"
KIN = f"{TOKEN}kin her aunt, 14 Larch Close"
CLINIC = f"{TOKEN}clinic"
SISTER = f"{TOKEN.title()}sister Zielinska"
BOOKED = date(2026, 4, 1)


def again(stay: Stay) -> Stay:
    return Stay.objects.select_related(*Stay.LOCK_WITH).get(pk=stay.pk)


@pytest.fixture
def known(cast: Any) -> Any:
    """Tomasz with a next of kin, a doctor, somebody to call, and a clinic he goes to."""
    amend_resident(
        cast.mill_house, by=cast.grace, resident=cast.tomasz.resident, next_of_kin=KIN,
        doctor=f"{TOKEN}doctor", phone=f"{TOKEN}phone",
    )  # fmt: skip
    add_contact(
        cast.mill_house, by=cast.grace, resident=cast.tomasz.resident, name=SISTER,
        relation="Sister", phone=f"{TOKEN}number", wishes=f"{TOKEN}wish",
    )  # fmt: skip
    register_with(
        cast.tomasz, by=cast.grace, kind="gp", name=CLINIC, registered_on=BOOKED,
        phone=f"{TOKEN}clinicphone",
    )  # fmt: skip
    return cast


def put_all(cast: Any) -> int:
    """Everything under seal, each of the kinds in its turn."""
    kinds, done = list(SEALS), 0
    while parts := parts_of(again(cast.tomasz)):
        kind = kinds[done % len(kinds)]
        put_under_seal(again(cast.tomasz), by=cast.grace, part=parts[0].key, kind=kind)
        done += 1
    return done


def pages(cast: Any) -> list[str]:
    """Every address about him alone, and the lists and searches where he could be found."""
    own = [
        door.to({"stay_id": cast.tomasz.pk}) for door in doors()
        if door.wants == ["stay_id"] and door.name not in {*NOT_TRIED, *OPEN_TO_STRANGERS}
    ]  # fmt: skip
    house = [
        door.to({"scheme": "mill-house"})
        for door in doors()
        if door.wants == ["scheme"] and door.name not in {*NOT_TRIED, *OPEN_TO_STRANGERS}
    ]
    found = [
        f"{reverse('casefile:search')}?q={word}" for word in (TOKEN[:-1], "Larch", "Zielinska")
    ]
    return [
        *own,
        *house,
        *found,
        f"{reverse('casefile:residents', args=['mill-house'])}?q={TOKEN[:-1]}",
    ]


@pytest.mark.goal("G4")
@pytest.mark.req("S0-62")
@pytest.mark.slow
def test_whoever_has_no_right_to_what_is_sealed_finds_it_on_no_page_search_or_file(
    client: Any, known: Any, tally: Any
):
    assert put_all(known) == 5
    rebuild()
    worker = a_member_of_staff(known.mill_house, "Mo Iqbal", "support_worker", known.grace)
    assert not any(worker.may(action, known.tomasz) for action in SEALS.values())
    client.force_login(worker)
    client.raise_request_exception = False
    tried, found = 0, []
    for page in pages(known):
        for ask in (client.get, client.post):
            answer = ask(page)
            tried += 1
            if (
                TOKEN
                in (answer.getvalue().decode("utf-8", "replace") + str(answer.headers)).lower()
            ):
                found.append(page)
    assert found == []
    assert tried > 150
    tally(tried, of=tried)


@pytest.mark.goal("G4")
def test_it_is_in_no_export_journal_or_table_in_the_clear(known: Any, tally: Any):
    made = put_all(known)
    for kind in ("csv", "xlsx"):
        out = take_out(
            known.mill_house, by=known.grace, what="people", asked="", columns=["name", "bed"],
            kind=kind, purpose="planning", words="Us.",
        )  # fmt: skip
        assert TOKEN.encode() not in content_of(out, known.grace).data.lower()
    assert not [one for one in Payload.objects.all() if TOKEN in str(one.values).lower()]
    wrong = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            wrong += [table for row in cursor.fetchall() if TOKEN in str(row).lower()]
    assert wrong == []
    assert Sealed.objects.count() == made == 5
    tally(made, of=5)


def test_grace_reads_what_was_put_under_seal_and_finds_it_from_the_details(client, known):
    client.force_login(known.grace)
    page = reverse("rights:put-under-seal", args=[known.tomasz.pk])
    assert "Next of kin" in client.get(page).text
    assert client.post(page, {"part": "next_of_kin"}).status_code == 422
    client.post(page, {"part": "next_of_kin", "kind": "address"})
    one = Sealed.objects.get()
    details = client.get(reverse("casefile:details", args=[known.tomasz.pk])).text
    assert KIN not in details
    assert "1 more under seal" in details
    assert KIN in client.post(reverse("rights:unseal", args=[one.pk]), {}).text
    with pytest.raises(Refused, match="not in the file any more"):
        put_under_seal(again(known.tomasz), by=known.grace, part="next_of_kin", kind="address")
    with pytest.raises(Refused, match="no such kind"):
        put_under_seal(again(known.tomasz), by=known.grace, part="doctor", kind="gossip")


def test_owen_finds_no_such_page_and_a_support_worker_puts_nothing_under_seal(client, known):
    page = reverse("rights:put-under-seal", args=[known.tomasz.pk])
    client.force_login(known.owen)
    assert (client.get(page).status_code, client.post(page).status_code) == (404, 404)
    mo = a_member_of_staff(known.mill_house, "Mo Iqbal", "support_worker", known.grace)
    client.force_login(mo)
    assert client.get(page).status_code == 403
    with pytest.raises(NotPermitted):
        put_under_seal(known.tomasz, by=mo, part="doctor", kind="health")


def test_what_is_sealed_lies_encrypted_and_opens_only_with_its_key(cast, settings):
    one = seal(cast.tomasz, by=cast.grace, kind="address", title="Where", words=KIN)
    with connection.cursor() as cursor:
        cursor.execute("SELECT title, words FROM rights_sealed")
        title, words = cursor.fetchone()
    assert title.startswith(MARK)
    assert KIN not in words
    assert unseal(one, by=cast.grace).words == KIN
    settings.SEAL_KEYS = ["another"]
    with pytest.raises(NotOpened, match="ALONGSIDE_SEAL_KEYS"):
        Sealed.objects.get(pk=one.pk)


def test_a_changed_letter_and_a_text_put_into_another_field_do_not_open(cast):
    one = seal(cast.tomasz, by=cast.grace, kind="address", title="Where", words=KIN)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE rights_sealed SET words = title")
    with pytest.raises(NotOpened, match="changed"):
        Sealed.objects.get(pk=one.pk)


def test_keys_are_changed_one_after_the_other(cast, settings, capsys):
    one = seal(cast.tomasz, by=cast.grace, kind="address", title="Where", words=KIN)
    old = settings.SEAL_KEYS[0]
    settings.SEAL_KEYS = ["a new one", old]
    assert Sealed.objects.get(pk=one.pk).words == KIN
    call_command("seal", "renew")
    settings.SEAL_KEYS = ["a new one"]
    assert Sealed.objects.get(pk=one.pk).words == KIN
    call_command("seal", "key")
    said = capsys.readouterr().out
    assert f"1 records are sealed with the key {fingerprint('a new one')}." in said
    assert said.strip().endswith("a new one")


@pytest.mark.goal("G4")
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_no_raw_file_of_the_database_holds_a_word_of_it():
    """Not the table, nor what is left of it in the log or the index of words."""
    from alongside.testing.cast import assemble

    if connection.vendor != "sqlite":
        pytest.skip("the files of PostgreSQL are its own")
    cast = assemble()
    with transaction.atomic():
        seal(cast.tomasz, by=cast.grace, kind="address", title="Where", words=KIN)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    name = Path(str(connection.settings_dict["NAME"]))
    for file in name.parent.glob(f"{name.name}*"):
        found = subprocess.run(["grep", "-c", TOKEN, str(file)], capture_output=True, check=False)  # noqa: S603, S607
        assert found.stdout.strip() in {b"0", b""}, file


def test_where_nothing_stands_in_the_open_the_page_says_so(client, cast):
    client.force_login(cast.grace)
    page = reverse("rights:put-under-seal", args=[cast.tomasz.pk])

    assert "Nothing stands in the open" in client.get(page).text
    assert client.post(page, {"part": "phone", "kind": "address"}).status_code == 422
