"""What any field of any form refuses, and the plain words it says it in.

The bounds are not a practice's: no form of any house means the year 1, forty digits, or a text
as long as a book. They keep junk from the operations, which have better reasons to refuse.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

FIRST_YEAR, LAST_YEAR = 1900, 2199
LARGEST_NUMBER = 1_000_000_000
LONGEST_TEXT = 50_000

# By Django's code for what is wrong, for every field.
SAYS = {
    "min_value": "That number is too small. Write %(limit_value)s or more.",
    "max_value": "That number is too large. Write %(limit_value)s or less.",
    "max_length": "That is too long: %(show_value)d characters. Write at most %(limit_value)d.",
    "min_length": "That is too short. Write at least %(limit_value)d characters.",
    "max_digits": "That number is too long. Write at most %(max)s digits.",
    "max_decimal_places": "That number is too exact. Write at most %(max)s decimal places.",
    "max_whole_digits": "That number is too large. Write at most %(max)s digits before the point.",
    "null_characters_not_allowed": "There is something in here that is not text. Type it again.",
}
# What is not even of the kind that was asked for, by the kind of field; the first that fits.
NO_SUCH: list[tuple[type[forms.Field], str, str]] = [
    (
        forms.DateTimeField,
        "invalid",
        "There is no such time. Write it like 20/04/2026 14:30.",
    ),
    (forms.DateField, "invalid", "There is no such date. Write one like 20/04/2026."),
    (forms.TimeField, "invalid", "There is no such time. Write one like 14:30."),
    (forms.DecimalField, "invalid", "That is not a number. Write it in figures, such as 12.50."),
    (forms.IntegerField, "invalid", "That is not a whole number. Write it in figures, such as 12."),
    (forms.EmailField, "invalid", "That is not an e-mail address. Write it as name@place."),
    (forms.ChoiceField, "invalid_choice", "That is not one of the choices. Choose from the list."),
    (forms.FileField, "empty", "This file is empty. Choose another one."),
    (forms.FileField, "missing", "No file arrived. Choose it again."),
    (forms.FileField, "invalid", "No file arrived. Choose it again."),
]


def speak_plainly(field: forms.Field) -> None:
    """Give a field the house's words, where it has none of its own, and the house's bounds."""
    for code, words in SAYS.items():
        field.error_messages.setdefault(code, words)
    for kind, code, words in NO_SUCH:
        if isinstance(field, kind) and _has_djangos_words(field, code):
            field.error_messages[code] = words
    _bound(field)


def _has_djangos_words(field: forms.Field, code: str) -> bool:
    said = field.error_messages.get(code)
    return any(
        base.__module__.startswith("django.")
        and vars(base).get("default_error_messages", {}).get(code) is said
        for base in type(field).__mro__
    )


def _bound(field: forms.Field) -> None:
    if isinstance(field, forms.DateField | forms.DateTimeField):
        field.validators = [*field.validators, within_living_memory]
    elif isinstance(field, forms.IntegerField) and field.max_value is None:
        field.validators = [*field.validators, not_past_counting]
    elif isinstance(field, forms.CharField) and field.max_length is None:
        field.validators = [*field.validators, not_a_book]


def within_living_memory(value: date | datetime) -> None:
    """Refuse a year that is a slip of the finger."""
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValidationError(
            f"The year {value.year} cannot be right. Write a year with four figures, such as 2026.",
            code="year",
        )


def not_past_counting(value: Any) -> None:
    """Refuse a number that nothing can be counted to."""
    if abs(value) > LARGEST_NUMBER:
        raise ValidationError("That number is too large. Write it again.", code="number")


def not_a_book(value: str) -> None:
    """Refuse a text that no record is meant to hold."""
    if len(value) > LONGEST_TEXT:
        raise ValidationError(
            f"That is too long: {len(value):,} characters. Write at most {LONGEST_TEXT:,}, "
            "and attach the rest as a file or write it as a second entry.",
            code="book",
        )
