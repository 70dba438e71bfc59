"""A disk that is full, or fails now and then: said plainly, nothing untrue told, nothing restarted.

A library of our own stands between the house and the disk, so no mount and no rights are needed.
"""

from __future__ import annotations

import http.client
import os
from contextlib import closing
from html import unescape
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from tests.durability.compiling import library
from tests.durability.house import TOKEN, Client, a_house, serving
from tests.durability.load import lost_and_doubled, writing
from tests.durability.test_power_cut import on_sqlite

FULL_FOR = 20
FAILING_NOTES = int(os.environ.get("ALONGSIDE_FAILING_NOTES", "300"))


def sick(house_folder: Path, plan: Path) -> dict[str, str]:
    plan.write_text("")
    return {
        "LD_PRELOAD": str(library("faults")), "DISK_DIR": str(house_folder), "DISK_PLAN": str(plan),
    }  # fmt: skip


@pytest.mark.goal("G43")
@pytest.mark.slow
@on_sqlite
def test_a_full_disk_is_told_plainly_and_goes_on_by_itself(tmp_path, tally) -> None:
    house, plan = a_house(tmp_path / "house"), tmp_path / "plan"
    with (
        serving(house, **sick(house.folder, plan)) as server,
        closing(Client(server)) as client,
    ):
        assert client.write("Before it was full", uuid4().hex) == http.client.FOUND
        pids = [one.pid for one in server.workers()]
        plan.write_text("full")
        told = [refused_note(client, number) for number in range(FULL_FOR)]
        told += [refused_paper(client, number) for number in range(FULL_FOR // 2)]
        status, _ = client.ask("GET", f"/stays/{house.stay}/notes/write/")
        assert status in {http.client.OK, http.client.SERVICE_UNAVAILABLE}
        plan.write_text("")
        for number in range(FULL_FOR):
            assert client.write(f"Kept words {number}", uuid4().hex) == http.client.FOUND
        assert [one.pid for one in server.workers()] == pids, "it was restarted"
    left = house.judged()
    assert left["faults"] == []
    assert lost_and_doubled(client.ledger, left["texts"]) == ([], [])
    assert len(left["texts"]) == FULL_FOR + 1, "something was kept that was said not to be"
    tally(sum(told), of=len(told))


def refused_note(client: Client, number: int) -> bool:
    """Whether the answer says that the disk is full, and holds the words and the token."""
    text, once = f"Kept words {number} & “a quarrel”", uuid4().hex
    sent = {"kind": "informal", "text": text, "once": once, "csrfmiddlewaretoken": TOKEN}
    status, page = client.ask("POST", client.server.house.write, urlencode(sent))
    said = unescape(page)
    return (
        status == http.client.SERVICE_UNAVAILABLE
        and "There is no room left on the disk" in said
        and f'name="text" value="{text}"' in said
        and f'name="once" value="{once}"' in said
    )


def refused_paper(client: Client, number: int) -> bool:
    """The same where a file was sent, which needs room in another folder."""
    edge, house = "a-line-between", client.server.house
    fields = {"kind": "letter", "title": f"Letter {number}", "dated_on": "2026-04-20",
              "once": uuid4().hex, "csrfmiddlewaretoken": TOKEN}  # fmt: skip
    parts = [f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
             for name, value in fields.items()]  # fmt: skip
    parts.append(
        f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n'
        f"Content-Type: text/plain\r\n\r\nDear Tomasz\r\n--{edge}--\r\n"
    )
    status, page = client.ask(
        "POST", f"/file/{house.stay}/documents/add/", "".join(parts),
        kind=f"multipart/form-data; boundary={edge}",
    )  # fmt: skip
    said = unescape(page)
    return (
        status == http.client.SERVICE_UNAVAILABLE
        and "no room left" in said
        and f'value="Letter {number}"' in said
        and "choose it again" in said
    )


@pytest.mark.goal("G44")
@pytest.mark.slow
@on_sqlite
def test_what_is_acknowledged_on_a_failing_disk_is_there(tmp_path, tally) -> None:
    house, plan = a_house(tmp_path / "house"), tmp_path / "plan"
    with serving(house, **sick(house.folder, plan)) as server:
        with writing(server) as writers:
            plan.write_text("syncs 10")
            writers.until(FAILING_NOTES // 2)
            plan.write_text("errors 1")
            writers.until(FAILING_NOTES)
            plan.write_text("errors 10")  # of some forty writes to a note: hardly any gets through
            writers.until_refused(len(writers.answers) + 60)
        plan.write_text("")
        with closing(Client(server)) as client:
            again = client.write("The disk is well again", uuid4().hex)
        assert again == http.client.FOUND
    left = house.judged()
    assert left["faults"] == []
    lost, doubled = lost_and_doubled(writers.saved, left["texts"])
    assert not doubled
    assert set(writers.answers) == {http.client.SERVICE_UNAVAILABLE}, "the app did not say so"
    tally(len(writers.saved) - len(lost), of=len(writers.saved))
