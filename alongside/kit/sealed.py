"""A text field that lies in the database encrypted, and nowhere in the clear.

AES-256-GCM under a key that is not in the database. What is stored names its key by a fingerprint,
so that keys can be changed one after the other: the first of `SEAL_KEYS` seals, each of them opens.
Whoever has the database, its log or its index as raw files finds no word of it; whoever also has
the key, as root has, does. A backup is encrypted as a whole and holds the words under its own
passphrase, so that it can be restored where the key is another. An empty text stays empty, so that
a constraint can ask for words.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

MARK = "sealed2:"
NONCE = 12


class NotOpened(Exception):
    """A sealed text whose key is not among the keys, or that was changed since."""


class SealedTextField(models.TextField[str, str]):
    """Words that few may read. They cannot be searched, sorted or compared in the database."""

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        return seal(text, self._what()) if isinstance(text, str) and text else text

    def from_db_value(self, value: str | None, *_: Any) -> str | None:
        # What was written before there was a seal comes as it is; the migration seals it.
        return unseal(value, self._what()) if value and value.startswith(MARK) else value

    def _what(self) -> bytes:
        """For which field it was sealed: put into another one it does not open."""
        return f"{self.model._meta.label_lower}.{self.attname}".encode()


def seal(text: str, what_for: bytes) -> str:
    key = settings.SEAL_KEYS[0]
    nonce = secrets.token_bytes(NONCE)
    sealed = _cipher(key).encrypt(nonce, text.encode(), what_for)
    return f"{MARK}{fingerprint(key)}:{base64.b64encode(nonce + sealed).decode()}"


def unseal(sealed: str, what_for: bytes) -> str:
    """Raises `NotOpened` when none of the keys is the one, or when it was changed."""
    name, _, packed = sealed.removeprefix(MARK).partition(":")
    key = next((one for one in settings.SEAL_KEYS if fingerprint(one) == name), None)
    if key is None:
        raise NotOpened(
            f"It was sealed with the key {name}, which is not among ALONGSIDE_SEAL_KEYS."
        )
    held = base64.b64decode(packed)
    try:
        return _cipher(key).decrypt(held[:NONCE], held[NONCE:], what_for).decode()
    except InvalidTag as changed:
        raise NotOpened("It was changed since it was sealed.") from changed


def sealed_fields() -> list[tuple[type[models.Model], list[str]]]:
    """Every kind of record with sealed fields, and which."""
    from django.apps import apps

    found = []
    for model in apps.get_models():
        names = [f.name for f in model._meta.concrete_fields if isinstance(f, SealedTextField)]
        if names:
            found.append((model, names))
    return found


@lru_cache(maxsize=16)
def fingerprint(key: str) -> str:
    """Which key it is, in eight letters that do not give the key away."""
    return hashlib.sha256(b"seal key " + key.encode()).hexdigest()[:8]


@lru_cache(maxsize=16)
def _cipher(key: str) -> AESGCM:
    return AESGCM(hmac.digest(key.encode(), b"sealed fields", "sha256"))
