"""What a session knows of its sign-in: since when, how, last used, last proved, how much was read.

All of it stands in the session on the server, in seconds since 1970. Nothing of it is in the
browser but the session's key.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from typing import Any
from uuid import UUID

from django.conf import settings

from alongside.kit import clock

KEY = "signed_in"
MINUTE = 60
# The last use is kept once a minute, so that not every page writes.
KEPT_EVERY = MINUTE
PHONE, DESK = "phone", "desk"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """One sign-in as its session keeps it. `second` says that a second factor was shown.

    `proved` is when the person last showed that it is them; `braked` that they must do so again
    before they open another file; `covered` that the screen is covered until they have.
    """

    sign_in: str
    staff: str
    kind: str
    how: str
    began: float
    seen: float
    proved: float
    second: bool = False
    braked: bool = False
    covered: bool = False

    def over(self, now: float) -> str:
        """Why this sign-in has ended by itself: "idle", "absolute", or "" while it has not."""
        limits = settings.SIGN_IN_LIMITS
        if now - self.began > limits[f"{self.kind}_in_all"] * MINUTE:
            return "absolute"
        return "idle" if now - self.seen > limits[self.kind] * MINUTE else ""

    def fresh(self, now: float) -> bool:
        """Whether they showed so lately that it is them that a dangerous act may go on."""
        return now - self.proved <= settings.SIGN_IN_LIMITS["proof"] * MINUTE


def now() -> float:
    return clock.now().timestamp()


def held(session: Any) -> SignedIn | None:
    """What this session knows; None when nobody signed in with it."""
    kept = session.get(KEY)
    return SignedIn(**kept) if kept else None


def keep(session: Any, signed_in: SignedIn) -> None:
    session[KEY] = asdict(signed_in)


def begin(session: Any, *, sign_in: UUID, staff: UUID, kind: str, how: str, second: bool) -> None:
    """Let a session know that somebody has just signed in with it."""
    at = now()
    keep(session, SignedIn(str(sign_in), str(staff), kind, how, at, at, at, second))


def touch(session: Any, signed_in: SignedIn) -> None:
    """It was used."""
    if now() - signed_in.seen >= KEPT_EVERY:
        keep(session, replace(signed_in, seen=now()))


def prove(session: Any) -> None:
    """They have shown again that it is them: dangerous acts may go on, files open again."""
    if signed_in := held(session):
        keep(session, replace(signed_in, proved=now(), seen=now(), braked=False, covered=False))


def cover(session: Any) -> None:
    """Nothing more is shown in this session until they have shown again that it is them."""
    if signed_in := held(session):
        keep(session, replace(signed_in, covered=True))


def second_factor_made(session: Any) -> None:
    """They have just made the second factor without which nothing else opens."""
    if signed_in := held(session):
        keep(session, replace(signed_in, second=True))


SYSTEMS = {
    "iPhone": r"iPhone", "iPad": r"iPad", "Android": r"Android", "Windows": r"Windows",
    "Mac": r"Macintosh", "Chromebook": r"CrOS", "Linux": r"Linux",
}  # fmt: skip
BROWSERS = {
    "Edge": r"Edg/", "Firefox": r"Firefox/", "Samsung Internet": r"SamsungBrowser",
    "Opera": r"OPR/", "Chrome": r"Chrome/|CriOS", "Safari": r"Safari/",
}  # fmt: skip


def device(agent: str) -> str:
    """A browser's own words for itself, in ours: "Firefox on Windows"."""
    browser = next((says for says, sign in BROWSERS.items() if re.search(sign, agent)), "A browser")
    system = next((says for says, sign in SYSTEMS.items() if re.search(sign, agent)), "")
    return f"{browser} on {system}" if system else browser


def kind_of(headers: Any) -> str:
    """A phone or a tablet that is carried about, or a desk. What is not known is a phone."""
    if headers.get("Sec-CH-UA-Mobile") == "?1":
        return PHONE
    agent = headers.get("User-Agent", "")
    carried = re.search(r"Mobi|Android|iPhone|iPad|Tablet", agent)
    return PHONE if carried or not agent else DESK
