"""Who is at a resident's own pages now, and for how long nobody has touched them.

There is one sign-in: the PIN, behind the tablet that staff handed over or behind the address on
the resident's own phone. What is known of it stands in the browser's session and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import wraps
from typing import Any, Concatenate
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache

from alongside.kit import clock, wall
from alongside.portal import queries
from alongside.stays.models import Stay
from alongside.ui.pages import page

KEY = "guest"
MINUTE = 60
type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
type OwnView[**P] = Callable[Concatenate[HttpRequest, Stay, P], HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Guest:
    """Whose pages these are. `phone` is their own; else it is the tablet, until `until`."""

    stay: str
    door: str
    seen: float
    phone: bool = False
    until: float = 0
    inside: bool = False
    writing: bool = False

    def idle(self, stay: Stay, *, writing: bool) -> int:
        """After how many seconds without a touch these pages close."""
        limit = stay.scheme.pack.limit
        if self.phone:
            return int(limit("own_phone_idle")) * MINUTE
        return int(limit("shared_tablet_writing" if writing else "shared_tablet_idle"))


def begin(request: HttpRequest, guest: Guest, stay: Stay) -> None:
    """Sign whoever is signed in out of this browser, and keep whose pages it shows."""
    logout(request)
    wall.known(stay.scheme.organisation_id)
    request.session[wall.KEY] = str(stay.scheme.organisation_id)
    lasts = int(stay.scheme.pack.limit("shared_tablet")) * MINUTE
    request.session.set_expiry(0 if guest.phone else lasts)  # 0: until the browser is closed
    keep(request, replace(guest, until=guest.until or clock.now().timestamp() + lasts))


def keep(request: HttpRequest, guest: Guest) -> None:
    request.session[KEY] = asdict(guest)


def at_the_door(request: HttpRequest) -> tuple[Guest, Stay] | None:
    """Who holds this browser now, and their stay; None when it is over."""
    held = request.session.get(KEY)
    if not held:
        return None
    guest = Guest(**held)
    stay = queries.stay_of_guest(UUID(guest.stay))
    if stay is None:
        return None
    now = clock.now().timestamp()
    idle = guest.idle(stay, writing=guest.writing or not guest.inside)
    if now - guest.seen > idle or (now > guest.until and not guest.phone):
        return None
    return guest, stay


def close(request: HttpRequest) -> HttpResponse:
    """Nothing stays in this browser: on a phone the PIN is asked again, a tablet goes to staff.

    A member of staff who came here by an address stays signed in, and is told where they are.
    """
    held = request.session.get(KEY)
    if not held and request.user.is_authenticated:
        return page(request, "portal/not_yours.html", {}, status=403)
    request.session.flush()
    if not held:
        return redirect(settings.LOGIN_URL)
    messages.success(request, "Your pages are closed. Nothing of yours stays on this device.")
    guest = Guest(**held)
    return redirect(guest.door if guest.phone else settings.LOGIN_URL)


def touched(request: HttpRequest, guest: Guest) -> None:
    """Somebody is there: kept once a second at most."""
    now = clock.now().timestamp()
    if guest.writing or now - guest.seen >= 1:
        keep(request, replace(guest, seen=now, writing=False))


def own[**P](view: OwnView[P]) -> View[P]:
    """A page of whoever gave their PIN: it is handed their stay, and knows no other."""

    @login_not_required
    @never_cache
    @wraps(view)
    def opened(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        found = at_the_door(request)
        if found is None or not found[0].inside:
            return close(request)
        guest, stay = found
        touched(request, guest)
        return view(request, stay, *args, **kwargs)

    return opened


def show(
    request: HttpRequest,
    stay: Stay,
    template: str,
    title: str,
    *,
    here: str = "",
    writing: bool = False,
    status: int | None = None,
    **shown: Any,
) -> HttpResponse:
    """One of their pages. `writing` says that it holds a form with words."""
    guest = Guest(**request.session[KEY])
    if writing:
        keep(request, replace(guest, writing=True))
    context: Mapping[str, Any] = {
        "stay": stay,
        "words": stay.pack.terms,
        "page_title": title,
        "guest": guest,
        "idle": guest.idle(stay, writing=guest.phone),
        "idle_plain": guest.idle(stay, writing=writing),
        "doors": _doors(stay, here),
        "drafts_at": reverse("portal:drafts"),
        **shown,
    }
    return page(request, template, context, status=status)


def _doors(stay: Stay, here: str) -> list[dict[str, Any]]:
    word = stay.pack.term
    known = [
        ("home", "Start"),
        ("sessions", word("session").plural.capitalize()),
        ("plan", word("plan").singular.capitalize()),
        ("week", "This week"),
        ("agreements", "Agreements"),
        ("what-they-do", f"My {stay.pack.term('key_worker').singular}"),
        ("who-looked", "Who looked"),
    ]
    if stay.scheme.pack.stages:
        known.insert(4, ("stage", "Stage"))
    return [
        {"says": says, "url": reverse(f"portal:{name}"), "here": name == here}
        for name, says in known
    ]
