"""A directory of packs for the length of one test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from alongside.practice.pack import read_over


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Path]:
    """A provider's own directory, read over the shipped packs for the length of a test."""
    read_over(tmp_path)
    yield tmp_path
    read_over(None)
