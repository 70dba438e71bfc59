"""The database itself refuses what contradicts itself."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from alongside.kit import clock
from alongside.stages.models import (
    Dispute,
    Evidence,
    EvidenceNote,
    MoveAnswer,
    Reading,
    Reconciliation,
    StageMove,
    TaskDecision,
)
from alongside.stages.tests.scenes import TODAY


def refused(make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "entered", "from_stage": "stage-1"},
        {"kind": "promoted", "from_stage": ""},
        {"kind": "promoted", "from_stage": "stage-2"},
        {"kind": "kept", "from_stage": "stage-1", "reason": "x"},
        {"kind": "demoted", "from_stage": "stage-3"},
        {"kind": "early", "from_stage": "stage-1", "reason": "x"},
        {"told_on": TODAY},
        {"answer": "x"},
        {"lifted_because": "x"},
        {"lifted_at": "now"},
    ],
)
def test_a_move_that_contradicts_itself(tomasz, wrong):
    fine = {"kind": "promoted", "from_stage": "stage-1", "stage": "stage-2", "stay": tomasz,
            "at": clock.now(), "practice": "x"}  # fmt: skip
    StageMove.objects.create(**fine)
    if "lifted_at" in wrong:
        wrong = {"lifted_at": clock.now()}
    refused(lambda: StageMove.objects.create(**{**fine, **wrong}))


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "lapsed"},
        {"kind": "waived", "reason": "x"},
        {"kind": "substituted", "reason": "x"},
        {"kind": "not_applicable", "reason": "x"},
        {"decided_by": None},
        {"replaced_by": "x"},
    ],
)
def test_a_decision_that_contradicts_itself(tomasz, amina, wrong):
    fine = {"stay": tomasz, "task": "P1", "kind": "verified", "decided_by": amina,
            "decided_on": TODAY, "practice": "x"}  # fmt: skip
    TaskDecision.objects.create(**fine)
    refused(lambda: TaskDecision.objects.create(**{**fine, **wrong}))


@pytest.mark.parametrize(
    "wrong",
    [{"words": ""}, {"file_name": "x"}, {"record_type": "x"}, {"by_staff": None}],
)
def test_evidence_that_contradicts_itself(tomasz, amina, wrong):
    fine = {"stay": tomasz, "task": "P1", "kind": "note", "happened_on": TODAY, "words": "x",
            "by_staff": amina}  # fmt: skip
    Evidence.objects.create(**fine)
    refused(lambda: Evidence.objects.create(**{**fine, **wrong}))


def test_readings_disputes_notes_and_comparisons_that_contradict_themselves(tomasz, amina):
    one = Evidence.objects.create(
        stay=tomasz, task="P1", kind="note", happened_on=TODAY, words="x", by_staff=amina
    )
    said = {"stay": tomasz, "evidence": one, "read_by": amina}
    refused(lambda: Reading.objects.create(**said, verdict="rejected"))
    reading = Reading.objects.create(**said, verdict="rejected", reason="x")
    refused(
        lambda: Dispute.objects.create(
            stay=tomasz, reading=reading, words="x", answered=reading, by_staff=amina
        )
    )
    refused(lambda: Dispute.objects.create(stay=tomasz, reading=reading, words="x"))
    refused(lambda: EvidenceNote.objects.create(stay=tomasz, words="", written_on=TODAY,
                                                by_staff=amina))  # fmt: skip
    compared = {"stay": tomasz, "record_type": "x", "record_id": one.pk, "says": "x",
                "reconciled_by": amina, "reconciled_on": TODAY}  # fmt: skip
    refused(lambda: Reconciliation.objects.create(**compared, outcome=""))
    Reconciliation.objects.create(**compared, outcome="matched")
    refused(lambda: Reconciliation.objects.create(**compared, outcome="matched"))


def test_an_answer_to_a_move_back_says_something(tomasz):
    move = StageMove.objects.create(
        kind="demoted", from_stage="stage-2", stage="stage-1", stay=tomasz, at=clock.now(),
        practice="x", reason="breach",
    )  # fmt: skip
    refused(lambda: MoveAnswer.objects.create(stay=tomasz, move=move, words=""))
