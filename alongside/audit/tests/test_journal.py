"""The chain over the journal: gapless, verified, anchored, and refused to be changed."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.audit import anchors
from alongside.audit.models import Entry, Head, LastReading, Payload, Reading
from alongside.audit.reading import Opened, tell
from alongside.audit.tests.tampering import (
    WITH_ANCHORS,
    WITHOUT_ANCHORS,
    cut_the_tail_and_tell_the_head,
    with_constraints,
    without_triggers,
    write_anew_with_the_key,
)
from alongside.audit.verifying import Fault, verify
from alongside.keywork.models import EarlierText, Note
from alongside.keywork.operations import correct_note, write_note
from alongside.kit.refusal import Refused
from alongside.organisation.models import Organisation
from alongside.organisation.operations import found_organisation
from alongside.signatures.models import Signature
from alongside.testing.cast import SETTING_UP, Cast

SEED = 20260420
AT_A_TIME = 500 if "ALONGSIDE_GOALS" in os.environ else 60  # all of them in `./run verify`


def a_note(cast: Cast, text: str = "Rang the college.") -> Note:
    return write_note(cast.tomasz, by=cast.amina, kind="informal", text=text)


@pytest.fixture
def unchecked() -> Iterator[None]:
    """As root would: triggers and checks out of the way. The test's end brings them back."""
    with_constraints(on=False)
    yield
    with_constraints(on=True)


def tell_some(cast: Cast) -> tuple[list[int], list[anchors.Anchor]]:
    """A few more entries, an anchor after each; returns the numbers of all, and the anchors."""
    known = anchors.anchors_now()
    for number in range(6):
        a_note(cast, f"Note {number}.")
        known += anchors.anchors_now()
    return list(Entry.objects.order_by("number").values_list("number", flat=True)), known


def names_it(fault: Fault, number: int, known: list[anchors.Anchor]) -> bool:
    """The very entry; or, of a chain sealed anew with its key, the first anchor that it breaks."""
    if "written anew" not in fault.why:
        return fault.number == number
    return fault.number == min(one.entries for one in known if one.entries >= number)


def test_every_entry_has_the_next_number_and_follows_from_the_one_before(cast: Cast) -> None:
    a_note(cast)
    entries = list(Entry.objects.filter(organisation_id=cast.organisation.pk).order_by("number"))

    assert [entry.number for entry in entries] == list(range(1, len(entries) + 1))
    assert [entry.previous for entry in entries[1:]] == [entry.digest for entry in entries[:-1]]
    assert Head.objects.get().number == len(entries)


def test_each_organisation_has_a_chain_of_its_own(cast: Cast) -> None:
    other = found_organisation(Organisation(name="Hill Trust", slug="hill"), by=SETTING_UP)

    assert Entry.objects.get(organisation_id=other.pk).number == 1
    assert not verify().faults


def test_an_operation_that_is_refused_leaves_no_gap(cast: Cast) -> None:
    with pytest.raises(Refused):
        a_note(cast, " ")
    a_note(cast)

    assert not verify().faults


def test_the_chain_costs_a_write_two_statements(cast: Cast) -> None:
    a_note(cast)
    with CaptureQueriesContext(connection) as counted:
        a_note(cast)

    assert sum("audit_head" in query["sql"] for query in counted) == 2


@pytest.mark.goal("G34")
@pytest.mark.parametrize("anchored", [False, True], ids=["alone", "with anchors"])
def test_every_tampering_is_found_and_the_first_bad_entry_named(
    cast: Cast, unchecked: None, tally, anchored: bool
) -> None:
    numbers, known = tell_some(cast)
    known = known if anchored else []
    ways = WITH_ANCHORS if anchored else WITHOUT_ANCHORS
    assert not verify(known).faults
    without_triggers()
    found = 0
    for case in range(AT_A_TIME):
        rnd = random.Random(f"{SEED} {case}")
        way = ways[case % len(ways)]
        with transaction.atomic():
            number = way(rnd, numbers)
            faults = [one for one in verify(known, triggers=False).faults if one.chain == "entry"]
            right = len(faults) == 1 and names_it(faults[0], number, known)
            found += right
            assert right, f"{way.__name__} at {number}, case {case}: {faults}"
            transaction.set_rollback(True)
    assert not verify(known, triggers=False).faults
    tally(found, of=AT_A_TIME)


@pytest.mark.goal("G34")
@pytest.mark.parametrize("way", [cut_the_tail_and_tell_the_head, write_anew_with_the_key])
def test_what_root_can_do_is_not_found_without_an_anchor(cast: Cast, way) -> None:
    numbers, _ = tell_some(cast)
    without_triggers()
    way(random.Random(SEED), numbers)

    assert not verify(triggers=False).faults


