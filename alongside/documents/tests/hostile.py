"""What a hostile file might make its reader do; runs in the other process, so it needs little."""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path


def tries(data: bytes, *, what: str) -> bytes:
    """Try one thing; whatever it gives back came through."""
    if what == "memory":
        return b"x" * (400 * 1024 * 1024)
    if what == "time":
        while True:
            pass
    if what == "file":
        return Path("/etc/hostname").read_bytes()
    if what == "write":
        return str(Path("/tmp/alongside-came-out").write_bytes(b"x")).encode()
    if what == "network":
        socket.socket().close()
    if what == "secrets":
        return json.dumps(sorted(os.environ)).encode()
    return data
