"""What was written on the way in, and goes when whom to call is put under seal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from alongside.admissions.models import Admission
from alongside.admissions.operations import forget_contacts, put_contacts_back
from alongside.rights.parts import Line, Part, can_be_sealed, goes_back_to
from alongside.stays.models import Stay

PLACE = "admission-"
TITLE = "Whom to call, as named at admission"


@can_be_sealed
def contacts_on_the_way_in(stay: Stay) -> Iterator[Part]:
    """Those who were named while somebody was admitted; the file has its own copy."""
    for one in Admission.objects.filter(stay=stay).exclude(contacts=[]):
        lines = [" ".join(str(v) for v in said.values() if v) for said in one.contacts]

        def take(by: Any, admission: Admission = one) -> object:
            return forget_contacts(admission, by=by)

        yield Part(f"{PLACE}{one.pk}", TITLE, "\n".join(lines), take, {"contacts": one.contacts})


def _naming_nobody(stay: Stay, title: str) -> Iterator[tuple[str, str]]:
    if title != TITLE:
        return
    for one in Admission.objects.filter(stay=stay, contacts=[]):
        yield f"{PLACE}{one.pk}", "In what was written on the way in"


@goes_back_to(
    PLACE, empty=_naming_nobody, lines=(Line("words", "Whom to call, each on a line", needed=True),)
)
def contacts_again(stay: Stay, by: Any, key: str, values: Mapping[str, Any]) -> object:
    """Where they were taken from."""
    found = Admission.objects.filter(resident=stay.resident_id)
    one = found.select_related(*Admission.LOCK_WITH).get(pk=UUID(key.removeprefix(PLACE)))
    lines = str(values.get("words", "")).splitlines()
    told = values.get("contacts") or [{"name": line} for line in lines if line.strip()]
    return put_contacts_back(one, by=by, contacts=told)
