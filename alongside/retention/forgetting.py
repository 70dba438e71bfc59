"""Takes what is personal of somebody who worked here out of every table; their name stays.

It is called by one operation, inside its transaction, with the permit of two people.
"""

from __future__ import annotations

from itertools import batched
from uuid import UUID

from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Q

from alongside.audit.models import Once, Payload, Permit
from alongside.organisation.models import Staff
from alongside.post.models import Letter
from alongside.retention.colleague import (
    WITHOUT_WORDS,
    keys_of_colleague,
    loose_rows_of,
    rows_of,
)
from alongside.retention.erasing import (
    afterwards,
    count,
    files_of,
    require_room_on_the_list,
)
from alongside.retention.models import StaffErasure
from alongside.retention.person import AT_ONCE

ERASED = "erased"
NOWHERE = "erased.invalid"
"""A domain that cannot be, RFC 2606: an address there reaches nobody."""


def forget_colleague(
    erasure: StaffErasure, *, approved_by: UUID, again: bool = False
) -> dict[str, int]:
    """Erase what is about this colleague alone; how many rows went, by table."""
    if not again:
        require_room_on_the_list()
    staff = Staff.objects.get(pk=erasure.staff_id)
    keys = keys_of_colleague(staff.pk)
    permit = Permit.objects.create(
        erasure_id=erasure.pk, asked_by_id=erasure.asked_by_id, approved_by_id=approved_by
    )
    counts: dict[str, int] = {}
    letters = Letter.objects.filter(to__iexact=staff.email)
    files = []
    for rows in (*loose_rows_of(staff.pk, keys), letters, *rows_of(staff.pk)):
        pks = list(rows.values_list("pk", flat=True))
        files += list(files_of(rows.model, pks))
        gone = rows.model._base_manager.filter(pk__in=pks)
        count(counts, rows.model, gone._raw_delete(gone.db))
    _leave_no_words(staff.pk)
    _empty_the_journal(keys, erasure.pk)
    permit.delete()
    _leave_the_name(staff)
    transaction.on_commit(lambda: afterwards(files, _as_told(erasure), tell=not again))
    return counts


def _leave_no_words(staff_id: UUID) -> None:
    for label, (way, fields) in WITHOUT_WORDS.items():
        rows = apps.get_model(label)._base_manager.filter(**{way: staff_id})
        for field in fields:
            rows.exclude(**{field: ""}).update(**{field: ERASED})


def _leave_the_name(staff: Staff) -> None:
    """What stays of the row: the name and the initials on what they wrote and signed."""
    staff.email, staff.username = f"{staff.pk}@{NOWHERE}", None
    staff.password, staff.signing_pin = make_password(None), ""
    staff.left_because, staff.is_active = "", False
    staff.save()


def _empty_the_journal(keys: set[UUID], erasure_id: UUID) -> None:
    """What the journal said of records that went. What they did to others' records stays told."""
    for some in batched(sorted(keys), AT_ONCE, strict=False):
        told = Payload.objects.filter(Q(entry__record_id__in=some), erased_by=None)
        pks = list(told.values_list("pk", flat=True))
        Payload.objects.filter(pk__in=pks).update(values={}, salt="", erased_by=erasure_id)
        Once.objects.filter(record_id__in=some).delete()


def _as_told(erasure: StaffErasure) -> dict[str, str]:
    """What a restored backup needs to repeat it."""
    return {
        "erasure": str(erasure.pk), "colleague": str(erasure.staff_id),
        "scheme": str(erasure.scheme_id), "rule": erasure.rule, "rule_says": erasure.rule_says,
        "source": erasure.source, "due_on": erasure.due_on.isoformat(),
        "asked_by": str(erasure.asked_by_id), "answered_by": str(erasure.answered_by_id),
    }  # fmt: skip