@pytest.mark.goal("G34")
def test_an_old_database_put_back_is_found_by_an_anchor(cast: Cast) -> None:
    a_note(cast)
    try:
        with transaction.atomic():
            later = [a_note(cast) for _ in range(3)]
            known = anchors.anchors_now()
            transaction.set_rollback(True)
    except Refused:
        pytest.fail("Writing failed.")

    fault = verify(known).faults[0]
    assert len(later) == 3
    assert "cut off" in fault.why


def some_readings(cast: Cast, many: int = 6) -> None:
    for number in range(many):
        one = Opened(
            cast.organisation.pk, cast.mill_house.pk, cast.tomasz.resident_id, f"part{number}"
        )
        tell(one, by=cast.amina)


@pytest.mark.goal("G34")
@pytest.mark.parametrize("way", ["cut", "all", "uncounted"])
def test_readings_that_are_cut_off_after_the_last_anchor_are_noticed(cast: Cast, way: str) -> None:
    some_readings(cast, 3)
    known = anchors.anchors_now()
    some_readings(cast, 6)
    assert not verify(known).faults
    without_triggers()
    found = Reading.objects.filter(organisation_id=cast.organisation.pk)
    if way == "uncounted":
        LastReading.objects.all().delete()
    else:
        found.filter(number__gte=5 if way == "cut" else 4).delete()
    faults = [one for one in verify(known, triggers=False).faults if one.chain == "reading"]
    assert len(faults) == 1
    assert faults[0].number == {"cut": 5, "all": 4, "uncounted": 6}[way]


def test_how_far_the_readings_have_come_is_neither_set_back_nor_deleted(cast: Cast) -> None:
    some_readings(cast)
    assert LastReading.objects.get().number == 6
    with pytest.raises(DatabaseError, match="is final"), transaction.atomic():
        LastReading.objects.update(number=3)
    with pytest.raises(DatabaseError, match="is final"), transaction.atomic():
        LastReading.objects.all().delete()


def test_an_anchor_that_is_not_ours_is_refused(cast: Cast, settings, tmp_path) -> None:
    settings.VAR = tmp_path
    anchor = anchors.anchors_now()[0]
    true = anchors.signed(anchor)

    assert anchors.read(true) == anchor
    with pytest.raises(anchors.FalseAnchor):
        anchors.read(true.replace(f'"entries": "{anchor.entries}"', '"entries": "1"'))
    with pytest.raises(anchors.FalseAnchor):
        anchors.read("{}")


def test_the_command_says_what_is_broken_and_where(cast: Cast, settings, tmp_path) -> None:
    settings.VAR = settings.ANCHORS = tmp_path
    said = StringIO()
    call_command("journal", "anchor", stdout=said)
    call_command("journal", "verify", stdout=said)
    assert "The journal verifies" in said.getvalue()
    assert "1 anchors" in said.getvalue()

    without_triggers()
    Entry.objects.filter(number=4).update(event="forged.event")
    with pytest.raises(CommandError, match="does not verify"):
        call_command("journal", "verify", stdout=said)
    assert "entry 4 of organisation" in said.getvalue()
    assert "no longer protects it" in said.getvalue()


def test_an_anchor_can_be_kept_by_the_mail_or_by_syslog(
    cast: Cast, mailoutbox, monkeypatch
) -> None:
    logged: list[str] = []
    monkeypatch.setattr("syslog.syslog", lambda _level, line: logged.append(line))
    call_command("journal", "anchor", email="keeper@elsewhere.example", stdout=StringIO())
    call_command("journal", "anchor", syslog=True, stdout=StringIO())

    letter = next(one for one in mailoutbox if one.to == ["keeper@elsewhere.example"])
    kept = [letter.body, logged[0].removeprefix("alongside anchor ")]
    assert not verify([anchors.read(one) for one in kept]).faults
    a_note(cast)
    assert not verify([anchors.read(one) for one in kept]).faults
    assert "Tomasz" not in "".join(kept)


def test_another_key_is_told_apart_from_tampering(cast: Cast, settings) -> None:
    settings.JOURNAL_KEY = "another"

    assert "sealed with another key" in verify().faults[0].why


def test_what_was_done_about_one_person_can_be_shown(cast: Cast) -> None:
    a_note(cast)
    said = StringIO()
    call_command("journal", "show", "Tomasz Nowak", stdout=said)

    assert "note.written" in said.getvalue()
    assert "Amina Yusuf" in said.getvalue()
    with pytest.raises(CommandError, match="Nobody here is called"):
        call_command("journal", "show", "Nobody At All", stdout=said)


