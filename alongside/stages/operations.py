"""What changes stages."""

from __future__ import annotations

from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.kit import clock
from alongside.kit.refusal import Refused
from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.stages.models import Move, StageMove
from alongside.stays.models import Stay


@operation("stage.entered", needs=Action.ADMIT)
def enter_first_stage(stay: Stay, *, by: Actor) -> StageMove:
    """Put a person who has just moved in at the first stage of the service.

    Refused when the service has no stages, or they are at a stage already.

    Source: Key Working, Appendix 2.
    """
    pack = stay.scheme.pack
    if not pack.has("stages") or not len(pack.stages):
        raise Refused(
            "This service does not work with stages.",
            instead="Record their progress in the plan and the assessments.",
        )
    return StageMove.objects.create(
        stay=stay,
        kind=Move.ENTERED,
        stage=pack.first_stage.key,
        at=clock.now(),
        moved_by=by if isinstance(by, Staff) else None,
        practice=stay.scheme.practice_name,
    )
