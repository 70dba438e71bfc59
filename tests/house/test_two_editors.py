"""Two people correct one note in every order: nobody's words are lost in silence."""

from __future__ import annotations

import os
import random
from typing import Any

import pytest

from alongside.keywork.models import EarlierText, Note
from alongside.keywork.operations import correct_note, write_note
from alongside.kit.refusal import ChangedMeanwhile
from alongside.testing.cast import Cast

SEED, STEPS = 20260420, 8
INTERLEAVINGS = 1_000 if "ALONGSIDE_GOALS" in os.environ else 40  # all in `./run verify`


@pytest.mark.goal("G48")
def test_no_order_of_two_editors_overwrites_in_silence(cast: Cast, tally) -> None:
    tally(sum(_held(cast, number) for number in range(INTERLEAVINGS)), of=INTERLEAVINGS)


def _held(cast: Cast, number: int) -> bool:
    """One order of opening and saving; whether every accepted text is there still."""
    rnd, saved = random.Random(f"{SEED} {number}"), ["0"]
    note = write_note(cast.tomasz, by=cast.amina, kind="informal", text="0")
    seen: dict[Any, int] = {}
    for step in range(STEPS):
        editor = rnd.choice([cast.amina, cast.grace])
        now = Note.objects.select_related(*Note.LOCK_WITH).get(pk=note.pk)
        if editor not in seen or rnd.random() < 0.3:
            seen[editor] = now.version
            continue
        text = f"{step} by {editor.name}"
        try:
            correct_note(now, by=editor, text=text, version=seen[editor])
        except ChangedMeanwhile as change:
            if seen[editor] == now.version or change.theirs["text"] != now.text:
                return False
            seen[editor] = change.version
        else:
            if seen[editor] != now.version:
                return False
            saved.append(text)
            seen[editor] = now.version + 1
    kept = set(EarlierText.objects.filter(note=note).values_list("text", flat=True))
    return kept | {Note.objects.get(pk=note.pk).text} == set(saved)
