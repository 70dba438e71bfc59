"""What begins and ends privileges. Stages decide; nobody grants one by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.practice.stages import Privilege as PackPrivilege
from alongside.privileges.models import Privilege
from alongside.stays.models import Stay


@operation("privileges.changed", needs=Action.PROMOTE)
def set_privileges(
    stay: Stay, *, by: Actor, unlocked: Sequence[PackPrivilege], stage: str, from_at: datetime
) -> Stay:
    """Make what a resident holds from that moment exactly what their stage unlocks.

    What is no longer unlocked ends then; a different number ends the old and begins the new;
    what is unchanged keeps its beginning.
    """
    wanted = {privilege.key: privilege for privilege in unlocked}
    for held in Privilege.objects.open_or_coming(from_at).filter(stay=stay):
        offered = wanted.get(held.kind)
        if offered and offered.number == held.number and held.until_at is None:
            del wanted[held.kind]
        else:
            held.until_at = max(from_at, held.from_at)
            held.save(update_fields=["until_at"])
    for new in wanted.values():
        Privilege.objects.create(
            stay=stay,
            kind=new.key,
            says=new.says,
            number=new.number,
            unit=new.unit,
            stage=stage,
            from_at=from_at,
            begun_by=by if isinstance(by, Staff) else None,
        )
    return stay