WAYS = {
    "orm update": lambda model, field: model.objects.update(**{field: ""}),
    "orm save": lambda model, field: _save(model, field),
    "bulk update": lambda model, field: _bulk(model, field),
    "orm delete": lambda model, _: model.objects.all().delete(),
    "one delete": lambda model, _: model.objects.first().delete(),
    "raw update": lambda model, field: _raw(f"UPDATE {model._meta.db_table} SET \"{field}\" = 'x'"),
    "raw delete": lambda model, _: _raw(f"DELETE FROM {model._meta.db_table}"),
}


def _save(model, field: str) -> None:
    row = model.objects.first()
    setattr(row, field, "changed")
    super(model, row).save() if model is Entry else row.save()


def _bulk(model, field: str) -> None:
    row = model.objects.first()
    setattr(row, field, "changed")
    model.objects.bulk_update([row], [field])


def _raw(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.goal("G33", "G36")
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("model", "field"),
    [(Entry, "event"), (Payload, "salt"), (Reading, "what"), (Note, "text"), (EarlierText, "text"),
     (Signature, "name")],
)  # fmt: skip
def test_the_database_itself_refuses_to_change_what_is_final(
    cast: Cast, client: Client, model, field: str, way: str
) -> None:
    note = a_note(cast)
    correct_note(note, by=cast.amina, text="Rang the college twice.", because="Once more")
    client.force_login(cast.grace)
    client.get(f"/stays/{cast.tomasz.pk}/")
    if model is Signature:
        Signature.objects.create(
            stay=cast.tomasz, record_type="x", record_id=note.pk, content={"a": "b"}, digest="d",
            party="resident", name="Tomasz", method="drawn",
        )  # fmt: skip
    before = list(model.objects.order_by("pk").values())
    assert before

    with pytest.raises((DatabaseError, TypeError)), transaction.atomic():
        WAYS[way](model, field)

    assert list(model.objects.order_by("pk").values()) == before


@pytest.mark.goal("G36")
def test_a_note_is_corrected_only_with_its_earlier_words_beside_it(cast: Cast) -> None:
    note = a_note(cast)
    with pytest.raises(DatabaseError, match="final"), transaction.atomic():
        Note.objects.filter(pk=note.pk).update(
            text="Never rang.", version=2, corrected_by=cast.amina
        )
    with pytest.raises(DatabaseError, match="final"), transaction.atomic():
        Note.objects.filter(pk=note.pk).update(happened_at=note.happened_at - timedelta(days=1))

    correct_note(note, by=cast.amina, text="Rang, nobody answered.")

    assert EarlierText.objects.get().text == "Rang the college."


@pytest.mark.goal("G35")
def test_opening_a_file_is_told_once_a_quarter_of_an_hour(cast: Cast, client: Client) -> None:
    client.force_login(cast.grace)
    for _ in range(3):
        client.get(f"/stays/{cast.tomasz.pk}/")
    client.get(f"/stays/{cast.tomasz.pk}/details/")

    told = Reading.objects.order_by("number").values_list("what", "actor_id", "resident_id")
    assert list(told) == [
        ("overview", cast.grace.pk, cast.tomasz.resident_id),
        ("details", cast.grace.pk, cast.tomasz.resident_id),
    ]
    assert not verify().faults


def test_telling_that_somebody_looked_costs_one_statement_and_then_none(
    cast: Cast, client: Client
) -> None:
    client.force_login(cast.grace)
    client.get(f"/stays/{cast.tomasz.pk}/")
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as counted:
            client.get(f"/stays/{cast.tomasz.pk}/details/")
        counts.append(sum("audit_reading" in query["sql"] for query in counted))

    assert counts == [1, 0]


def test_a_line_that_was_rolled_back_leaves_no_gap(cast: Cast, client: Client) -> None:
    client.force_login(cast.grace)
    client.get(f"/stays/{cast.tomasz.pk}/")
    with transaction.atomic():
        client.get(f"/stays/{cast.tomasz.pk}/details/")
        transaction.set_rollback(True)
    client.get(f"/stays/{cast.tomasz.pk}/notes/")

    assert list(Reading.objects.order_by("number").values_list("number", "what")) == [
        (1, "overview"), (2, "notes"),
    ]  # fmt: skip
    assert not verify().faults


@pytest.mark.goal("G35")
def test_a_page_that_was_not_shown_is_not_a_reading(cast: Cast, client: Client) -> None:
    client.force_login(cast.owen)

    assert client.get(f"/stays/{cast.tomasz.pk}/").status_code == 404
    assert not Reading.objects.exists()


@pytest.mark.goal("G35")
def test_when_the_reading_cannot_be_written_the_page_is_not_shown(
    cast: Cast, client: Client, monkeypatch
) -> None:
    monkeypatch.setattr("alongside.audit.reading._appended", lambda *_: False)
    client.force_login(cast.grace)

    with pytest.raises(RuntimeError, match="cannot be written"):
        client.get(f"/stays/{cast.tomasz.pk}/")
