"""Whose records are reached is said for a block, and nothing of it is left behind."""

from __future__ import annotations

from threading import Thread

import pytest

from alongside.kit import wall

OURS, THEIRS = "01a21949-ec1b-77c7-bae1-bbf9eb2895bf", "01a21949-ecf0-7580-89a2-c6fd6ef1dfe6"


def test_a_request_begins_at_nobody_and_learns_who_asks() -> None:
    with wall.nobody_yet():
        assert wall.whose() == wall.NOBODYS
        with wall.as_it_stands():
            assert wall.whose() is None
        wall.known(OURS)
        assert wall.whose() == OURS
        with wall.within(THEIRS):
            wall.nobody_is_known_here()
            assert wall.whose() == wall.EVERYBODYS
        assert wall.whose() == OURS
    assert wall.whose() == wall.EVERYBODYS  # as every test begins


def test_a_fault_leaves_the_side_it_happened_on() -> None:
    with pytest.raises(ZeroDivisionError), wall.within(OURS):
        raise ZeroDivisionError
    assert wall.whose() == wall.EVERYBODYS


def test_another_thread_knows_nobody() -> None:
    said: list[str | None] = []

    def elsewhere() -> None:
        said.append(wall.whose())
        wall.known(OURS)
        said.append(wall.whose())

    thread = Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert said == [wall.NOBODYS, OURS]


def test_whoever_opens_everything_says_why() -> None:
    with pytest.raises(ValueError, match="Say why"):
        wall.everybody("")
