"""What only two people do together: whoever asked for it does not decide it."""

from __future__ import annotations

from uuid import UUID

from alongside.kit.refusal import Refused


def require_another(asked_by: UUID, by: UUID) -> None:
    """Refused to whoever asked. The database has a constraint of the same sense for each of them.

    Source: OWASP ASVS 5.0, 2.3.5.
    """
    if asked_by == by:
        raise Refused(
            "You asked for this yourself.", instead="Somebody else decides: two people, always."
        )
