"""How long what somebody began is kept, and which of it goes soon: as the practice says.

For whoever works at several services the longest of their rules holds.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from alongside.drafts.models import Draft
from alongside.organisation.models import Scheme, Staff
from alongside.practice.rules import Retention

DRAFT = "draft"
"""The rule for what was never finished, in every pack."""
WARNED = "draft_warned"


def rule_for(staff: Staff) -> Retention | None:
    """The rule that keeps their drafts longest; None for whoever works nowhere."""
    here = staff.schemes()
    rules = (one.pack.retention[DRAFT] for one in here)
    return max(rules, key=lambda one: one.keep.after(here[0].today()), default=None)


def goes_after(staff: Staff, saved_on: date) -> date | None:
    """The last day on which something last changed on that day is kept."""
    rule = rule_for(staff)
    return rule.keep.after(saved_on) if rule else None


def soon_before(staff: Staff, scheme: Scheme) -> datetime:
    """What was last changed before this moment goes within the days that the practice warns."""
    rule = rule_for(staff) or scheme.pack.retention[DRAFT]
    warned = timedelta(days=scheme.pack.limit(WARNED).number)
    last = rule.keep.before(scheme.today() + warned) + timedelta(days=1)
    return datetime.combine(last, time.min, tzinfo=scheme.zone)


def drafts_going(staff: Staff, scheme: Scheme) -> int:
    """How many of theirs go within those days."""
    return Draft.objects.filter(staff=staff, saved_at__lt=soon_before(staff, scheme)).count()
