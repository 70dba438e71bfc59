"""What changes an import: bringing a file, saying how it is read, applying it, letting it go."""

from __future__ import annotations

from alongside.imports.operations.applying import apply_import, begin_applying, stop_applying
from alongside.imports.operations.bringing import (
    answer_names,
    answer_workers,
    look_again,
    map_sheets,
    start_import,
)
from alongside.imports.operations.letting_go import let_file_go, let_files_go

__all__ = [
    "answer_names",
    "answer_workers",
    "apply_import",
    "begin_applying",
    "let_file_go",
    "let_files_go",
    "look_again",
    "map_sheets",
    "start_import",
    "stop_applying",
]
