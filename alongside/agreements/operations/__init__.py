"""What changes agreements: publishing, explaining, signing, refusing; standing; breaches."""

from __future__ import annotations

from alongside.agreements.operations.breaches import (
    record_breach,
    resolve_breach,
    talk_about_breach,
)
from alongside.agreements.operations.explaining import (
    explain,
    give_copy,
    refuse,
    refuse_for_myself,
    sign_as_resident,
    sign_as_worker,
    sign_for_myself,
)
from alongside.agreements.operations.publishing import publish_text
from alongside.agreements.operations.standing import (
    make_full_resident,
    return_to_probation,
    start_support_agreement,
)

__all__ = [
    "explain",
    "give_copy",
    "make_full_resident",
    "publish_text",
    "record_breach",
    "refuse",
    "refuse_for_myself",
    "resolve_breach",
    "return_to_probation",
    "sign_as_resident",
    "sign_as_worker",
    "sign_for_myself",
    "start_support_agreement",
    "talk_about_breach",
]
