"""Faults planted on purpose: each makes the check of its goal fail, or the check is worth nothing.

The twelve of `tests/house/planted.py`, and some more. Every check below first holds without the
fault, and then finds it.
"""

from __future__ import annotations

import io
import re
import socket
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse

from alongside.audit.models import Reading
from alongside.audit.reading import forget_what_was_told
from alongside.config import doors
from alongside.documents import gate
from alongside.documents.tests.corpus import KEPT, corpus
from alongside.keywork.operations import correct_note, write_note
from alongside.kit import clock
from alongside.kit.refusal import ChangedMeanwhile, Refused
from alongside.organisation import policy
from alongside.organisation.models import Staff
from alongside.organisation.policy import Answer
from alongside.organisation.standing import Standing
from alongside.practice.actions import Action
from alongside.residents.models import Resident
from alongside.rights import operations as rights
from alongside.rights.models import SEALS, Opening
from alongside.stays.models import Stay, StayQuerySet
from alongside.testing.cast import Cast
from tests.house.planted import TWELVE
from tests.house.production import in_production
from tests.house.test_queries import thrown_away

type Check = Callable[[Cast], bool]
type Plant = Callable[[pytest.MonkeyPatch], None]


def again(staff: Staff) -> Staff:
    return Staff.objects.get(pk=staff.pk)


def _answers(staff: Staff, name: str, *args: object) -> tuple[int, bytes]:
    client = Client()
    client.force_login(staff)
    answer = client.get(reverse(name, args=args))
    return answer.status_code, answer.content


def every_address_has_its_rule(cast: Cast) -> bool:
    return not list(doors.faults())


def an_address_without_a_rule_answers_nobody(cast: Cast) -> bool:
    known = "casefile:casefile" in doors.rules()
    return known or _answers(cast.grace, "casefile:casefile", cast.tomasz.pk)[0] == 404


def another_service_finds_nothing(cast: Cast) -> bool:
    there = _answers(cast.owen, "casefile:casefile", cast.tomasz.pk)
    return there == _answers(cast.owen, "casefile:casefile", cast.organisation.pk)


def closed_by_name_looks_like_missing(cast: Cast) -> bool:
    rights.limit_file(cast.tomasz, by=cast.grace, kind="never", staff=[cast.amina], because="Kin.")
    there = _answers(cast.amina, "casefile:casefile", cast.tomasz.pk)
    return there == _answers(cast.amina, "casefile:casefile", cast.organisation.pk)


def both_questions_agree(cast: Cast) -> bool:
    rights.limit_file(cast.tomasz, by=cast.grace, kind="never", staff=[cast.amina], because="Kin.")
    amina = again(cast.amina)
    seen = Stay.objects.visible_to(amina).exists()
    return seen == policy.can(amina, Action.READ_FILE, cast.tomasz).yes


def sealed_titles_are_for_few(cast: Cast) -> bool:
    rights.seal(cast.tomasz, by=cast.amina, kind="address", title="Cnry", words="Larch Close")
    return b"Cnry" not in _answers(cast.amina, "rights:sealed", cast.tomasz.pk)[1]


def a_leaver_is_out(cast: Cast) -> bool:
    Staff.objects.filter(pk=cast.amina.pk).update(last_day=clock.today() - timedelta(days=1))
    return _answers(cast.amina, "casefile:casefile", cast.tomasz.pk)[0] == 302


def an_emergency_lasts_an_hour(cast: Cast) -> bool:
    with clock.standing_at(clock.now() - timedelta(minutes=61)):
        rights.open_in_emergency(cast.tomasz, by=cast.owen, because="He does not answer.")
    return _answers(cast.owen, "casefile:casefile", cast.tomasz.pk)[0] == 404


def nobody_reviews_their_own(cast: Cast) -> bool:
    opened = rights.open_in_emergency(cast.tomasz, by=cast.grace, because="He does not answer.")
    try:
        rights.review_opening(opened, by=again(cast.grace), verdict="in_order")
    except Refused:
        return True
    return False


def files_are_what_the_list_says(cast: Cast) -> bool:
    return all(_said(case.name, case.content, case.says) for case in corpus())


def _said(name: str, content: bytes, says: str) -> bool:
    try:
        gate.admit(io.BytesIO(content), name, len(content))
    except Refused as refusal:
        return says != KEPT and says in refusal.because
    return says == KEPT


