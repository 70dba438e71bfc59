"""A thousand ways to tamper with the journal, each from a seed, the triggers out of the way."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

from django.db import connection

from alongside.audit import chain
from alongside.audit.final import JOURNAL, names_of
from alongside.audit.models import Entry, Head, Payload

TEXTS = ("event", "actor_kind", "system", "subject_type", "record_type", "practice")
KEYS = ("scheme_id", "actor_id", "acting_for_id", "subject_id", "record_id")


def without_triggers() -> None:
    """As root would: the transaction of the test brings them back."""
    with connection.cursor() as cursor:
        for final in JOURNAL:
            for name in names_of(final):
                on = f" ON {final.table}" if connection.vendor != "sqlite" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")
        if connection.vendor != "sqlite":
            cursor.execute("ALTER TABLE audit_entry DROP CONSTRAINT entry_names_exactly_one_actor")


def with_constraints(*, on: bool) -> None:
    """SQLite's checks, for a connection; whoever edits the file itself is not held by them."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA ignore_check_constraints = {'OFF' if on else 'ON'}")


def flip(rnd: random.Random, numbers: list[int]) -> int:
    """Change one letter, key, digest or instant of one entry."""
    number = rnd.choice(numbers)
    entry = Entry.objects.get(number=number)
    field = rnd.choice([*TEXTS, *KEYS, "digest", "previous", "payload_digest", "at"])
    value: Any = getattr(entry, field)
    if field in KEYS:
        changed: Any = chain._as_uuid(f"{rnd.getrandbits(128):032x}")
    elif field == "at":
        changed = value.replace(
            microsecond=(value.microsecond + 1 + rnd.randrange(998)) % 1_000_000
        )
    else:
        place = rnd.randrange(len(value)) if value else 0
        changed = value[:place] + chr(ord(value[place : place + 1] or "a") ^ 1) + value[place + 1 :]
    # Past the constraints, as somebody with the file in an editor would.
    Entry.objects.filter(number=number).update(**{field: changed})
    return number


def change_words(rnd: random.Random, numbers: list[int]) -> int:
    """Change what one entry said, or its salt."""
    number = rnd.choice(numbers)
    payloads = Payload.objects.filter(entry__number=number)
    payload = payloads.get()
    if rnd.random() < 0.5:
        payloads.update(salt=f"{rnd.getrandbits(128):032x}")
    else:
        values = json.loads(json.dumps(payload.values))
        values[rnd.choice(list(values) or ["new"])] = f"changed {rnd.random()}"
        payloads.update(values=values)
    return number


def empty_words(rnd: random.Random, numbers: list[int]) -> int:
    """Empty an entry's words as an erasure would, with no erasure in the journal."""
    number = rnd.choice(numbers)
    Payload.objects.filter(entry__number=number).update(
        values={}, salt="", erased_by=chain._as_uuid(f"{rnd.getrandbits(128):032x}")
    )
    return number


def delete(rnd: random.Random, numbers: list[int]) -> int:
    """Take out one entry, its words with it; the end of the chain as it was."""
    number = rnd.choice(numbers)
    _remove(number)
    return number


def insert(rnd: random.Random, numbers: list[int]) -> int:
    """Put in an entry between two, moving the rest along, with digests made without the key."""
    number = rnd.choice(numbers)
    before = Entry.objects.get(number=number)
    for later in Entry.objects.filter(number__gte=number).order_by("-number"):
        Entry.objects.filter(pk=later.pk).update(number=later.number + 1)
    fresh = Entry.objects.get(pk=before.pk)
    fresh.pk, fresh.number, fresh._state.adding = (
        chain._as_uuid(f"{rnd.getrandbits(128):032x}"),
        number,
        True,
    )
    fresh.digest = f"{rnd.getrandbits(256):064x}"
    Entry.objects.bulk_create([fresh])
    Payload.objects.create(entry=fresh, salt="0" * 32, values={})
    return number


def swap(rnd: random.Random, numbers: list[int]) -> int:
    """Let two entries change places."""
    one, other = sorted(rnd.sample(numbers, 2))
    first, second = Entry.objects.get(number=one), Entry.objects.get(number=other)
    Entry.objects.filter(pk=first.pk).update(number=-1)
    Entry.objects.filter(pk=second.pk).update(number=one)
    Entry.objects.filter(pk=first.pk).update(number=other)
    return one


def rehash_without_the_key(rnd: random.Random, numbers: list[int]) -> int:
    """Change an entry and seal everything from there on anew, with a key that is not ours."""
    number = rnd.choice(numbers)
    Entry.objects.filter(number=number).update(event="forged.event")
    reseal_from(number, key=f"{rnd.getrandbits(128):032x}")
    return number


def cut_the_tail(rnd: random.Random, numbers: list[int]) -> int:
    """Cut off the end, and leave the head as it was."""
    number = rnd.choice(numbers)
    _remove_from(number)
    return number


def cut_the_tail_and_tell_the_head(rnd: random.Random, numbers: list[int]) -> int:
    """Cut off the end and put the head where the chain now ends; only an anchor knows."""
    number = rnd.choice(numbers)
    _remove_from(number)
    _head_to_the_end()
    return number


def write_anew_with_the_key(rnd: random.Random, numbers: list[int]) -> int:
    """As root: change an entry and seal the rest with the true key; only an anchor knows."""
    number = rnd.choice(numbers)
    Entry.objects.filter(number=number).update(event=f"forged.{rnd.getrandbits(32):x}")
    reseal_from(number)
    return number


WITHOUT_ANCHORS: tuple[Callable[[random.Random, list[int]], int], ...] = (
    flip, change_words, empty_words, delete, insert, swap, rehash_without_the_key, cut_the_tail,
)  # fmt: skip
WITH_ANCHORS: tuple[Callable[[random.Random, list[int]], int], ...] = (
    *WITHOUT_ANCHORS, cut_the_tail_and_tell_the_head, write_anew_with_the_key,
)  # fmt: skip


def reseal_from(number: int, key: str = "") -> None:
    """Seal every entry from this one on; with another key when one is given."""
    from django.test import override_settings

    before = Entry.objects.filter(number=number - 1).first()
    digest = before.digest if before else ""
    with override_settings(**({"JOURNAL_KEY": key} if key else {})):
        for entry in Entry.objects.filter(number__gte=number).order_by("number"):
            entry.previous = digest
            digest = chain.seal(chain.said_by(entry))
            Entry.objects.filter(pk=entry.pk).update(previous=entry.previous, digest=digest)
    _head_to_the_end()


def _head_to_the_end() -> None:
    last = Entry.objects.order_by("-number").first()
    Head.objects.update(number=last.number if last else 0, digest=last.digest if last else "")


def _remove(number: int) -> None:
    Payload.objects.filter(entry__number=number).delete()
    Entry.objects.filter(number=number).delete()


def _remove_from(number: int) -> None:
    Payload.objects.filter(entry__number__gte=number).delete()
    Entry.objects.filter(number__gte=number).delete()
