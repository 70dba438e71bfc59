"""A folder that is full or may not be written to: said in words, and nothing is half there."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from alongside.audit.anchors import SUFFIX, found_in
from alongside.keywork.models import Note
from alongside.keywork.operations import write_note
from alongside.kit.refusal import Refused
from alongside.residents.models import Resident
from alongside.retention.erasing import LIST
from alongside.retention.operations import erase, propose_erasure
from alongside.retention.tests.test_retention import has_left_long_ago
from alongside.testing.cast import Cast


@pytest.fixture
def tiny(tmp_path: Path) -> Iterator[Path]:
    """A disk of 16 kilobytes, filled to the last byte."""
    there = tmp_path / "tiny"
    there.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", str(there)]
    made = subprocess.run(mount, capture_output=True, check=False)  # noqa: S603
    if made.returncode:
        pytest.skip("a disk of its own needs root")
    try:
        fill(there / "filled")
        yield there
    finally:
        subprocess.run(["umount", "-l", str(there)], check=True)  # noqa: S603, S607


def fill(path: Path) -> None:
    with pytest.raises(OSError, match="No space"), path.open("wb", buffering=0) as file:  # noqa: PT012
        while True:
            file.write(b"x" * 1024)


def anchor(to: Path) -> str:
    out = StringIO()
    call_command("journal", "anchor", to=to, stdout=out)
    return out.getvalue()


@pytest.mark.goal("G43")
def test_on_a_full_disk_no_half_anchor_is_left_and_the_house_goes_on(
    cast: Cast, tiny: Path
) -> None:
    with pytest.raises(CommandError, match=r"could not be kept in .*No space left on device"):
        anchor(tiny)
    assert not [one for one in tiny.iterdir() if SUFFIX in one.name and one.stat().st_size]
    assert not list(tiny.glob(f"*{SUFFIX}"))
    write_note(cast.tomasz, by=cast.amina, kind="informal", text="The night goes on.")
    assert Note.objects.filter(text="The night goes on.").exists()

    (tiny / "filled").unlink()
    assert "1 anchored" in anchor(tiny)
    assert len(list(found_in(tiny))) == 1


@pytest.mark.goal("G43")
def test_a_folder_that_is_none_is_said_in_words(cast: Cast, tmp_path: Path) -> None:
    (tmp_path / "a-file").write_text("x")
    with pytest.raises(CommandError, match="name another folder with --to"):
        anchor(tmp_path / "a-file" / "anchors")


@pytest.mark.goal("G43", "G39")
def test_nobody_is_erased_while_the_list_of_erasures_cannot_be_written(
    cast: Cast, tiny: Path, settings: Any
) -> None:
    asked = propose_erasure(has_left_long_ago(cast), by=cast.amina)
    settings.VAR = tiny
    with pytest.raises(Refused, match="list of erasures cannot be written: No space left"):
        erase(asked, by=cast.grace)
    assert Resident.objects.filter(pk=asked.resident_id).exists()
    asked.refresh_from_db()
    assert asked.answer == ""


@pytest.mark.goal("G43", "G39")
def test_nor_where_there_is_no_folder_for_it(cast: Cast, tmp_path: Path, settings: Any) -> None:
    asked = propose_erasure(has_left_long_ago(cast), by=cast.amina)
    (tmp_path / "a-file").write_text("x")
    settings.VAR = tmp_path / "a-file"
    with pytest.raises(Refused, match="Nothing was erased"):
        erase(asked, by=cast.grace)
    settings.VAR = tmp_path
    (tmp_path / LIST).symlink_to("/dev/full")
    with pytest.raises(Refused, match="Nothing was erased"):
        erase(asked, by=cast.grace)
    (tmp_path / LIST).unlink()
    assert erase(asked, by=cast.grace).erased_at
