"""What is done after a move: the offer, the plan, contact, the decision, the tenancy."""

from __future__ import annotations

from alongside.aftercare.operations.contacts import (
    add_tenancy_step,
    check_welfare,
    plan_contact,
    raise_concern,
    record_contact,
    resolve_concern,
)
from alongside.aftercare.operations.deciding import (
    accept_referral,
    approve_extension,
    close_aftercare,
    decide_aftercare,
    refuse_decision,
    tenancy_failed,
)
from alongside.aftercare.operations.episodes import (
    answer_offer,
    cancel_aftercare,
    change_dates,
    open_aftercare,
)
from alongside.aftercare.operations.plans import (
    refuse_as_further,
    sign_as_further,
    sign_as_resident,
    sign_as_worker,
    write_aftercare_plan,
)

__all__ = [
    "accept_referral",
    "add_tenancy_step",
    "answer_offer",
    "approve_extension",
    "cancel_aftercare",
    "change_dates",
    "check_welfare",
    "close_aftercare",
    "decide_aftercare",
    "open_aftercare",
    "plan_contact",
    "raise_concern",
    "record_contact",
    "refuse_as_further",
    "refuse_decision",
    "resolve_concern",
    "sign_as_further",
    "sign_as_resident",
    "sign_as_worker",
    "tenancy_failed",
    "write_aftercare_plan",
]
