"""The monthly comparison of what the resident says is done with the evidence for it."""

from __future__ import annotations

from uuid import UUID

from alongside.audit.operation import operation
from alongside.kit.refusal import Refused
from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.stages.models import Reconciliation
from alongside.stages.queries import compared_lately
from alongside.stays.models import Stay
from alongside.stays.operations import already_ended


@operation("evidence.reconciled", needs=Action.RECONCILE_EVIDENCE, unless=already_ended)
def reconcile(
    stay: Stay,
    *,
    by: Staff,
    record_type: str,
    record_id: UUID,
    says: str,
    outcome: str,
    words: str = "",
) -> Reconciliation:
    """Record what the comparison made of one thing said to be done.

    `outcome` is of the pack's list: matched, evidence missing, not done. On the same day a new
    outcome takes the place of the last.

    Source: Key Working, step 6.
    """
    chosen = stay.scheme.pack.choices("reconciliation_outcomes")[outcome]
    made, _ = Reconciliation.objects.update_or_create(
        stay=stay,
        record_id=record_id,
        reconciled_on=stay.scheme.today(),
        defaults={
            "record_type": record_type,
            "says": says[:300],
            "outcome": chosen.key,
            "words": words,
            "reconciled_by": by,
        },
    )
    return made


@operation("evidence.nothing_to_reconcile", needs=Action.RECONCILE_EVIDENCE, unless=already_ended)
def reconcile_nothing(stay: Stay, *, by: Staff, words: str = "") -> Reconciliation:
    """Record that the comparison was held, and that nothing is said to be done.

    The row is about the stay itself. Refused when there is something to compare.

    Source: Key Working, step 6.
    """
    if compared_lately(stay):
        raise Refused(
            "There is something to compare.",
            instead="Say of each line what the evidence says.",
        )
    made, _ = Reconciliation.objects.update_or_create(
        stay=stay,
        record_id=stay.pk,
        reconciled_on=stay.scheme.today(),
        defaults={
            "record_type": stay._meta.label,
            "says": "Nothing is said to be done",
            "outcome": Reconciliation.NOTHING,
            "words": words,
            "reconciled_by": by,
        },
    )
    return made
