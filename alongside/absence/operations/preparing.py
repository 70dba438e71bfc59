"""Meeting somebody before leave, and writing down what was agreed."""

from __future__ import annotations

from datetime import date

from alongside.absence.models import Absence, Arrangement
from alongside.absence.operations.checks import not_in_force, require_words
from alongside.absence.queries import held_during
from alongside.audit.operation import operation
from alongside.kit import clock
from alongside.kit.refusal import Refused
from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.stays.models import Stay
from alongside.stays.operations import already_ended


@operation("leave.arranged", needs=Action.RECORD_KEY_WORK, unless=already_ended)
def arrange(
    stay: Stay,
    *,
    by: Staff,
    absence: Absence,
    met_on: date,
    agreed: str,
    with_worker: Staff | None = None,
) -> Arrangement:
    """Write down that somebody was met before leave, and which sessions were agreed instead.

    `with_worker` is whom they see in that time, when it is a colleague. Written again, the later
    words hold and the earlier stay on the file.

    Refused when the meeting lies ahead or outside the stay, the leave is not approved, or this
    person is not theirs. Source: Key Working, step 4.
    """
    if refusal := not_in_force(absence):
        raise refusal
    if stay.pk not in {one.pk for one in held_during(absence)}:
        raise Refused(
            f"{absence.worker} does not hold the case of {stay.resident} then.",
            instead="Choose somebody who is theirs.",
        )
    stay.require_current(on=met_on, field="met_on")
    words = require_words(agreed, field="agreed", instead="Write which sessions you agreed.")
    if with_worker and with_worker.pk == absence.worker_id:
        raise Refused(
            f"{with_worker} is the one who is away.",
            instead="Choose a colleague, or nobody.",
            field="with_worker",
        )
    Arrangement.objects.filter(absence=absence, stay=stay, replaced_at=None).update(
        replaced_at=clock.now()
    )
    return Arrangement.objects.create(
        absence=absence,
        stay=stay,
        met_on=met_on,
        agreed=words,
        with_worker=with_worker,
        recorded_by=by,
    )
