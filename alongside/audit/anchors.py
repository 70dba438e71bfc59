"""Signed anchors: how far the chains had come at an instant, kept where this machine cannot reach.

Somebody who has the database and its key can write a chain anew from the beginning, or cut its end
off, and it verifies. An anchor that left the machine before then says otherwise. It is signed with
Ed25519: whoever holds the public key can tell a true anchor from one made afterwards by others.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from django.conf import settings

from alongside.audit.models import Head, Reading
from alongside.kit import clock
from alongside.kit.certain import on_the_disk, written_out

SUFFIX = ".anchor.json"
PRIVATE, PUBLIC = "anchor-key.pem", "anchor-key.pub.pem"


@dataclass(frozen=True, slots=True)
class Anchor:
    """How many entries and readings one organisation had at an instant, and the last digests."""

    organisation_id: UUID
    at: str
    entries: int
    entries_digest: str
    readings: int
    readings_digest: str

    def canonical(self) -> bytes:
        """Exactly what is signed."""
        said = {name: str(value) for name, value in asdict(self).items()}
        return json.dumps(said, sort_keys=True, separators=(",", ":")).encode()


class FalseAnchor(Exception):
    """An anchor whose signature is not by this installation, or that cannot be read."""


def anchors_now() -> list[Anchor]:
    """An anchor for every organisation, of its chains as they are."""
    at = clock.now().astimezone(UTC).isoformat(timespec="seconds")
    return [_anchor(head, at) for head in Head.objects.order_by("organisation_id")]


def _anchor(head: Head, at: str) -> Anchor:
    readings = Reading.objects.filter(organisation_id=head.organisation_id).order_by("-number")
    number, digest = readings.values_list("number", "digest").first() or (0, "")
    return Anchor(head.organisation_id, at, head.number, head.digest, number, digest)


def signed(anchor: Anchor) -> str:
    """The anchor with its signature, as one line of JSON."""
    said = {name: str(value) for name, value in asdict(anchor).items()}
    signature = signing_key().sign(anchor.canonical()).hex()
    return json.dumps({**said, "signature": signature}, sort_keys=True)


def read(text: str, key: Ed25519PublicKey | None = None) -> Anchor:
    """The anchor a line holds. Raises `FalseAnchor` unless its signature is ours."""
    try:
        said: dict[str, Any] = json.loads(text)
        anchor = Anchor(
            UUID(said["organisation_id"]), said["at"], int(said["entries"]),
            said["entries_digest"], int(said["readings"]), said["readings_digest"],
        )  # fmt: skip
        signature = bytes.fromhex(said["signature"])
        (key or signing_key().public_key()).verify(signature, anchor.canonical())
    except (ValueError, KeyError, TypeError, InvalidSignature) as wrong:
        raise FalseAnchor("its signature is not by this installation") from wrong
    return anchor


class NotKept(Exception):
    """An anchor that could not be written where it was to be kept."""


def put_in(folder: Path, anchor: Anchor) -> Path:
    """Write a signed anchor to a file of its own, which is never written over.

    It is there whole or not at all: half an anchor would look like a false one for ever. Raises
    `NotKept`, in words, when the folder is full or may not be written to.
    """
    name = f"{anchor.at.replace(':', '')}-{anchor.organisation_id}-{anchor.entries}{SUFFIX}"
    path = folder / name
    begun = path.with_name(f"{name}.begun")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            with begun.open("w", encoding="utf-8") as file:
                file.write(signed(anchor) + "\n")
                written_out(file)
            begun.rename(path)
            on_the_disk(path)
    except OSError as full:
        with suppress(OSError):
            begun.unlink(missing_ok=True)
        raise NotKept(
            f"The anchor could not be kept in {folder}: {full.strerror or full}."
            " Make room there, or name another folder with --to, and anchor again."
        ) from full
    return path


def found_in(folder: Path, key: Ed25519PublicKey | None = None) -> Iterator[Anchor]:
    """Every anchor kept in a folder, oldest first. Raises `FalseAnchor`, naming the file."""
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        try:
            yield read(path.read_text(encoding="utf-8"), key)
        except FalseAnchor as false:
            raise FalseAnchor(f"{path.name}: {false}") from false


def signing_key() -> Ed25519PrivateKey:
    """The installation's own key, made on first use, readable by its owner alone."""
    path = Path(settings.VAR) / PRIVATE
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        made = Ed25519PrivateKey.generate()
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
            written_out(file)
        public = made.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        (path.parent / PUBLIC).write_bytes(public)
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError(f"{path} is not an Ed25519 key.")
    return key


def public_key_in(path: Path) -> Ed25519PublicKey:
    """A public key that was carried away with the anchors."""
    key = load_pem_public_key(path.read_bytes())
    if not isinstance(key, Ed25519PublicKey):
        raise TypeError(f"{path} is not an Ed25519 public key.")
    return key
