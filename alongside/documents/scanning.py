"""Asks a virus scanner, where there is one: `ALONGSIDE_CLAMD` names its address.

Fails closed: where a scanner is named and does not answer, nothing comes in.
"""

from __future__ import annotations

import socket
import struct

from django.conf import settings

from alongside.kit.refusal import Refused

PIECE = 64 * 1024
PATIENCE = 20.0


def is_infected(raw: bytes) -> bool:
    """What the scanner says; no, where none is named. Refused when it does not answer."""
    if not settings.CLAMD:
        return False
    try:
        said = _asked(settings.CLAMD, raw)
    except OSError as fault:
        raise _cannot() from fault
    if said.endswith("OK"):
        return False
    if said.endswith("FOUND"):
        return True
    raise _cannot()


def _asked(where: str, raw: bytes) -> str:
    with _called(where) as line:
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(raw), PIECE):
            piece = raw[start : start + PIECE]
            line.sendall(struct.pack("!I", len(piece)) + piece)
        line.sendall(struct.pack("!I", 0))
        answer = b""
        while not answer.endswith(b"\0") and (more := line.recv(4096)):
            answer += more
    return answer.rstrip(b"\0").decode("utf-8", "replace").strip()


def _called(where: str) -> socket.socket:
    if where.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(PATIENCE)
        line.connect(where)
        return line
    host, _, port = where.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=PATIENCE)


def _cannot() -> Refused:
    return Refused(
        "The file cannot be checked just now, so it was not taken.",
        instead="Try again later, or tell whoever looks after the system.",
        field="file",
    )
