"""Which passwords are refused: short ones, common ones, and names that anybody here knows.

Nothing else: no rule of signs and figures, and no change every so many months, which only make
people write passwords down.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError

from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.signin.bloom import Bloom

COMMON = Path(__file__).with_name("common-passwords.bloom")
SHORTEST_NAME = 4
"""A name shorter than this stands in too many good passwords by chance."""


@cache
def common_passwords() -> Bloom:
    """The most common passwords; see docs/explanation/signing-in-and-sessions.md for how many."""
    return Bloom.read(COMMON)


def plain(text: str) -> str:
    """Small letters without accents and without signs between."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[\W_]+", "", "".join(one for one in apart if not unicodedata.combining(one)))


class LongEnough:
    """Twelve characters, fifteen for those who may change what others may do."""

    def validate(self, password: str, user: Any = None) -> None:
        least = settings.SHORTEST_PASSWORD
        if isinstance(user, Staff) and user.may_anywhere(Action.MANAGE_STAFF):
            least = settings.SHORTEST_PASSWORD_OF_ADMINISTRATORS
        if len(password) < least:
            raise ValidationError(
                f"That password is too short. Use at least {least} characters; three or four "
                "words that do not belong together are easy to keep in mind.",
                code="too_short",
            )

    def get_help_text(self) -> str:
        return (
            f"At least {settings.SHORTEST_PASSWORD} characters "
            f"({settings.SHORTEST_PASSWORD_OF_ADMINISTRATORS} for those who look after the team). "
            "Three or four words that do not belong together are easy to keep in mind."
        )


class NotCommon:
    """None of those that are tried first, also when written in capitals."""

    def validate(self, password: str, user: Any = None) -> None:
        known = common_passwords()
        if password in known or password.lower() in known:
            raise ValidationError(
                "That password is one of the most common, and is tried first. Choose another.",
                code="too_common",
            )

    def get_help_text(self) -> str:
        return ""


class NoNames:
    """Not made of the person's own name or address, nor of their organisation's or its schemes'."""

    def validate(self, password: str, user: Any = None) -> None:
        if not isinstance(user, Staff):
            return
        typed = plain(password)
        for name in names_around(user):
            if name in typed and len(typed) - len(name) < settings.SHORTEST_PASSWORD:
                raise ValidationError(
                    "That password is made of a name that others here know. Choose another.",
                    code="names",
                )

    def get_help_text(self) -> str:
        return ""


def names_around(staff: Staff) -> set[str]:
    """What others know of this person: names, the address, the organisation, the schemes."""
    known = [staff.name, *staff.name.split(), staff.email.partition("@")[0], staff.username or ""]
    known += [staff.organisation.name, *staff.organisation.name.split()]
    for scheme in staff.schemes():
        known += [scheme.name, *scheme.name.split()]
    return {name for one in known if len(name := plain(one)) >= SHORTEST_NAME}
