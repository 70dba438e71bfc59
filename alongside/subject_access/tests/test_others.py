"""Others in a file are found however they are written, decided passage by passage, and what nobody
decided about is withheld."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from alongside.documents.operations import add_document
from alongside.keywork.operations import write_note
from alongside.kit import clock
from alongside.kit.refusal import NotPermitted, Refused
from alongside.practice.actions import Action
from alongside.residents.models import Contact
from alongside.residents.operations import add_contact
from alongside.rights.operations import put_under_seal
from alongside.rights.parts import parts_of
from alongside.stays.models import Stay
from alongside.subject_access import queries
from alongside.subject_access.gathering import as_zip, bundle
from alongside.subject_access.models import AccessRequest, Mention
from alongside.subject_access.operations import (
    decide_mention,
    look_again,
    look_for,
    make_bundle,
    take_request,
)
from alongside.subject_access.passages import WITHHELD, WITHHELD_FILE
from alongside.testing.builders import a_stay
from alongside.testing.cast import a_member_of_staff

TODAY = date(2026, 4, 20)
NOTE = "keywork.Note.text"


def a_note(cast: Any, text: str) -> None:
    write_note(cast.tomasz, by=cast.amina, kind="informal", text=text)


def asked(cast: Any) -> AccessRequest:
    return take_request(cast.tomasz, by=cast.grace, received_on=TODAY, identity_on=TODAY)


def words_at(request: AccessRequest, by: Any, where: str = NOTE) -> list[str]:
    return [str(one) for one in queries.shown(request, queries.mentions_at(request, where), by)]


def mention(request: AccessRequest, by: Any, words: str, where: str = NOTE) -> Mention:
    found = queries.shown(request, queries.mentions_at(request, where), by)
    return queries.mention_for(by, next(one.mention.pk for one in found if str(one) == words))


def decide_the_rest(request: AccessRequest, by: Any, decision: str = "withhold") -> None:
    for one in request.mentions.filter(decision=""):
        decide_mention(queries.mention_for(by, one.pk), by=by, decision=decision, reason="So.")


def notes_in(request: AccessRequest) -> list[str]:
    return [row["text"] for row in bundle(request)["records"]["keywork.Note"]]


@pytest.mark.goal("G40")
@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("Zoë Māhaki-Łuczak", "Zoe was loud.", ["Zoe"]),
        ("Zoë Māhaki-Łuczak", "ZOË MAHAKI-LUCZAK was loud.", ["ZOË MAHAKI-LUCZAK"]),
        ("Zoë Māhaki-Łuczak", "Zoe\u0308 was loud.", ["Zoë"]),
        ("Zoë Māhaki-Łuczak", "He likes Luczak’s music.", ["Luczak"]),
        ("Will Byrne", "He will ring. Will said so.", ["Will"]),
        ("Rosa Nowak", "The Nowak family came.", []),
        ("Rosa Nowak", "Rosa Nowak came, and Rosa left.", ["Rosa", "Rosa Nowak"]),
        ("Amina Lund", "Amina Yusuf spoke to Amina.", ["Amina"]),
        ("Jo Li", "Jo came with a jolly joke.", []),
    ],
)
def test_a_housemate_is_found_however_the_name_is_written(
    cast: Any, name: str, text: str, found: list[str]
) -> None:
    a_stay(cast.beds[1], by=cast.grace, name=name)
    a_note(cast, text)
    request = asked(cast)
    assert sorted(words_at(request, cast.grace)) == found
    decide_the_rest(request, cast.grace)
    told = " ".join(notes_in(make_bundle(request, by=cast.grace)))
    assert told.count(WITHHELD) == len(found)


@pytest.mark.goal("G40")
def test_a_first_name_counts_only_of_those_who_lived_there_at_the_same_time(cast: Any) -> None:
    long_ago = a_stay(cast.beds[1], by=cast.grace, name="Rosa Lindqvist")
    Stay.objects.filter(pk=long_ago.pk).update(
        moved_in_on=date(2020, 1, 1),
        moved_out_on=date(2020, 2, 1),
        ended_by=cast.grace,
        left_because="other",
    )
    a_note(cast, "Rosa is a colour, and Rosa Lindqvist a person.")
    assert words_at(asked(cast), cast.grace) == ["Rosa Lindqvist"]


@pytest.mark.goal("G40")
def test_what_is_written_after_the_request_is_proposed_before_it_is_handed_over(cast: Any) -> None:
    a_stay(cast.beds[1], by=cast.grace, name="Piotr Zielinski")
    request = asked(cast)
    a_note(cast, "Piotr Zielinski shouted.")
    with pytest.raises(Refused, match="written in the file since"):
        make_bundle(request, by=cast.grace)
    look_again(request, by=cast.grace)
    assert words_at(request, cast.grace) == ["Piotr Zielinski"]
    with pytest.raises(Refused, match="for a decision"):
        make_bundle(request, by=cast.grace)
    decide_the_rest(request, cast.grace)
    made = make_bundle(request, by=cast.grace)

    a_note(cast, "Later words, of Piotr again.")
    assert notes_in(made) == [f"{WITHHELD} shouted."]
    with pytest.raises(Refused, match="was made"):
        look_again(made, by=cast.grace)


@pytest.mark.goal("G40")
def test_each_passage_is_decided_by_itself_or_all_with_the_same_words(cast: Any) -> None:
    a_stay(cast.beds[1], by=cast.grace, name="Piotr Zielinski")
    for text in ("He likes Piotr.", "Piotr takes heroin, he says.", "Piotr came.", "piotr left."):
        a_note(cast, text)
    request = asked(cast)
    every = list(queries.mentions_at(request, NOTE))
    told = {
        one.passage.text: queries.mention_for(cast.grace, one.mention.pk)
        for one in queries.shown(request, every, cast.grace)
        if one.passage
    }
    assert len(told) == 3
    by = cast.grace
    decide_mention(told["He likes Piotr."], by=by, decision="release", reason="A friend.")
    decide_mention(
        told["Piotr takes heroin, he says."], by=by, decision="everything", reason="Health."
    )
    assert request.mentions.filter(decision="").count() >= 1
    decide_mention(
        told["Piotr came."], by=by, decision="withhold", reason="Not his.", everywhere=True
    )
    decide_the_rest(request, by)
    assert sorted(notes_in(make_bundle(request, by=by))) == sorted(
        ["He likes Piotr.", WITHHELD, f"{WITHHELD} came.", "piotr left."]
    )


def test_the_same_everywhere_leaves_what_is_decided_and_other_words_alone(cast: Any) -> None:
    a_stay(cast.beds[1], by=cast.grace, name="Piotr Zielinski")
    for text in ("Piotr one.", "Piotr two.", "Piotr three.", "Zielinski four."):
        a_note(cast, text)
    request = asked(cast)
    shown = queries.shown(request, queries.mentions_at(request, NOTE), cast.grace)
    told = {one.passage.text: one.mention.pk for one in shown if one.passage}
    one, two, three, four = (told[f"{words}."] for words in (
        "Piotr one", "Piotr two", "Piotr three", "Zielinski four"
    ))  # fmt: skip
    by = cast.grace
    decide_mention(queries.mention_for(by, one), by=by, decision="release", reason="A friend.")
    decide_mention(
        queries.mention_for(by, two), by=by, decision="withhold", reason="No.", everywhere=True
    )
    decisions = dict(request.mentions.values_list("pk", "decision"))
    assert [decisions[pk] for pk in (one, two, three, four)] == [
        "release",
        "withhold",
        "withhold",
        "",
    ]


@pytest.mark.goal("G40")
def test_a_nickname_is_looked_for_when_whoever_decides_knows_it(client: Any, cast: Any) -> None:
    a_note(cast, "Big Pete lent him money.")
    request = asked(cast)
    assert words_at(request, cast.grace) == []
    with pytest.raises(Refused, match="too short"):
        look_for(request, by=cast.grace, name="a-b")
    with pytest.raises(Refused, match="nowhere"):
        look_for(request, by=cast.grace, name="Small Pete")
    client.force_login(cast.grace)
    page = reverse("subject_access:words", args=[request.pk])
    assert "Small Pete" in client.post(page, {"name": "Small Pete"}).text
    client.post(page, {"name": "big pete"})
    request.refresh_from_db()
    assert words_at(request, cast.grace) == ["Big Pete"]
    with pytest.raises(Refused, match="proposed already"):
        look_for(request, by=cast.grace, name="Big Pete")
    decide_the_rest(request, cast.grace)
    assert notes_in(make_bundle(request, by=cast.grace)) == [f"{WITHHELD} lent him money."]


@pytest.mark.goal("G4")
def test_what_is_put_under_seal_after_it_was_proposed_is_shown_and_handed_over_no_more(
    client: Any, cast: Any
) -> None:
    add_contact(
        cast.mill_house, by=cast.grace, resident=cast.tomasz.resident, name="Ewa Zielinska",
        relation="Sister", phone="07700 900777",
    )  # fmt: skip
    request = asked(cast)
    stay = Stay.objects.select_related(*Stay.LOCK_WITH).get(pk=cast.tomasz.pk)
    part = next(one for one in parts_of(stay) if "07700" in one.words)
    put_under_seal(stay, by=cast.grace, part=part.key, kind="address")
    client.force_login(cast.grace)
    for place in queries.places_of(request):
        there = reverse("subject_access:passages", args=[request.pk])
        assert "07700" not in client.get(f"{there}?where={place.where}").text
        for one in queries.mentions_at(request, place.where):
            assert "07700" not in client.get(reverse("subject_access:decide", args=[one.pk])).text
    look_again(request, by=cast.grace)
    assert not request.mentions.filter(where__startswith=Contact._meta.label).exists()
    decide_the_rest(request, cast.grace)
    assert "07700" not in json.dumps(bundle(make_bundle(request, by=cast.grace)), default=str)


def a_paper(cast: Any, title: str, *, restricted: bool = False) -> None:
    file = SimpleUploadedFile("plan.txt", f"What {title} says.".encode(), "text/plain")
    add_document(
        cast.tomasz, by=cast.grace, file=file, kind="other", title=title, dated_on=TODAY,
        restricted=restricted,
    )  # fmt: skip


@pytest.mark.goal("G40")
def test_their_papers_go_with_it_once_each_is_released(cast: Any) -> None:
    a_paper(cast, "One")
    a_paper(cast, "Two")
    request = asked(cast)
    first, _ = request.mentions.filter(where="documents.Document.file").order_by("row")
    with pytest.raises(Refused, match="not on the list"):
        decide_mention(
            queries.mention_for(cast.grace, first.pk), by=cast.grace, decision="everything",
            reason="So.",
        )  # fmt: skip
    decide_mention(
        queries.mention_for(cast.grace, first.pk), by=cast.grace, decision="release", reason="His."
    )
    decide_the_rest(request, cast.grace)
    with zipfile.ZipFile(io.BytesIO(as_zip(make_bundle(request, by=cast.grace)))) as packed:
        (path,) = (name for name in packed.namelist() if name.startswith("files/"))
        assert packed.read(path) == b"What One says."
        told = json.loads(packed.read("everything.json"))["records"]["documents.Document"]
    assert [row["file"] for row in told] == [path, WITHHELD_FILE]


@pytest.mark.goal("G4")
def test_a_restricted_paper_is_decided_by_those_who_may_read_it(
    cast: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_paper(cast, "Of the panel", restricted=True)
    request = asked(cast)
    vera = a_member_of_staff(cast.mill_house, "Vera Lund", "manager", cast.grace)
    may = type(vera).may
    monkeypatch.setattr(
        type(vera), "may",
        lambda self, action, about: action != Action.READ_RESTRICTED and may(self, action, about),
    )  # fmt: skip
    where = "documents.Document.file"
    assert words_at(request, vera, where) == ["A restricted paper"]
    one = queries.mention_for(vera, request.mentions.get(where=where).pk)
    with pytest.raises(NotPermitted, match="may not read"):
        decide_mention(one, by=vera, decision="release", reason="So.")


@pytest.mark.goal("G40")
def test_no_table_keeps_the_words_of_a_passage(cast: Any) -> None:
    a_stay(cast.beds[1], by=cast.grace, name="Piotr Zielinski")
    a_note(cast, "Piotr Zielinski shouted cnryshout.")
    request = asked(cast)
    rows = [str(row) for row in Mention.objects.values_list()]
    assert rows
    assert not [row for row in rows if "Piotr" in row or "cnryshout" in row]
    assert request.also == []


def test_the_command_takes_decides_one_by_one_and_makes_it(
    cast: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_stay(cast.beds[1], by=cast.grace, name="Piotr Zielinski")
    for text in ("He likes Piotr.", "Piotr came.", "Zielinski left."):
        a_note(cast, text)

    def run(*said: str, name: str = "") -> str:
        answers = iter(said)
        monkeypatch.setattr("builtins.input", lambda _asked: next(answers))
        out = io.StringIO()
        call_command(
            "subject_access", "Tomasz Nowak", to=tmp_path, name=name or cast.grace.email, stdout=out
        )
        return out.getvalue()

    with pytest.raises(CommandError, match="No colleague"):
        run(name="nobody@demo.example")
    with pytest.raises(CommandError, match="does not include"):
        run(name=cast.owen.email)
    with pytest.raises(CommandError, match="wait for a decision"):
        run("?", "s")
    request = AccessRequest.objects.get()
    assert request.mentions.filter(decision="").count() == 3
    said = run("r", "", "A friend.", "n", "w", "Not his.", "a", "Not his.")
    assert "[Piotr]" in said
    assert Mention.objects.filter(request=request, decision="").count() == 0
    with zipfile.ZipFile(tmp_path / f"own-data-{clock.today()}.zip") as packed:
        told = json.loads(packed.read("everything.json"))["records"]["keywork.Note"]
    assert sorted(row["text"] for row in told) == sorted(
        ["He likes Piotr.", f"{WITHHELD} came.", WITHHELD]
    )


def test_a_place_that_is_no_more_is_shown_as_such_and_breaks_nothing(
    client: Any, cast: Any
) -> None:
    a_stay(cast.beds[1], by=cast.grace, name="Piotr Zielinski")
    a_note(cast, "Piotr came.")
    request = asked(cast)
    request.mentions.update(where="gone.Room.text")
    client.force_login(cast.grace)
    there = reverse("subject_access:passages", args=[request.pk])
    assert "Not there any more" in client.get(f"{there}?where=gone.Room.text").text
    (one,) = request.mentions.all()
    assert client.get(reverse("subject_access:decide", args=[one.pk])).status_code == 200
