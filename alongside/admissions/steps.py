"""The steps of an admission: what each asks, and what is still missing before it can finish."""

from __future__ import annotations

from dataclasses import dataclass

from alongside.admissions.models import Admission
from alongside.allocations.queries import holder
from alongside.sheets.keeping import still_open

MINIMUM = "minimum"
FULL = "full"
KEY_WORKER = "key-worker"
# Asked by steps of their own, so not by the sheet.
NAME, CONTACT = "name", "emergency_contact"


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the admission. `tonight` steps are enough to give a bed in an emergency."""

    key: str
    says: str
    missing: tuple[str, ...]
    tonight: bool = False

    @property
    def is_done(self) -> bool:
        return not self.missing


def steps_of(admission: Admission) -> list[Step]:
    """Every step with what it still lacks, in the order in which they are asked.

    Nobody is asked for a key worker where the practice works without them.
    """
    worker = admission.scheme.pack.term("key_worker")
    steps = [
        Step("safety", "Safety and allergies", tuple(_safety(admission)), tonight=True),
        Step("arrival", "Bed, day and time", tuple(_arrival(admission)), tonight=True),
        Step(KEY_WORKER, worker.singular.capitalize(), tuple(_key_worker(admission))),
        Step("contacts", "Whom to call", tuple(_contacts(admission))),
        Step("more", "What they bring and need", ()),
        Step("texts", "Agreement and guide", tuple(_texts(admission))),
    ]
    named = admission.scheme.pack.has_key_working
    return [step for step in steps if named or step.key != KEY_WORKER]


def _safety(admission: Admission) -> list[str]:
    asked = admission.sheet.asked
    here = {q.key for s in asked.sections if s.key == MINIMUM for q in s.questions}
    return [q.says for q in still_open(admission.sheet) if q.key in here and q.key != NAME]


def _arrival(admission: Admission) -> list[str]:
    missing = [] if admission.bed_id else ["The bed"]
    return missing + ([] if admission.moved_in_on else ["The day they move in"])


def _key_worker(admission: Admission) -> list[str]:
    if admission.key_worker_id or (admission.stay and holder(admission.stay)):
        return []
    worker = admission.scheme.pack.term("key_worker").with_article
    return [f"{worker.capitalize()}, or somebody named for the time being"]


def _contacts(admission: Admission) -> list[str]:
    if admission.contacts or admission.no_contact_because:
        return []
    return ["Somebody to call in an emergency, or why there is nobody"]


def _texts(admission: Admission) -> list[str]:
    if admission.texts.get("keys") or admission.texts.get("not_today"):
        return []
    return ["Which texts were explained, or that none could be today"]
