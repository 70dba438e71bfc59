"""What a page says when the disk or the database is out of order, and that no word is lost."""

from __future__ import annotations

import errno
import sqlite3
from unittest.mock import Mock
from uuid import uuid4

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.db import OperationalError
from django.urls import reverse

from alongside.config.faults import out_of_order


def of_sqlite(words: str) -> OperationalError:
    fault = OperationalError(words)
    fault.__cause__ = sqlite3.OperationalError(words)
    return fault


def written(client, cast, monkeypatch, fault: BaseException, **more: str):
    client.force_login(cast.amina)
    client.raise_request_exception = False
    monkeypatch.setattr("alongside.keywork.operations.notes.insert", Mock(side_effect=fault))
    sent = {"kind": "informal", "text": "He said “enough” & left", "once": uuid4().hex, **more}
    return client.post(reverse("keywork:write-note", args=[cast.tomasz.pk]), sent), sent


@pytest.mark.goal("G43")
def test_a_full_disk_is_told_and_the_words_are_on_the_page(client, cast, monkeypatch) -> None:
    answer, sent = written(client, cast, monkeypatch, of_sqlite("database or disk is full"))
    assert answer.status_code == 503
    assert answer["Retry-After"]
    page = answer.content.decode()
    assert "There is no room left on the disk" in page
    assert "Sending it again is safe" in page
    assert "He said “enough” &amp; left" in page
    assert f'name="once" value="{sent["once"]}"' in page


@pytest.mark.goal("G44")
def test_a_disk_that_fails_is_told_and_no_secret_comes_back(client, cast, monkeypatch) -> None:
    answer, _ = written(
        client, cast, monkeypatch, of_sqlite("disk I/O error"), new_password="hush hush hush"
    )
    assert answer.status_code == 503
    assert b"cannot reach its records" in answer.content
    assert b"hush" not in answer.content


def test_a_fault_of_our_own_stays_one(client, cast, monkeypatch) -> None:
    answer, _ = written(client, cast, monkeypatch, of_sqlite("no such table: note"))
    assert answer.status_code == 500
    assert b"He said" not in answer.content


def test_what_was_behind_a_fault_counts() -> None:
    undone = of_sqlite("no such savepoint: s1")
    undone.__cause__.__context__ = of_sqlite("database or disk is full")  # type: ignore[union-attr]
    assert out_of_order(undone) == "no room"
    assert out_of_order(OSError(errno.ENOSPC, "No space left on device")) == "no room"
    assert out_of_order(OSError(errno.EIO, "Input/output error")) == "no answer"
    assert out_of_order(OperationalError("server closed the connection")) == "no answer"
    assert out_of_order(UpdateError()) == ""
    assert out_of_order(ValueError()) == ""
