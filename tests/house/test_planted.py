"""Faults planted on purpose: each makes the check of its goal fail, or the check is worth nothing.

Every check below first holds without the fault, and then finds it.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alongside.config import doors
from alongside.documents import gate
from alongside.documents.tests.corpus import KEPT, corpus
from alongside.kit import clock
from alongside.kit.refusal import Refused
from alongside.organisation import policy
from alongside.organisation.models import Staff
from alongside.organisation.policy import Answer
from alongside.organisation.standing import Standing
from alongside.practice.actions import Action
from alongside.rights import operations as rights
from alongside.rights import queries as rights_queries
from alongside.rights.models import SEALS, Opening, Sealed
from alongside.stays.models import Stay, StayQuerySet
from alongside.testing.cast import Cast

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


def _without(name: str) -> Plant:
    def plant(patch: pytest.MonkeyPatch) -> None:
        known = {key: rule for key, rule in doors.rules().items() if key != name}
        patch.setattr(doors, "rules", lambda: known)

    return plant


def _unchecked_middleware(patch: pytest.MonkeyPatch) -> None:
    _without("casefile:casefile")(patch)
    patch.setattr(doors.DeclaredDoors, "process_view", lambda *_: None)


def _everything_sealed(stay: Stay, *, staff: Staff) -> list[Sealed]:
    return list(Sealed.objects.filter(resident_id=stay.resident_id).for_page())


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


PLANTED: dict[str, tuple[str, Check, Plant]] = {
    "a view with no rule": ("G1", every_address_has_its_rule, _without("plans:plan")),
    "the lock is not looked at": (
        "G1", an_address_without_a_rule_answers_nobody, _unchecked_middleware,
    ),
    "found by its key alone": (
        "G2", another_service_finds_nothing,
        lambda patch: patch.setattr(StayQuerySet, "visible_to", lambda self, _: self),
    ),
    "a deny is ignored": (
        "G2", closed_by_name_looks_like_missing,
        lambda patch: patch.setattr(
            "alongside.organisation.backend.standing_from", lambda _: Standing()
        ),
    ),
    "one question forgets the deny": (
        "G6", both_questions_agree,
        lambda patch: patch.setattr(policy, "can", lambda *_: Answer(yes=True, why="planted")),
    ),
    "a sealed field in a list": (
        "G4", sealed_titles_are_for_few,
        lambda patch: patch.setattr(rights_queries, "sealed_in", _everything_sealed),
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
