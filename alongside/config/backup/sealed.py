"""A stream that is encrypted as it is written, and refuses to be read when a byte is different.

AES-256-GCM in pieces of a mebibyte, each under its own nonce and bound to its place and to whether
it is the last, so that pieces cannot be swapped, dropped or cut off. The key comes from the
passphrase by scrypt with a salt of its own.
"""

from __future__ import annotations

import io
import os
import struct
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MAGIC = b"ALONGSIDE-BACKUP-1\n"
SALT, PREFIX, PIECE = 16, 7, 1024 * 1024
COST = 2**15
HEAD = struct.Struct(">I?")


class WrongKey(Exception):
    """The passphrase is not the one it was made with, or the file was changed."""


def _cipher(passphrase: str, salt: bytes) -> AESGCM:
    return AESGCM(Scrypt(salt=salt, length=32, n=COST, r=8, p=1).derive(passphrase.encode()))


class Sealing(io.RawIOBase):
    """Write plain bytes; encrypted ones reach the file."""

    def __init__(self, file: IO[bytes], passphrase: str) -> None:
        self.file, self.number, self.waiting = file, 0, bytearray()
        salt, self.prefix = os.urandom(SALT), os.urandom(PREFIX)
        self.cipher = _cipher(passphrase, salt)
        file.write(MAGIC + salt + self.prefix)

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        plain = bytes(data)  # type: ignore[call-overload]  # whatever has bytes in it
        self.waiting += plain
        while len(self.waiting) > PIECE:
            self._seal(bytes(self.waiting[:PIECE]), last=False)
            del self.waiting[:PIECE]
        return len(plain)

    def close(self) -> None:
        if not self.closed:
            self._seal(bytes(self.waiting), last=True)
            self.waiting.clear()
        super().close()

    def _seal(self, plain: bytes, *, last: bool) -> None:
        nonce = self.prefix + struct.pack(">I?", self.number, last)
        piece = self.cipher.encrypt(nonce, plain, None)
        self.file.write(HEAD.pack(len(piece), last) + piece)
        self.number += 1


class Opening(io.RawIOBase):
    """Read plain bytes from an encrypted file. Raises `WrongKey`."""

    def __init__(self, file: IO[bytes], passphrase: str) -> None:
        if file.read(len(MAGIC)) != MAGIC:
            raise WrongKey("This is not a backup of Alongside.")
        self.file, self.number, self.ready, self.last = file, 0, b"", False
        salt, self.prefix = file.read(SALT), file.read(PREFIX)
        self.cipher = _cipher(passphrase, salt)

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while (size < 0 or len(self.ready) < size) and not self.last:
            self.ready += self._open()
        found = self.ready if size < 0 else self.ready[:size]
        self.ready = self.ready[len(found) :]
        return found

    def _open(self) -> bytes:
        head = self.file.read(HEAD.size)
        if len(head) < HEAD.size:
            raise WrongKey("The file was cut off.")
        length, self.last = HEAD.unpack(head)
        nonce = self.prefix + struct.pack(">I?", self.number, self.last)
        self.number += 1
        try:
            return self.cipher.decrypt(nonce, self.file.read(length), None)
        except InvalidTag as wrong:
            raise WrongKey(
                "The passphrase is not the one it was made with, or the file was changed."
            ) from wrong
