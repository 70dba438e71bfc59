"""What is done to the rota: putting down, taking off, swapping, coming, leaving, planning."""

from __future__ import annotations

from alongside.rota.operations.contingency import write_contingency_plan
from alongside.rota.operations.contracting import contract_hours
from alongside.rota.operations.hours import clock_in, clock_out, correct_clocking
from alongside.rota.operations.placing import copy_week, put_down, set_level, take_off
from alongside.rota.operations.swaps import answer_swap, decide_swap, offer_swap

__all__ = [
    "answer_swap",
    "clock_in",
    "clock_out",
    "contract_hours",
    "copy_week",
    "correct_clocking",
    "decide_swap",
    "offer_swap",
    "put_down",
    "set_level",
    "take_off",
    "write_contingency_plan",
]
