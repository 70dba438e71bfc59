"""Keeps the seeds of authenticator apps and recovery codes sealed in the database.

The key stands in a file of its own (`seed-key`), not in the secret that signs sessions: changing
that one signs everybody out, and must not cost them their second factor.
"""

from __future__ import annotations

import base64
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from alongside.kit.certain import written_out

MARK = "s1:"
NONCE = 12
KEY = 32
WHAT_FOR = b"alongside second factor"


def seal(text: str) -> str:
    nonce = secrets.token_bytes(NONCE)
    sealed = AESGCM(_key()).encrypt(nonce, text.encode(), WHAT_FOR)
    return MARK + base64.b64encode(nonce + sealed).decode()


def unseal(sealed: str) -> str:
    """Raises ValueError when it was sealed with another key, or changed since."""
    try:
        held = base64.b64decode(sealed.removeprefix(MARK))
        return AESGCM(_key()).decrypt(held[:NONCE], held[NONCE:], WHAT_FOR).decode()
    except InvalidTag as wrong:
        raise ValueError("A second factor was sealed with another key, or changed.") from wrong


def _key() -> bytes:
    given = settings.SEED_KEY
    return bytes.fromhex(given) if given else _kept_key(Path(settings.VAR) / "seed-key")


def _kept_key(file: Path) -> bytes:
    """The installation's key, readable by its owner alone, made when there is none."""
    if not file.exists():
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(secrets.token_bytes(KEY))
            written_out(opened)  # without it, after a power cut, no second factor opens
    return file.read_bytes()
