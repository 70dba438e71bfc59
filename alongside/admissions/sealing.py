"""What was written on the way in, and goes when whom to call is put under seal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from alongside.admissions.models import Admission
from alongside.admissions.operations import forget_contacts
from alongside.rights.parts import Part, can_be_sealed
from alongside.stays.models import Stay


@can_be_sealed
def contacts_on_the_way_in(stay: Stay) -> Iterator[Part]:
    """Those who were named while somebody was admitted; the file has its own copy."""
    for one in Admission.objects.filter(stay=stay).exclude(contacts=[]):
        lines = [" ".join(str(v) for v in said.values() if v) for said in one.contacts]

        def take(by: Any, admission: Admission = one) -> object:
            return forget_contacts(admission, by=by)

        yield Part(
            f"admission-{one.pk}", "Whom to call, as named at admission", "\n".join(lines), take
        )
