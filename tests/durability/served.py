"""The door of the house for a real server, on the Monday on which every test takes place."""

from __future__ import annotations

import time_machine

from tests.durability.filling import NOON

time_machine.travel(NOON).start()

from alongside.config.wsgi import application  # noqa: E402

__all__ = ["application"]
