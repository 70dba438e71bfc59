"""Writing down what to do, and whom to call, when something fails."""

from __future__ import annotations

from alongside.audit.operation import operation
from alongside.kit import clock
from alongside.kit.refusal import Refused
from alongside.organisation.models import Scheme, Staff
from alongside.practice.actions import Action
from alongside.rota.models import ContingencyPlan


@operation("contingency.written", needs=Action.WRITE_CONTINGENCY_PLAN)
def write_contingency_plan(
    scheme: Scheme, *, by: Staff, scenario: str, steps: str, calls: str
) -> ContingencyPlan:
    """Write what to do in one scenario and whom to call, in order; the one before stays.

    `calls` has one line for each: name, number, what for, with commas between.
    Refused when there is nothing to do, nobody to call, or a line has no number.
    Source: co-ordinator's job description (source 004), contingency planning.
    """
    if scenario not in scheme.pack.choices("contingency_scenarios"):
        raise Refused("That is not on the list.", instead="Choose one.", field="scenario")
    if not steps.strip():
        raise Refused(
            "Nothing has been written yet.", instead="Write what is to be done.", field="steps"
        )
    before = ContingencyPlan.objects.filter(scheme=scheme, scenario=scenario, replaced_at=None)
    last = before.first()
    before.update(replaced_at=clock.now())
    return ContingencyPlan.objects.create(
        scheme=scheme,
        scenario=scenario,
        number=last.number + 1 if last else 1,
        steps=steps.strip(),
        calls=_read(calls),
        written_by=by,
    )


def _read(calls: str) -> list[dict[str, str]]:
    """The lines in their order. Refused when one has no number."""
    read = []
    for line in filter(None, map(str.strip, calls.splitlines())):
        name, _, rest = (part.strip() for part in line.partition(","))
        number, _, what_for = (part.strip() for part in rest.partition(","))
        if not name or not number:
            raise Refused(
                f"“{line}” has no number.",
                instead="Write name, number, what for, with commas between.",
                field="calls",
            )
        read.append({"name": name, "number": number, "what_for": what_for})
    if not read:
        raise Refused("There is nobody to call.", instead="Write at least one line.", field="calls")
    return read
