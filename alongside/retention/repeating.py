"""Repeats erasures that a restored backup does not know of, from the list kept beside it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from alongside.audit.actors import System
from alongside.audit.guard import guarded
from alongside.audit.operation import operation
from alongside.kit import clock
from alongside.organisation.models import Scheme, Staff
from alongside.residents.models import Resident
from alongside.retention.erasing import erase_person, erased_before
from alongside.retention.forgetting import NOWHERE, forget_colleague
from alongside.retention.models import Answer, Erasure, StaffErasure

RESTORING = System("restoring a backup")


@operation("person.erased_again", needs=None)
def erase_again(scheme: Scheme, *, by: System, said: dict[str, Any]) -> Erasure:
    """Erase somebody whom a backup brought back, as two people decided when it was made."""
    erasure, _ = Erasure.objects.get_or_create(
        pk=UUID(said["erasure"]),
        defaults={
            "scheme": scheme, "resident_id": UUID(said["person"]), "rule": said["rule"],
            "rule_says": said["rule_says"], "source": said["source"],
            "due_on": date.fromisoformat(said["due_on"]), "asked_by_id": UUID(said["asked_by"]),
        },
    )  # fmt: skip
    erasure.answer, erasure.answered_by_id = Answer.ERASE, UUID(said["answered_by"])
    erasure.answered_at = erasure.erased_at = clock.now()
    erasure.counts = erase_person(erasure, approved_by=erasure.answered_by_id, again=True)
    erasure.save()
    return erasure


@operation("colleague.erased_again", needs=None)
def forget_again(scheme: Scheme, *, by: System, said: dict[str, Any]) -> StaffErasure:
    """Erase what a backup brought back of somebody who worked here, as two people decided."""
    erasure, _ = StaffErasure.objects.get_or_create(
        pk=UUID(said["erasure"]),
        defaults={
            "scheme": scheme, "staff_id": UUID(said["colleague"]), "rule": said["rule"],
            "rule_says": said["rule_says"], "source": said["source"],
            "due_on": date.fromisoformat(said["due_on"]), "asked_by_id": UUID(said["asked_by"]),
        },
    )  # fmt: skip
    erasure.answer, erasure.answered_by_id = Answer.ERASE, UUID(said["answered_by"])
    erasure.answered_at = erasure.erased_at = clock.now()
    erasure.counts = forget_colleague(erasure, approved_by=erasure.answered_by_id, again=True)
    erasure.save()
    return erasure


def repeat_erasures() -> int:
    """Erase everybody on the list who is there again; how many there were."""
    again = 0
    with guarded():
        for said in list(erased_before()):
            if act := _to_repeat(said):
                scheme = Scheme.objects.select_related("organisation").get(pk=said["scheme"])
                act(scheme, by=RESTORING, said=said)
                again += 1
    return again


def _to_repeat(said: dict[str, Any]) -> Any:
    """What has to be done again of one line of the list, if anything."""
    if "person" in said:
        back = Resident.objects.filter(pk=UUID(said["person"])).exists()
        return erase_again if back else None
    there = Staff.objects.filter(pk=UUID(said["colleague"]))
    return forget_again if there.exclude(email__endswith=f"@{NOWHERE}").exists() else None
