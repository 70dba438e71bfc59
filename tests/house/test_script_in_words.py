"""Words that look like script are only words, in every text about somebody, on every page."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from django.db import DatabaseError, connection, models, transaction
from django.test import Client
from django.urls import reverse

from alongside.kit.refusal import Refused
from alongside.moments.recalculation import rebuild
from alongside.residents.models import Resident
from alongside.testing.cast import Cast
from tests.house.doors import doors
from tests.house.matrix import about_a_person
from tests.house.scripts_in_words import corpus, made_of
from tests.house.test_doors import NOT_TRIED, OPEN_TO_STRANGERS
from tests.house.test_queries import address_of, fill, thrown_away
from tests.house.things import THINGS

PAYLOADS = corpus()
DOORS = [door for door in doors() if door.name not in {*NOT_TRIED, *OPEN_TO_STRANGERS}]
PARTS = 4
KEPT_AS_THEY_ARE = {"name_key", "link", "file", "photo", "key", "fingerprint", "session_key"}
SHORTEST = 100


def is_words(field: Any) -> bool:
    if field.choices or field.name in KEPT_AS_THEY_ARE or isinstance(field, models.FileField):
        return False
    plain = type(field) in {models.TextField, models.CharField}
    return plain and (field.max_length or 10_000) >= SHORTEST


def put_payloads(cast: Cast, turn: int) -> int:
    """Other payloads into each field at each turn; how many stand in the file."""
    at, put = turn, 0
    for model, path in about_a_person():
        for field in filter(is_words, model._meta.concrete_fields):
            longest, words = field.max_length or 4000, ""
            while len(words) + len(PAYLOADS[at % len(PAYLOADS)]) + 1 <= min(longest, 4000):
                words += PAYLOADS[at % len(PAYLOADS)] + " "
                at, put = at + 1, put + 1
            rows = model._base_manager.filter(**{path: cast.tomasz.resident_id})
            # What is final stays as it is, and NUL is no text.
            with suppress(DatabaseError), transaction.atomic():
                rows.exclude(**{field.name: ""}).update(**{field.name: words.strip()})
    rebuild()
    return put


def test_the_corpus_is_large_and_each_of_it_is_seen_where_it_is_not_escaped():
    assert len(PAYLOADS) >= 116
    raw = [one for one in PAYLOADS if one.startswith("<") and "zzx" in one and "%" not in one]
    assert sum(bool(made_of(f"<p>{one}</p>")) for one in raw) >= len(raw) * 0.85


@pytest.mark.goal("G19")
@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_words_that_look_like_script_are_only_words(cast: Cast, part: int, tally: Any):
    client = Client(raise_request_exception=False)
    client.force_login(cast.grace)
    fill(cast)
    wrong, tried, shown = [], 0, 0
    for number, door in enumerate(DOORS[part::PARTS]):
        with thrown_away(), suppress(Refused):
            address = address_of(door, cast)
            put_payloads(cast, turn=number * 7)
            answer = client.get(address)
            page = answer.getvalue().decode("utf-8", "replace")
            tried += 1
            if "html" not in answer.headers.get("Content-Type", ""):
                continue
            shown += "zzx" in page
            wrong += [f"{door.name}: {one}" for one in made_of(page)]
            wrong += [f"{door.name} answers {answer.status_code}"] * (answer.status_code >= 500)
    assert connection.in_atomic_block
    assert not wrong, "\n".join(wrong[:60])
    assert shown > tried / 3, "Hardly any page showed the words."
    tally(tried, of=tried)


def test_words_that_look_like_source_are_printed_as_words(client: Any, cast: Cast):
    """A paper is set from data: what somebody wrote is never source."""
    words = '#panic("zzx") #read("/etc/passwd") $x$ *bold* ] #'
    Resident.objects.filter(pk=cast.tomasz.resident_id).update(given_name=words)
    client.force_login(cast.grace)
    explained = THINGS["explanation_id"](cast)
    answer = client.get(reverse("agreements:copy", args=[explained]))

    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF")
