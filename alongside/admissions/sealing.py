"""What was written on the way in, and goes when whom to call is put under seal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from alongside.admissions.models import Admission
from alongside.admissions.operations import forget_contacts, put_contacts_back
from alongside.rights.parts import Part, can_be_sealed, goes_back_to
from alongside.stays.models import Stay

PLACE = "admission-"


@can_be_sealed
def contacts_on_the_way_in(stay: Stay) -> Iterator[Part]:
    """Those who were named while somebody was admitted; the file has its own copy."""
    for one in Admission.objects.filter(stay=stay).exclude(contacts=[]):
        lines = [" ".join(str(v) for v in said.values() if v) for said in one.contacts]

        def take(by: Any, admission: Admission = one) -> object:
            return forget_contacts(admission, by=by)

        says = "Whom to call, as named at admission"
        yield Part(f"{PLACE}{one.pk}", says, "\n".join(lines), take, {"contacts": one.contacts})


@goes_back_to(PLACE)
def contacts_again(stay: Stay, by: Any, key: str, values: Mapping[str, Any]) -> object:
    """Where they were taken from."""
    found = Admission.objects.filter(resident=stay.resident_id)
    one = found.select_related(*Admission.LOCK_WITH).get(pk=UUID(key.removeprefix(PLACE)))
    return put_contacts_back(one, by=by, **values)
