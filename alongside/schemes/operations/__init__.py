"""What changes a scheme and its practice: its record, its version, and values of its own."""

from alongside.practice.shelf import OWN
from alongside.schemes.operations.added import (
    add_aim,
    add_duty,
    reword_aim,
    take_back_aim,
    withdraw_aim,
    withdraw_duty,
)
from alongside.schemes.operations.laying import length_of
from alongside.schemes.operations.person import (
    set_value_for_person,
    set_words_for_person,
    vary_for_person,
    why_not_for_one,
)
from alongside.schemes.operations.service import adopt, amend_scheme, set_up_scheme, set_value

__all__ = [
    "OWN",
    "add_aim",
    "add_duty",
    "adopt",
    "amend_scheme",
    "length_of",
    "reword_aim",
    "set_up_scheme",
    "set_value",
    "set_value_for_person",
    "set_words_for_person",
    "take_back_aim",
    "vary_for_person",
    "why_not_for_one",
    "withdraw_aim",
    "withdraw_duty",
]
