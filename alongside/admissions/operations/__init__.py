"""What changes an admission: begun, kept step by step, finished; inductions; moving on."""

from __future__ import annotations

from alongside.admissions.operations.beginning import (
    abandon_admission,
    begin_admission,
    forget_contacts,
    keep_answers,
    keep_arrival,
    keep_contacts,
    keep_key_worker,
    keep_texts,
    put_contacts_back,
)
from alongside.admissions.operations.checks import not_open
from alongside.admissions.operations.induction import (
    hold_induction,
    plan_induction,
    refuse_induction,
    sign_induction_as_resident,
    sign_induction_as_worker,
    tick_items,
)
from alongside.admissions.operations.leaving import move_on
from alongside.admissions.operations.moving_in import finish_admission, give_bed_tonight

__all__ = [
    "abandon_admission",
    "begin_admission",
    "finish_admission",
    "forget_contacts",
    "give_bed_tonight",
    "hold_induction",
    "keep_answers",
    "keep_arrival",
    "keep_contacts",
    "keep_key_worker",
    "keep_texts",
    "move_on",
    "not_open",
    "plan_induction",
    "put_contacts_back",
    "refuse_induction",
    "sign_induction_as_resident",
    "sign_induction_as_worker",
    "tick_items",
]
