"""Drafts that nobody finished: each night those go whose time is over, and their writers are told.

The practice where somebody works or lives says how long (`[retention.draft]`). For whoever works at
two services the longer of them holds. A draft about somebody whose file is held stays.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, time
from itertools import groupby
from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.audit.actors import Actor
from alongside.drafts.lasting import DRAFT
from alongside.drafts.models import Draft, GoneDraft
from alongside.drafts.naming import keys_in
from alongside.drafts.operations import expire
from alongside.kit.refusal import Refused
from alongside.organisation.models import Membership, Scheme, Staff
from alongside.post.operations import queue_letter
from alongside.retention.models import LegalHold, StaffHold
from alongside.retention.person import keys_of
from alongside.stays.models import Stay

SUBJECT = "Words that you began and did not finish"


def limit_at(scheme: Scheme) -> datetime:
    """What was last changed before this moment is kept no longer at this scheme."""
    day = scheme.pack.retention[DRAFT].keep.before(scheme.today())
    return datetime.combine(day, time.min, tzinfo=scheme.zone)


def over_at(scheme: Scheme) -> QuerySet[Draft]:
    """Drafts whose time is over, of those who work or live here; the oldest first.

    Those who also belong to a service that keeps drafts longer are left to that one.
    """
    limit = limit_at(scheme)
    others = Scheme.objects.filter(organisation=scheme.organisation_id).exclude(pk=scheme.pk)
    longer = [one.pk for one in others.select_related("organisation") if limit_at(one) < limit]
    found = Draft.objects.filter(_of_those_at([scheme.pk]), saved_at__lt=limit)
    found = found.exclude(_of_those_at(longer)) if longer else found
    held = StaffHold.objects.filter(ended_at=None).values("staff")
    found = found.filter(Q(staff=None) | ~Q(staff__in=held))
    return found.select_related("staff").order_by("staff", "resident_id", "saved_at", "pk")


def expire_drafts(scheme: Scheme, *, by: Actor) -> int:
    """Let every draft go whose time is over here, and tell their writers; how many went."""
    found = list(over_at(scheme))
    kept = _about_held_files(scheme, found)
    went: list[GoneDraft] = []
    for draft in found:
        if draft.pk not in kept:
            try:
                went.append(expire(scheme, by=by, draft=draft))
            except Refused:  # gone on with since the list was made
                continue
    for staff_id, theirs in groupby(went, key=lambda one: one.staff_id):
        if staff_id:
            _tell(scheme, Staff.objects.get(pk=staff_id), list(theirs), by)
    return len(went)


def _of_those_at(schemes: Iterable[UUID]) -> Q:
    works = Membership.objects.filter(scheme__in=schemes).values("staff")
    lives = Stay.objects.filter(scheme__in=schemes).values("resident")
    return Q(staff__in=works) | Q(resident_id__in=lives)


def _about_held_files(scheme: Scheme, drafts: Iterable[Draft]) -> set[UUID]:
    """Which of these are about, or by, somebody whose file is held."""
    named = {draft.pk: set(keys_in(f"{draft.form} {draft.at}")) for draft in drafts}
    if not named:
        return set()
    here = LegalHold.objects.filter(
        resident__organisation=scheme.organisation_id, ended_at=None
    ).values_list("resident", flat=True)
    held = {key for resident_id in here for key in keys_of(resident_id)}
    return {draft.pk for draft in drafts if draft.resident_id in held or named[draft.pk] & held}


def _tell(scheme: Scheme, staff: Staff, went: list[GoneDraft], by: Actor) -> None:
    """By e-mail, in words that name nobody; the page of what one began says the same."""
    if staff.has_left(scheme.today()) or not staff.email:
        return
    kinds = Counter(one.what for one in went)
    lines = [f"- {what}{f' ({many} times)' if many > 1 else ''}" for what, many in kinds.items()]
    text = (
        "You began these and never saved them. They were kept as long as the practice says"
        f" ({went[0].rule_says}), and went last night:\n{'\n'.join(lines)}\n\n"
        "If something still has to be written down, write it now. It is marked as late, and that is"
        " better than missing."
    )
    queue_letter(scheme, by=by, to=staff.email, subject=SUBJECT, text=text, about=went[0].pk)
