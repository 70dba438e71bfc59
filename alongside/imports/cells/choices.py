"""Reading a choice: outcomes, decisions, stages, rooms, workers, yes and no."""

from __future__ import annotations

import re

from alongside.imports.cells.parsed import Parsed
from alongside.imports.reading.sheets import Value, text_of
from alongside.imports.setting import Setting
from alongside.imports.spelling import squash
from alongside.imports.words import word_list

REMARK = re.compile(r"\s*(?:[(\[:;,–—]|\s-|-\s|\.\s).*$", re.DOTALL)
SEVERAL_ROOMS = re.compile(r"\s*(?:/|&|\+|,|;|→|->|>|\bthen\b|\band\b|\bto\b)\s*", re.IGNORECASE)
SEVERAL_PEOPLE = re.compile(r"\s*(?:/|&|\+|,|;|\band\b)\s*", re.IGNORECASE)
NI_SHAPE = re.compile(r"[A-Z]{2}\d{6}[A-D]")


def meaning_of(value: Value, name: str, setting: Setting) -> str:
    """The meaning of a word in one of the lists of choices, or nothing.

    The whole cell is looked up first, then the words before a dash, bracket or comma.
    """
    text = text_of(value)
    known = setting.meanings(name)
    if meaning := known.get(squash(text)):
        return meaning
    return known.get(squash(REMARK.sub("", text)), "")


def parse_choice(value: Value, name: str, setting: Setting) -> Parsed[str]:
    """A word from one of the lists of choices. Doubt: `value-unclear`."""
    words = text_of(value)
    if not words:
        return Parsed()
    meaning = meaning_of(value, name, setting)
    return Parsed(meaning or None, () if meaning else ("value-unclear",), words)


def parse_stage(value: Value, setting: Setting) -> Parsed[str]:
    """A stage code. Doubt: `stage-unknown`. Taken as written when no stages are known."""
    words = text_of(value)
    known = setting.stages_by_spelling()
    if not words or not known:
        return Parsed(words or None, (), words)
    code = known.get(squash(words))
    return Parsed(code, () if code else ("stage-unknown",), words)


def room_key(text: str) -> str:
    """A room without “Room”, spaces and hyphens: “Rm 2-b” as “2b”."""
    words = re.split(r"[\s.]+", text)
    if len(words) > 1 and squash(words[0]) in word_list("room_prefixes"):
        words = words[1:]
    key = squash("".join(words))
    for prefix in word_list("room_prefixes"):
        if key.startswith(prefix) and key[len(prefix) : len(prefix) + 1].isdigit():
            return key.removeprefix(prefix)
    return key


def parse_room(value: Value, setting: Setting) -> Parsed[str]:
    """A room. Doubts: `room-unknown`, `two-rooms`. Taken as written when no rooms are known."""
    words = text_of(value)
    known = setting.rooms_by_spelling()
    if not words or not known:
        return Parsed(words or None, (), words)
    if room := known.get(squash(words)) or known.get(room_key(words)):
        return Parsed(room, (), words)
    parts = [part for part in SEVERAL_ROOMS.split(words) if part]
    if len(parts) > 1 and all(room_key(part) in known for part in parts):
        return Parsed(None, ("two-rooms",), words)
    return Parsed(None, ("room-unknown",), words)


def parse_worker(value: Value, setting: Setting) -> Parsed[str]:
    """One member of staff. Doubts: `worker-unknown`, `worker-elsewhere`, `two-workers`."""
    words = text_of(value)
    if not words:
        return Parsed()
    known = setting.staff_by_spelling()
    if key := known.get(squash(words)):
        return Parsed(key, (), words)
    if squash(words) in setting.elsewhere:
        return Parsed(None, ("worker-elsewhere",), words)
    parts = [part for part in SEVERAL_PEOPLE.split(words) if part]
    if len(parts) > 1 and any(squash(part) in known for part in parts):
        return Parsed(None, ("two-workers",), words)
    return Parsed(None, ("worker-unknown",), words)


def parse_workers(value: Value, setting: Setting) -> Parsed[tuple[str, ...]]:
    """Several members of staff in one cell. Doubt: `worker-unknown` when one is not known."""
    words = text_of(value)
    known = setting.staff_by_spelling()
    if whole := known.get(squash(words)):
        return Parsed((whole,), (), words)
    parts = [part for part in SEVERAL_PEOPLE.split(words) if part]
    keys = tuple(known[squash(part)] for part in parts if squash(part) in known)
    return Parsed(keys, () if len(keys) == len(parts) else ("worker-unknown",), words)


def parse_ni(value: Value) -> Parsed[str]:
    """An NI number, as two letters, six figures and a letter. Doubt: `ni-not-a-number`."""
    words = text_of(value)
    if not words:
        return Parsed()
    number = re.sub(r"[\s.\-\u00a0]", "", words).upper()
    if NI_SHAPE.fullmatch(number):
        return Parsed(number, (), words)
    return Parsed(None, ("ni-not-a-number",), words)
