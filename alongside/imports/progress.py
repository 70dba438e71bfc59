"""How far an import has come, told from the one transaction to whoever waits for it.

Kept beside the file and not in the database: what one transaction has written no other can see
until it is over.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings

from alongside.kit import clock

QUIET_SECONDS = 90


@dataclass(frozen=True, slots=True)
class Progress:
    """Rows done, of how many, and how many seconds ago that was told."""

    done: int
    of: int
    seconds_ago: float

    def is_stuck(self) -> bool:
        """Nothing has been heard for so long that it must have been interrupted."""
        return self.seconds_ago > QUIET_SECONDS


def _place(run_id: UUID) -> Path:
    return Path(settings.MEDIA_ROOT) / "imports" / run_id.hex / "progress.json"


def tell(run_id: UUID, done: int, of: int) -> None:
    place = _place(run_id)
    place.parent.mkdir(parents=True, exist_ok=True)
    told = {"done": done, "of": of, "at": clock.now().timestamp()}
    half = place.with_suffix(".half")
    half.write_text(json.dumps(told), encoding="utf-8")
    half.replace(place)


def told(run_id: UUID) -> Progress | None:
    """What was told last, or None."""
    with suppress(OSError, ValueError, KeyError):
        kept = json.loads(_place(run_id).read_text(encoding="utf-8"))
        return Progress(kept["done"], kept["of"], clock.now().timestamp() - kept["at"])
    return None


def forget(run_id: UUID) -> None:
    _place(run_id).unlink(missing_ok=True)
