"""Who signs a document: the person, their worker, and whoever else a practice names."""

from __future__ import annotations

from dataclasses import dataclass

RESIDENT, WORKER = "resident", "worker"
PLAN, WEEKLY_FORM, AFTERCARE_PLAN = "plan", "weekly_form", "aftercare_plan"
DOCUMENTS = (PLAN, WEEKLY_FORM, AFTERCARE_PLAN)


@dataclass(frozen=True, slots=True)
class Signer:
    """One party to a document: `[signers.plan.KEY]`, `weekly_form` or `aftercare_plan`.

    The key `resident` is the person and `worker` their key worker or whoever stands in; any other
    is a further signer: a colleague who has one of `roles`, or with no roles somebody from
    outside, who signs with their name. Who is not `required` may sign, and nothing waits for them.
    """

    key: str
    says: str
    source: str
    required: bool = True
    roles: tuple[str, ...] = ()

    @property
    def is_further(self) -> bool:
        return self.key not in (RESIDENT, WORKER)
