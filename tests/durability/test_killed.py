"""Killed in the middle of writing: what was acknowledged is there, whole, once, and verifies."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

from tests.durability.house import a_house, serving
from tests.durability.load import lost_and_doubled, writing
from tests.durability.test_power_cut import on_sqlite, the_houses_settings
from tests.run import ROOT

WRITES, KILLS = int(os.environ.get("ALONGSIDE_WRITES", "10000")), 50
THROUGH_THE_SERVER, SERVER_KILLS = WRITES // 5, 12


@pytest.mark.goal("G41")
@on_sqlite
def test_a_writer_that_is_killed_leaves_everything_it_told_of(tmp_path, tally) -> None:
    chance, told = random.Random(41), tmp_path / "told.ack"
    for _ in range(4):
        writer = subprocess.Popen(
            [sys.executable, "-m", "tests.durability.plain", str(tmp_path), "100000",
             the_houses_settings()], cwd=ROOT,
        )  # fmt: skip
        size = told.stat().st_size if told.exists() else 0
        while not told.exists() or told.stat().st_size < size + 20:
            time.sleep(0.005)
        time.sleep(chance.random() * 0.02)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
    line = sqlite3.connect(tmp_path / "plain.sqlite")
    there = {key for (key,) in line.execute("SELECT id FROM note WHERE also = words")}
    halves = line.execute("SELECT count(*) FROM note WHERE also IS NULL").fetchone()[0]
    line.close()
    acknowledged = [int(one) for one in told.read_text().split()]
    assert halves == 0
    tally(sum(one in there for one in acknowledged), of=len(acknowledged))


@pytest.mark.goal("G41")
@pytest.mark.slow
@on_sqlite
def test_writers_killed_in_thousands_of_writes_lose_nothing(tmp_path, tally) -> None:
    house, ledger = a_house(tmp_path / "house"), tmp_path / "ledger"
    notes = WRITES - THROUGH_THE_SERVER
    house.run("tests.durability.killing", str(ledger), str(notes), str(KILLS - SERVER_KILLS))
    saved = ledger.read_text().splitlines()
    left = house.judged()
    assert left["faults"] == []
    lost, doubled = lost_and_doubled(saved, left["texts"])
    assert not doubled
    assert len(saved) >= notes
    tally(len(saved) - len(lost), of=len(saved))


@pytest.mark.goal("G41")
@pytest.mark.slow
@on_sqlite
def test_a_server_killed_under_load_loses_nothing_it_acknowledged(tmp_path, tally) -> None:
    house = a_house(tmp_path / "house")
    with serving(house) as server, writing(server) as writers:
        acts = [server.kill_worker, server.kill_worker, server.kill_master, server.kill_everything]
        for number in range(1, SERVER_KILLS + 1):
            writers.until(THROUGH_THE_SERVER * number // SERVER_KILLS)
            acts[number % len(acts)]()
        writers.until(len(writers.saved) + 10)
    left = house.judged()
    assert left["faults"] == []
    lost, doubled = lost_and_doubled(writers.saved, left["texts"])
    assert not doubled
    tally(len(writers.saved) - len(lost), of=len(writers.saved))
