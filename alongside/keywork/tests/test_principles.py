"""The principles of a practice, as tags on notes and sessions; only where it names some."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from alongside.audit.models import Entry
from alongside.keywork.models import Note
from alongside.keywork.operations import correct_note, record_session, write_note
from alongside.keywork.queries import notes_of
from alongside.kit.refusal import Refused
from alongside.practice.pack import check, pack
from alongside.practice.shelf import SHIPPED
from alongside.testing.cast import Cast, assemble

TODAY = date(2026, 4, 20)


@pytest.fixture
def whare(db: None) -> Cast:
    return assemble("aotearoa-transitional")


def a_note(whare: Cast, *principles: str) -> Note:
    return write_note(
        whare.tomasz, by=whare.amina, kind="informal", text="Kai together.", principles=principles
    )


@pytest.mark.req("S0-15")
def test_the_pack_declares_its_models_and_the_principles_they_name() -> None:
    here = pack("aotearoa-transitional")
    assert [one.says for one in here.practice_models] == [
        "Kaupapa Māori, trauma-informed", "Housing First, under Tāiki",
    ]  # fmt: skip
    assert [one.says for one in here.principles] == [
        "Manaakitanga", "Rangatiratanga", "Whakawhanaungatanga",
    ]  # fmt: skip
    assert not pack("staged-hostel").principles
    asked = here.sheet("supervision").sections["record"].questions["principles"]
    assert asked.choices == "principles"


@pytest.mark.req("S0-15")
def test_a_note_is_tagged_and_a_correction_keeps_what_it_said(whare: Cast) -> None:
    note = a_note(whare, "manaakitanga")
    assert note.principles_say == ["Manaakitanga"]
    entry = Entry.objects.filter(event="note.written").latest("pk")
    assert "manaakitanga" in str(entry.payload.values)

    note = correct_note(note, by=whare.amina, text="Kai and a talk.")
    assert note.principles == ["manaakitanga"]
    note = correct_note(note, by=whare.amina, text="A talk.", principles=["rangatiratanga"])

    assert note.principles == ["rangatiratanga"]
    assert [one.principles for one in note.earlier.order_by("version")] == [
        ["manaakitanga"], ["manaakitanga"],
    ]  # fmt: skip


@pytest.mark.req("S0-15")
def test_what_the_practice_does_not_name_is_no_tag(whare: Cast) -> None:
    with pytest.raises(Refused) as no:
        a_note(whare, "atawhai")
    assert no.value.field == "principles"
    note = a_note(whare)
    with pytest.raises(Refused, match="not a principle"):
        correct_note(note, by=whare.amina, text="A talk.", principles=["kai"])


@pytest.mark.req("S0-15")
def test_the_list_of_notes_shows_one_principle(whare: Cast, client: Any) -> None:
    a_note(whare, "manaakitanga", "rangatiratanga")
    write_note(
        whare.tomasz, by=whare.amina, kind="informal", text="A walk.",
        principles=["whakawhanaungatanga"],
    )  # fmt: skip
    shown = notes_of(whare.tomasz, whare.amina, principle="rangatiratanga")
    assert [note.text for note in shown] == ["Kai together."]

    client.force_login(whare.amina)
    url = reverse("keywork:notes", args=[whare.tomasz.pk])
    page = client.get(f"{url}?principle=whakawhanaungatanga").text
    assert "A walk." in page
    assert "Kai together." not in page
    write = reverse("keywork:write-note", args=[whare.tomasz.pk])
    assert "Which of our principles does it show?" in client.get(write).text
    wrong = client.post(write, {"kind": "informal", "text": "Tea.", "principles": ["atawhai"]})
    assert wrong.status_code == 422
    assert "Tea." in wrong.text
    told = {"kind": "informal", "text": "Tea.", "principles": ["manaakitanga"]}
    client.post(write, told)
    assert Note.objects.get(text="Tea.").principles == ["manaakitanga"]


@pytest.mark.req("S0-15")
def test_what_is_restricted_is_not_found_by_its_principle(whare: Cast) -> None:
    write_note(
        whare.tomasz, by=whare.grace, kind="informal", text="Between us.", restricted=True,
        readers=[whare.grace], principles=["manaakitanga"],
    )  # fmt: skip
    assert not notes_of(whare.tomasz, whare.amina, principle="manaakitanga")
    assert notes_of(whare.tomasz, whare.grace, principle="manaakitanga")


@pytest.mark.req("S0-15")
def test_a_session_is_tagged_too(whare: Cast) -> None:
    headings = {one.key: "Well." for one in whare.mill_house.pack.choices("session_headings")}
    held = record_session(
        whare.tomasz, by=whare.amina, held_on=TODAY, headings=headings, minutes=30,
        raise_issue="Look at rooms",
        principles=["rangatiratanga"],
    )  # fmt: skip
    assert held.note.principles_say == ["Rangatiratanga"]


def test_where_none_is_named_nothing_is_asked(client: Any, cast: Cast) -> None:
    client.force_login(cast.amina)
    for name in ("keywork:write-note", "keywork:record-session"):
        page = client.get(reverse(name, args=[cast.tomasz.pk]))
        assert page.status_code == 200
        assert "principles" not in page.text
    assert "Principle" not in client.get(reverse("keywork:notes", args=[cast.tomasz.pk])).text


def test_a_model_or_an_aim_that_names_what_is_not_there_is_a_fault(tmp_path: Any) -> None:
    folder = tmp_path / "staged-hostel" / "1.0.0"
    folder.mkdir(parents=True)
    for file in (SHIPPED / "staged-hostel" / "1.0.0").iterdir():
        (folder / file.name).write_text(file.read_text())
    (folder / "aims.toml").write_text(
        '[practice_models.a]\nsays = "A"\nsource = "ours"\nprinciples = ["none"]\n'
        '[aims.b]\nsays = "B"\nsource = "ours"\nunder = "c"\n'
    )
    assert sorted(fault.key for fault in check(folder)) == [
        "aims.b.under", "practice_models.a.principles",
    ]  # fmt: skip
