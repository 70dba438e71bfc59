"""Visits before somebody moves in."""

from __future__ import annotations

from datetime import date

from alongside.admissions.models import Visit
from alongside.audit.operation import operation
from alongside.kit.refusal import Refused
from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.referrals.models import Referral


@operation("visit.recorded", needs=Action.REGISTER_REFERRAL)
def record_visit(
    referral: Referral,
    *,
    by: Staff,
    visited_on: date,
    place: str,
    took_part: str,
    questions: str = "",
    words: str = "",
    key_worker: Staff | None = None,
    key_worker_there: bool = False,
) -> Visit:
    """Record a visit before moving in; `key_worker` is who has been named by then.

    Refused for a day to come or after they moved in, without a place or people, and when the
    key worker is said to have been there without being named.
    Source: key worker guidance, 1 and 2: taking part in visits before admission.
    """
    if visited_on > referral.scheme.today():
        raise Refused(
            "This visit is still to come.", instead="Record it afterwards.", field="visited_on"
        )
    if referral.stay and visited_on > referral.stay.moved_in_on:
        raise Refused(
            "They had moved in by then.", instead="Write a note instead.", field="visited_on"
        )
    if key_worker_there and key_worker is None:
        raise Refused(
            f"It does not say who was there as {referral.scheme.word('key_worker')}.",
            instead="Choose who it is to be.",
            field="key_worker",
        )
    if key_worker and referral.scheme_id not in key_worker.scheme_ids():
        raise Refused(
            f"{key_worker} does not work here.",
            instead="Choose somebody who does.",
            field="key_worker",
        )
    return Visit.objects.create(
        referral=referral, visited_on=visited_on, place=place.strip(), took_part=took_part.strip(),
        questions=questions.strip(), words=words.strip(), key_worker=key_worker,
        key_worker_there=key_worker_there, recorded_by=by,
    )  # fmt: skip
