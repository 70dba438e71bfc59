"""What is under seal is in a bundle only where it was released: in the data and on the paper."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from alongside.keywork.operations import write_note
from alongside.kit.refusal import NotPermitted
from alongside.residents.operations import add_contact, amend_resident
from alongside.rights.lifting import ask_to_lift, lift
from alongside.rights.models import SEALS, Sealed
from alongside.rights.operations import put_under_seal, seal
from alongside.rights.parts import parts_of
from alongside.stays.models import Stay
from alongside.subject_access.gathering import UNDER_SEAL, as_zip
from alongside.subject_access.models import AccessRequest, Mention
from alongside.subject_access.operations import decide_mention, make_bundle, take_request
from alongside.subject_access.tests.pdf_text import text_of
from alongside.testing.cast import a_member_of_staff

TODAY = date(2026, 4, 20)
START = "sealcnry"
OPEN = "opencnryzq"


def again(stay: Stay) -> Stay:
    return Stay.objects.select_related(*Stay.LOCK_WITH).get(pk=stay.pk)


@pytest.fixture
def sealed(cast: Any) -> dict[str, Sealed]:
    """Tomasz, with one thing of each kind under seal, two details put there, and an open note."""
    amend_resident(
        cast.mill_house, by=cast.grace, resident=cast.tomasz.resident,
        next_of_kin=f"{START}kin", phone=f"{START}phone",
    )  # fmt: skip
    add_contact(
        cast.mill_house, by=cast.grace, resident=cast.tomasz.resident, name=f"{START}sister",
        phone=f"{START}number", wishes=f"{START}wish",
    )  # fmt: skip
    write_note(cast.tomasz, by=cast.amina, kind="informal", text=f"He likes {OPEN}.")
    made = {
        kind: seal(cast.tomasz, by=cast.grace, kind=kind, title=f"{START}title{kind}",
                   words=f"{START}words{kind}")
        for kind in SEALS
    }  # fmt: skip
    while parts := parts_of(again(cast.tomasz)):
        kind = list(SEALS)[len(made) % len(SEALS)]
        one = put_under_seal(again(cast.tomasz), by=cast.grace, part=parts[0].key, kind=kind)
        made[f"{parts[0].key}"] = one
    better = seal(again(cast.tomasz), by=cast.grace, kind="health", title=f"{START}better",
                  words=f"{START}betterwords", corrects=made["health"])  # fmt: skip
    return {**made, "corrected": better}


def asked(cast: Any) -> AccessRequest:
    return take_request(cast.tomasz, by=cast.grace, received_on=TODAY, identity_on=TODAY)


def mentions(request: AccessRequest) -> list[Mention]:
    return list(request.mentions.select_related(*Mention.LOCK_WITH))


def decide(request: AccessRequest, by: Any, released: Any = ()) -> AccessRequest:
    keys = {one.pk for one in released}
    for one in mentions(request):
        decision = "release" if one.sealed_id in keys else "withhold"
        decide_mention(one, by=by, decision=decision, reason="So decided.")
    return make_bundle(request, by=by)


def both(request: AccessRequest) -> tuple[str, str]:
    """The bundle as data, and the text of its paper."""
    with zipfile.ZipFile(io.BytesIO(as_zip(request))) as packed:
        data, paper = packed.read("everything.json"), packed.read("everything.pdf")
    assert START.encode() not in paper
    return data.decode(), text_of(paper)


def words_of(one: Sealed) -> set[str]:
    return {line for line in (*one.words.splitlines(), one.title) if START in line}


@pytest.mark.goal("G4", "G40")
@pytest.mark.req("S0-62")
def test_withheld_it_is_in_neither_data_nor_paper(cast: Any, sealed: Any, tally: Any) -> None:
    made = decide(asked(cast), cast.grace)
    data, paper = both(made)
    for text in (data, paper):
        assert OPEN in text
        assert UNDER_SEAL in text
        assert START not in text
    told = json.loads(data)["records"]["rights.Sealed"]
    assert len(told) == len(sealed)
    assert all(row["words"] == row["title"] == UNDER_SEAL for row in told)
    assert all("put_back" not in row for row in told)
    tally(2 * len(sealed), of=2 * len(sealed))


@pytest.mark.goal("G4", "G40")
def test_released_one_by_one_that_one_is_in_both_and_no_other(
    cast: Any, sealed: dict[str, Sealed], tally: Any
) -> None:
    released = [sealed["safeguarding"], sealed["next_of_kin"]]
    data, paper = both(decide(asked(cast), cast.grace, released))
    inside = set().union(*(words_of(one) for one in released))
    others = [one for one in sealed.values() if one not in released]
    outside = set().union(*(words_of(one) for one in others)) - inside
    assert len(outside) > 5
    for text in (data, paper):
        assert not [word for word in inside if word not in text]
        assert not [word for word in outside if word in text]
    tally(len(inside) + len(outside), of=len(inside) + len(outside))


@pytest.mark.goal("G4")
def test_what_is_to_be_decided_says_which_it_is_and_no_word_of_it(
    client: Any, cast: Any, sealed: dict[str, Sealed]
) -> None:
    request = asked(cast)
    client.force_login(cast.grace)
    there = reverse("subject_access:passages", args=[request.pk])
    here = client.get(f"{there}?where=rights.Sealed.words").text
    assert "Under seal 1" in here
    assert START not in here
    for one in mentions(request):
        shown = client.get(reverse("subject_access:decide", args=[one.pk])).text
        assert START not in shown
    assert {one.sealed_id for one in mentions(request)} >= {one.pk for one in sealed.values()}


@pytest.mark.goal("G4")
def test_no_table_holds_it_in_the_clear_once_it_was_asked_for(cast: Any, sealed: Any) -> None:
    decide(asked(cast), cast.grace, sealed.values())
    wrong = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            wrong += [table for row in cursor.fetchall() if START in str(row).lower()]
    assert wrong == []


@pytest.mark.goal("G4")
def test_without_the_right_to_its_kind_nobody_decides_about_it(
    cast: Any, sealed: dict[str, Sealed], monkeypatch: pytest.MonkeyPatch
) -> None:
    vera = a_member_of_staff(cast.mill_house, "Vera Lund", "manager", cast.grace)
    request = asked(cast)
    of_health = next(one for one in mentions(request) if one.sealed_id == sealed["health"].pk)
    may = type(vera).may
    monkeypatch.setattr(
        type(vera), "may",
        lambda self, action, about: action != SEALS["health"] and may(self, action, about),
    )  # fmt: skip
    with pytest.raises(NotPermitted, match="may not read"):
        decide_mention(of_health, by=vera, decision="release", reason="For him.")


def test_what_was_sealed_after_the_request_is_withheld(cast: Any) -> None:
    request = asked(cast)
    seal(cast.tomasz, by=cast.grace, kind="address", title=f"{START}late", words=f"{START}later")
    data, paper = both(decide(request, cast.grace))
    assert START not in data + paper


def test_a_detail_whose_seal_was_lifted_is_in_as_anything_else(
    cast: Any, sealed: dict[str, Sealed]
) -> None:
    vera = a_member_of_staff(cast.mill_house, "Vera Lund", "manager", cast.grace)
    lift(ask_to_lift(sealed["phone"], by=vera, because="He wants it seen."), by=cast.grace)
    data, paper = both(decide(asked(cast), cast.grace))
    assert f"{START}phone" in data
    assert f"{START}phone" in paper
    assert f"{START}kin" not in data + paper


def test_the_paper_can_be_read_at_all(cast: Any) -> None:
    """What looks for words that must not be there has to find those that must."""
    said = "Zażółć gęślą jaźń, whānau, 14 Larch Close (back) <b>"
    write_note(cast.tomasz, by=cast.amina, kind="informal", text=said)
    _, paper = both(decide(asked(cast), cast.grace))
    assert not [word for word in said.split() if word not in paper]
    assert "Tomasz Nowak" in paper


def test_the_database_decides_about_one_seal_once(cast: Any, sealed: dict[str, Sealed]) -> None:
    request = asked(cast)
    one = next(one for one in mentions(request) if one.sealed_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        Mention.objects.create(request=request, sealed=one.sealed, where="x")
