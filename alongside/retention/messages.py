"""Messages between colleagues that are about nobody: each night those go whose time is over.

The practice of the service says how long (`[retention.message]`), counted from the last message.
What is about somebody who lives here is kept and erased with their file. One in which somebody is
whose record is held stays.
"""

from __future__ import annotations

from datetime import date, datetime, time

from django.db.models import Exists, OuterRef, QuerySet

from alongside.audit.actors import Actor
from alongside.conversations.models import Conversation, Member
from alongside.conversations.operations import MESSAGE, expire
from alongside.conversations.queries import without_anybody
from alongside.organisation.models import Scheme
from alongside.retention.models import StaffHold

AT_ONCE = 200


def expire_messages(scheme: Scheme, *, by: Actor) -> int:
    """Let every conversation go whose time is over here, so many in a night; how many went.

    A practice that says nothing of messages keeps them.
    """
    rule = scheme.pack.retention.get(MESSAGE)
    if rule is None:
        return 0
    day = rule.keep.before(scheme.today())
    found = list(_older_than(day, scheme)[:AT_ONCE])
    for one in found:
        expire(scheme, by=by, conversation=one, before=day)
    return len(found)


def _older_than(day: date, scheme: Scheme) -> QuerySet[Conversation]:
    limit = datetime.combine(day, time.min, tzinfo=scheme.zone)
    held = StaffHold.objects.filter(ended_at=None).values("staff")
    inside = Member.objects.filter(conversation=OuterRef("pk"), staff__in=held)
    return without_anybody(scheme).filter(~Exists(inside), last_at__lt=limit)
