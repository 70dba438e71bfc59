"""Makes sure that a file is on the disk, and not only on its way there, before anybody is told.

The database does so for its rows. A file that is written beside it, and a name in a folder, are
only certain once they were synced: a power cut a second later would leave the row without it.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO, Any

from django.core.files.storage import FileSystemStorage


def on_the_disk(path: Path, *, within: Path | None = None) -> None:
    """Wait until a file and its name are certain, and those of the folders up to `within`."""
    _synced(path)
    folder = path.parent
    _synced(folder)
    while within is not None and folder != within and within in folder.parents:
        folder = folder.parent
        _synced(folder)


def written_out(file: IO[Any]) -> None:
    """Wait until what was written into an open file is certain."""
    file.flush()
    os.fsync(file.fileno())


def _synced(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class KeptFiles(FileSystemStorage):
    """Django's own storage of uploaded files, which says that one is kept when it is certain."""

    def _save(self, name: str, content: Any) -> str:
        kept: str = super()._save(name, content)  # type: ignore[misc]  # not in its stubs
        on_the_disk(Path(self.path(kept)), within=Path(self.location))
        return kept