def a_photo_tells_no_place(cast: Cast) -> bool:
    from alongside.documents.tests.corpus import picture_with_a_place

    content = picture_with_a_place()
    return b"cnry" not in gate.admit(io.BytesIO(content), "a.jpg", len(content)).content.read()


def no_other_service_finds_a_note(cast: Cast) -> bool:
    note = write_note(cast.tomasz, by=cast.amina, kind="informal", text="By the stairs.")
    return _answers(cast.owen, "keywork:note", note.pk)[0] == 404


def what_is_typed_is_never_a_tag(cast: Cast) -> bool:
    Resident.objects.filter(pk=cast.tomasz.resident_id).update(given_name="<img src=x onerror=1>")
    return b"<img src=x" not in _answers(cast.amina, "casefile:details", cast.tomasz.pk)[1]


def a_list_has_only_the_orders_it_offers(cast: Cast) -> bool:
    client = Client(raise_request_exception=False)
    client.force_login(cast.grace)
    there = reverse("casefile:residents", args=[cast.mill_house.slug])
    names = ("resident__pin", "resident__signing_pin", "nothing__of__ours", "-recorded_by")
    usual = bare(client.get(there))
    return all(bare(client.get(there, {"sort": name})) == usual for name in names)


def bare(answer: Any) -> tuple[int, bytes]:
    """An answer without the words of its own address, which its links repeat."""
    rows = re.sub(rb"<tbody.*?</tbody>", lambda found: found[0], answer.content, flags=re.DOTALL)
    kept = re.findall(rb"<tbody.*?</tbody>|<h1.*?</h1>", rows, flags=re.DOTALL)
    return answer.status_code, b"".join(kept)


def nobody_is_led_to_another_site(cast: Cast) -> bool:
    with override_settings(DEMO=True):
        answer = Client().post(
            reverse("signin:sign-in-as"),
            {"staff": cast.amina.pk, "next": "https://elsewhere.example/"},
        )
    return answer["Location"] == "/"


