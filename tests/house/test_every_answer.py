"""What every answer of the house carries, whatever answers: a page, a file, a redirect, a fault."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from alongside.testing.cast import Cast
from tests.house.doors import Door, doors
from tests.house.matrix import TOKEN, put_tokens
from tests.house.production import ENVIRONMENT, behind_https
from tests.house.source import ROOT
from tests.house.test_doors import NOT_TRIED
from tests.house.test_headers import OverHttps, complaints
from tests.house.test_queries import address_of, thrown_away

NAMES = {"__Host-session", "__Host-csrf", "__Host-who", "__Host-said-once"}
MOST_BYTES = 4096
A_VERSION = re.compile(r"\d")
# A file of somebody's is shut into a box of its own, which is stricter than the policy of a page.
BOXED = {"default-src 'none'", "sandbox", "base-uri 'none'", "form-action 'none'"}


def cookie_faults(answer: Any) -> Iterator[str]:
    """What is wrong with the cookies that an answer sets."""
    for name, cookie in answer.cookies.items():
        said = cookie.OutputString()
        going = not cookie.value  # a cookie that is taken away
        sealed = cookie["secure"] and (cookie["httponly"] or going)
        if name not in NAMES or not sealed or cookie["samesite"] not in {"Lax", "Strict"}:
            yield f"cookie {name} is not sealed"
        if cookie["domain"] or cookie["path"] != "/" or len(said) > MOST_BYTES:
            yield f"cookie {name} reaches too far, or is too long"
        if TOKEN in said.lower():
            yield f"cookie {name} tells something"


def header_faults(answer: Any) -> Iterator[str]:
    missing = complaints(answer, about_people=True)
    policy = {part.strip() for part in answer.headers.get("Content-Security-Policy", "").split(";")}
    if policy >= BOXED:
        missing = [name for name in missing if name != "Content-Security-Policy"]
    if missing:
        yield f"says nothing of {missing}"


def answers_at(door: Door, cast: Cast, clients: Mapping[str, Client]) -> Iterator[tuple[str, Any]]:
    tried = door.name not in NOT_TRIED
    address = address_of(door, cast) if tried else door.to()
    put_tokens(cast)
    for who, client in clients.items():
        for ask in (client.get, client.post, client.delete):
            with thrown_away():
                answer = ask(address)
                answer.getvalue()
                yield f"{who}, {ask.__name__} {door.name}", answer


@pytest.mark.goal("G16", "G29", "G31")
@pytest.mark.slow
def test_every_answer_of_every_door_is_headed_and_sets_sealed_cookies_only(
    cast: Cast, settings: Any, tally: Any
):
    behind_https(settings)
    settings.READING_BRAKE = {"people": 10_000, "minutes": 10}
    settings.DOCUMENT_BRAKE = {"documents": 10_000, "minutes": 10}
    grace = OverHttps(raise_request_exception=False)
    grace.force_login(cast.grace)
    key = grace.cookies[settings.SESSION_COOKIE_NAME].value
    clients = {"Grace": grace, "a stranger": OverHttps(raise_request_exception=False)}
    wrong, tried = [], 0
    for door in doors():
        with thrown_away():
            grace.cookies[settings.SESSION_COOKIE_NAME] = key
            for where, answer in answers_at(door, cast, clients):
                tried += 1
                faults = [*header_faults(answer), *cookie_faults(answer)]
                if TOKEN in str(answer.request["PATH_INFO"]).lower():
                    faults.append("its address names somebody")
                wrong += [f"{where}: {one}" for one in faults]
    assert not wrong, "\n".join(wrong)
    tally(tried, of=tried)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """The web server of the house, as `alongside serve` starts it, with production settings."""
    port = 8190 + os.getpid() % 200
    words = "granian --interface wsgi --workers 1 --blocking-threads 1 --log-level warning"
    where = ["--host", "127.0.0.1", "--port", str(port), "alongside.config.wsgi:application"]
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "a.css").write_text("p {}", encoding="utf-8")
    mine = {name: said for name, said in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"}
    env = {**mine, **ENVIRONMENT, "ALONGSIDE_VAR": str(tmp_path), "ALONGSIDE_HOSTS": "127.0.0.1"}
    env["ALONGSIDE_DATABASE"] = f"sqlite:///{tmp_path / 'a.sqlite'}"
    process = subprocess.Popen([sys.executable, "-m", *words.split(), *where], cwd=ROOT, env=env)
    try:
        at = f"http://127.0.0.1:{port}"
        for _ in range(600):
            if _asked(f"{at}/static/a.css"):
                break
            time.sleep(0.1)
        yield at
    finally:
        process.terminate()
        process.wait(20)


def _asked(address: str, **headers: str) -> Any:
    """The headers of an answer, whatever its status; None while nobody answers."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: Any) -> None:
            return None

    asked = urllib.request.Request(address, headers=headers)  # noqa: S310 - our own server
    try:
        with urllib.request.build_opener(Stay).open(asked, timeout=5) as answer:
            return answer.headers
    except urllib.error.HTTPError as error:
        return error.headers
    except OSError:
        return None


@pytest.mark.goal("G29")
@pytest.mark.slow
def test_the_web_server_tells_nobody_which_one_it_is(served: str, tally: Any):
    https = {"X-Forwarded-Proto": "https"}
    addresses = [
        ("/static/a.css", https), ("/static/nothing.css", https), ("/nobody/at/all/", https),
        ("/", https), ("/", {}), ("/sign-in/", https),
    ]  # fmt: skip
    told = [_asked(f"{served}{path}", **headers) for path, headers in addresses]

    assert all(told), "Everything was answered."
    fine = [
        not A_VERSION.search(one.get("Server", "")) and "X-Powered-By" not in one for one in told
    ]
    wanted = ("X-Content-Type-Options", "Cross-Origin-Opener-Policy", "Permissions-Policy")
    headed = [all(name in one for name in wanted) for one in told]
    tally(sum(fine) + sum(headed), of=2 * len(addresses))
