"""What nobody has to decide does not stand among what waits for a decision."""

from __future__ import annotations

from alongside.today.waiting import Waiting


def test_who_is_away_is_good_to_know_and_nothing_to_decide():
    away = Waiting("Away today", 1, "/schemes/mill-house/away/", "info")
    leave = Waiting("Leave to decide", 1, "/schemes/mill-house/away/", "warn")

    assert not away.is_to_decide
    assert leave.is_to_decide