def what_is_written_is_not_looked_up(cast: Cast) -> bool:
    """Nobody knocks at an address that stands in a note."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.2)
        port = listening.getsockname()[1]
        client = Client()
        client.force_login(cast.amina)
        client.post(
            reverse("keywork:write-note", args=[cast.tomasz.pk]),
            {"kind": "informal", "text": f"See http://127.0.0.1:{port}/ there.",
             "happened_at_0": "2026-04-20", "happened_at_1": "11:00"},
        )  # fmt: skip
        write_note(
            cast.tomasz, by=cast.amina, kind="informal", text=f"See http://127.0.0.1:{port}/ ."
        )
        try:
            listening.accept()[0].close()
        except TimeoutError:
            return True
        return False


def a_form_without_its_token_is_refused(cast: Cast) -> bool:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.grace)
    answer = client.post(reverse("organisation:choose-scheme"), {"scheme": "mill-house"})
    return answer.status_code == 403


def who_read_is_written_down(cast: Cast) -> bool:
    forget_what_was_told()
    before = Reading.objects.count()
    _answers(cast.amina, "casefile:casefile", cast.tomasz.pk)
    return Reading.objects.count() == before + 1


def nobody_is_overwritten_in_silence(cast: Cast) -> bool:
    note = write_note(cast.tomasz, by=cast.amina, kind="informal", text="First.")
    correct_note(note, by=cast.amina, text="Second.", version=note.version)
    try:
        correct_note(note, by=cast.grace, text="Third.", version=note.version)
    except ChangedMeanwhile:
        return True
    return False


def what_is_acknowledged_is_on_the_disk(cast: Cast) -> bool:
    """Asked of a connection of its own: what is said once a transaction has begun changes none."""
    fresh = connection.copy()
    with closing(fresh), fresh.cursor() as cursor:
        sqlite = fresh.vendor == "sqlite"
        cursor.execute("PRAGMA synchronous" if sqlite else "SHOW synchronous_commit")
        return cursor.fetchone()[0] in {2, "on"}


def _without(name: str) -> Plant:
    def plant(patch: pytest.MonkeyPatch) -> None:
        known = {key: rule for key, rule in doors.rules().items() if key != name}
        patch.setattr(doors, "rules", lambda: known)

    return plant


def _unchecked_middleware(patch: pytest.MonkeyPatch) -> None:
    _without("casefile:casefile")(patch)
    patch.setattr(doors.DeclaredDoors, "process_view", lambda *_: None)


def _still_open(patch: pytest.MonkeyPatch) -> None:
    from alongside.organisation import standing

    whole = standing.standing_from

    def never_over(answers: Any) -> Standing:
        found = whole(answers)
        opened = Opening.objects.values_list("resident_id", flat=True).first()
        return Standing(found.stands_in, found.closed, opened)

    patch.setattr("alongside.organisation.backend.standing_from", never_over)


def _no_second_pair_of_eyes(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rights.review_opening, "act", lambda opening, **_: opening)


# For each of the twelve, what finds it.
FOUND_BY: dict[str, Check] = {
    "view with no rule": every_address_has_its_rule,
    "note by id only": no_other_service_finds_a_note,
    "deny ignored": closed_by_name_looks_like_missing,
    "field leaked in a fragment": sealed_titles_are_for_few,
    "marked safe": what_is_typed_is_never_a_tag,
    "sort by raw name": a_list_has_only_the_orders_it_offers,
    "next followed": nobody_is_led_to_another_site,
    "URL fetched": what_is_written_is_not_looked_up,
    "CSRF exempt": a_form_without_its_token_is_refused,
    "read not logged": who_read_is_written_down,
    "save without version check": nobody_is_overwritten_in_silence,
    "synchronous=NORMAL": what_is_acknowledged_is_on_the_disk,
}
PLANTED: dict[str, tuple[str, Check, Plant]] = {
    "the lock is not looked at": (
        "G1", an_address_without_a_rule_answers_nobody, _unchecked_middleware,
    ),
    "found by its key alone": (
        "G2", another_service_finds_nothing,
        lambda patch: patch.setattr(StayQuerySet, "visible_to", lambda self, _: self),
    ),
    "one question forgets the deny": (
        "G6", both_questions_agree,
        lambda patch: patch.setattr(policy, "can", lambda *_: Answer(yes=True, why="planted")),
    ),
    "the wrong right for a seal": (
        "G4", sealed_titles_are_for_few,
        lambda patch: patch.setitem(SEALS, "address", Action.READ_FILE),
    ),
    "a leaver is let in": (
        "G7", a_leaver_is_out,
        lambda patch: patch.setattr(Staff, "has_left", lambda *_: False),
    ),
    "an emergency without an end": ("G37", an_emergency_lasts_an_hour, _still_open),
    "one reviews one’s own": ("G37", nobody_reviews_their_own, _no_second_pair_of_eyes),
    "a file is not looked into": (
        "G23", files_are_what_the_list_says,
        lambda patch: patch.setattr(gate, "_looks_like", lambda *_: True),
    ),
    "a photo is kept as it came": (
        "G23", a_photo_tells_no_place,
        lambda patch: patch.setattr(gate, "painted_anew", lambda raw, *_: raw),
    ),
}  # fmt: skip


def _name(check: Any) -> str:
    return str(check.__name__)


@pytest.mark.goal("G0")
@pytest.mark.parametrize("fault", TWELVE)
def test_each_of_the_twelve_is_found(cast: Cast, monkeypatch: pytest.MonkeyPatch, fault: str):
    holds, (_, plant) = FOUND_BY[fault], TWELVE[fault]
    with thrown_away():
        assert holds(cast), "Without the fault it holds."
    plant(lambda where, name, value: monkeypatch.setattr(where, name, value, raising=False))

    assert not holds(cast), f"“{fault}” went through."


def test_there_are_twelve():
    assert TWELVE.keys() == FOUND_BY.keys()
    assert len(TWELVE) == 12


def test_no_fault_is_planted_in_production(tmp_path):
    said = in_production(
        "-c", "import tests.planted_settings", ALONGSIDE_VAR=str(tmp_path), ALONGSIDE_PLANTED="x"
    )
    assert "never planted in a production site" in said.stderr


@pytest.mark.goal("G0")
@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_found(cast: Cast, monkeypatch: pytest.MonkeyPatch, fault: str):
    _, holds, plant = PLANTED[fault]
    plant(monkeypatch)

    assert not holds(cast), f"“{fault}” went through."


@pytest.mark.goal("G0")
@pytest.mark.parametrize(
    "check",
    sorted({holds for _, holds, _ in PLANTED.values()}, key=_name),
    ids=_name,
)
def test_without_a_fault_every_check_holds(cast: Cast, check: Check):
    assert check(cast)
