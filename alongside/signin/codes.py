"""The codes of invitations: made at random, kept as a fingerprint only."""

from __future__ import annotations

import hashlib
import secrets

BYTES = 20


def new_code() -> str:
    return secrets.token_urlsafe(BYTES)


def fingerprint(code: str) -> str:
    """What is kept of an invitation. The code has 160 bits: nothing to guess, so no salt."""
    return hashlib.sha256(code.encode()).hexdigest()
