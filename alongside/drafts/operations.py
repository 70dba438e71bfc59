"""That a draft went when its time was over, and that its writer read so.

Keeping one is no operation (`alongside.drafts.keeping`): a draft is no record yet. That it goes is.
"""

from __future__ import annotations

from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.drafts.lasting import DRAFT
from alongside.drafts.models import Draft, GoneDraft
from alongside.drafts.naming import in_words
from alongside.kit import clock
from alongside.kit.refusal import NotPermitted, Refused
from alongside.organisation.models import Scheme


@operation("draft.expired", needs=None)
def expire(scheme: Scheme, *, by: Actor, draft: Draft) -> GoneDraft:
    """Take a draft away for good; what is kept is of which kind it was, and for whom.

    Whoever calls has asked whether its time is over. Refused when it was changed or saved since.
    """
    there = Draft.objects.filter(pk=draft.pk, saved_at=draft.saved_at)
    if not there.delete()[0]:
        raise Refused("Somebody has just gone on with it.", instead="Leave it.")
    rule = scheme.pack.retention[DRAFT]
    return GoneDraft.objects.create(
        scheme=scheme, staff_id=draft.staff_id, resident_id=draft.resident_id,
        what=in_words(draft.form), rule_says=f"{rule.says}: {rule.keep.in_words}",
        saved_at=draft.saved_at,
    )  # fmt: skip


def already_read(gone: GoneDraft) -> Refused | None:
    """It is read once."""
    if gone.read_at is None:
        return None
    return Refused("You have read this.", instead="There is nothing left to do.")


@operation("draft.gone_read", needs=None, unless=already_read)
def read_of_all(gone: GoneDraft, *, by: Actor) -> GoneDraft:
    """Say that one has read which drafts went: this one, and all others of the same writer.

    Refused to anybody but its writer.
    """
    if by.actor_id not in (gone.staff_id, gone.resident_id):
        raise NotPermitted("Somebody else wrote it.", instead="It is for them to read.")
    gone.read_at = clock.now()
    theirs = GoneDraft.objects.filter(
        staff=gone.staff_id, resident_id=gone.resident_id, read_at=None
    )
    theirs.update(read_at=gone.read_at)
    return gone
