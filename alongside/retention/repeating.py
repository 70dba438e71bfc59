"""Repeats erasures that a restored backup does not know of, from the list kept beside it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from alongside.audit.actors import System
from alongside.audit.guard import guarded
from alongside.audit.operation import operation
from alongside.kit import clock
from alongside.organisation.models import Scheme
from alongside.residents.models import Resident
from alongside.retention.erasing import erase_person, erased_before
from alongside.retention.models import Answer, Erasure

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


def repeat_erasures() -> int:
    """Erase everybody on the list who is there again; how many there were."""
    again = 0
    with guarded():
        for said in list(erased_before()):
            if Resident.objects.filter(pk=UUID(said["person"])).exists():
                scheme = Scheme.objects.select_related("organisation").get(pk=said["scheme"])
                erase_again(scheme, by=RESTORING, said=said)
                again += 1
    return again
