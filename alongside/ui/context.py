"""What every page shell needs to know: where one is, where one can go, and in which words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings

from alongside.organisation.policy import may_open
from alongside.practice.actions import Action
from alongside.practice.parts import switched_off
from alongside.ui.addresses import address

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest


MINUTE = 60
MESSAGES = "conversations:here"
"""The door of messages: it says how many are unread, and stands for every page of its room."""


MOST_SHOWN = 99


@dataclass(frozen=True, slots=True)
class Place:
    """A door in the navigation; `unread` is how many conversations behind it hold something new."""

    says: str
    url: str
    here: bool
    behind: tuple[Place, ...] = ()
    unread: int = 0

    @property
    def unread_says(self) -> str:
        """The number as it is shown: in two digits, as it is good to know and no figure."""
        return "99+" if self.unread > MOST_SHOWN else str(self.unread)


def house(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `house` on every page.

    `request.chosen_scheme`, `request.schemes` and `request.words` are set by the organisation's
    middleware; a page without them (signing in, an error) is shown without them.
    """
    doors = tuple(navigation(request))
    return {
        "house": {
            "navigation": doors,
            "unread": next((one for one in doors if one.unread), None),
            "scheme": getattr(request, "chosen_scheme", None),
            "schemes": getattr(request, "schemes", ()),
            "words": getattr(request, "words", None),
            "stands_in": _stands_in(request),
            "emergency": _emergency(request),
            "demo": settings.DEMO,
            "home": address("today:today") or "/",
            "sign_in": address("account_login"),
            "sign_in_as": address("signin:sign-in-as"),
            "sign_out": address("signin:sign-out"),
            "cover": address("signin:cover"),
            "cover_after": _cover_after(request),
            "own_sign_in": address("mfa_index"),
            "be_resident": address("portal:as"),
            "switch_scheme": address("organisation:choose-scheme"),
            "help": address("help:help"),
        }
    }


def _stands_in(request: Any) -> list[Any]:
    """The posts that whoever is signed in stands in for just now."""
    user = getattr(request, "user", None)
    return user.standing.stands_in if user is not None and user.is_authenticated else []


def _cover_after(request: Any) -> int:
    """After so many seconds without a touch a page with a script covers itself; 0 for never."""
    scheme = getattr(request, "chosen_scheme", None)
    return int(scheme.pack.limit("screen_covered").number) * MINUTE if scheme else 0


def _emergency(request: Any) -> str:
    """Where the file is that whoever is signed in has open in an emergency; mostly nowhere."""
    user = getattr(request, "user", None)
    is_open = user is not None and user.is_authenticated and user.standing.opened
    return address("rights:emergency") if is_open else ""


def navigation(request: HttpRequest) -> Iterable[Place]:
    """The doors of `settings.NAVIGATION` that exist and are for this person, in its order.

    A door's label is a key of the scheme's words where there is one (in the plural), and the
    words themselves where there is not. A page of a scheme opens on the chosen scheme. A door
    with others behind it is left out when none of them is for this person.
    """
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        yield from _doors(settings.NAVIGATION, request)


def _doors(doors: list[Any], request: Any) -> Iterable[Place]:
    scheme = getattr(request, "chosen_scheme", None)
    words = getattr(request, "words", None)
    for says, leads_to, needs in doors:
        if not all(scheme and request.user.may(Action(one), scheme) for one in needs.split()):
            continue
        if isinstance(leads_to, str) and scheme and switched_off(leads_to, scheme.pack):
            continue
        if not isinstance(leads_to, str):
            if behind := tuple(_doors(leads_to, request)):
                here = any(place.here for place in behind)
                unread = sum(place.unread for place in behind)
                yield Place(label(says, words), "", here, behind, unread)
        elif url := address(leads_to, scheme):
            here = request.path == url or (url != "/" and request.path.startswith(url))
            if leads_to == MESSAGES:
                here, unread = here or _in_a_conversation(request), _unread(request.user, scheme)
                yield Place(label(says, words), url, here, unread=unread)
            else:
                yield Place(label(says, words), url, here)


def _in_a_conversation(request: Any) -> bool:
    """On a page of messages; one in somebody's file is a page of that file."""
    at = request.resolver_match
    return at is not None and at.namespaces == ["conversations"] and "stay_id" not in at.kwargs


def _unread(user: Any, scheme: Any) -> int:
    """How many conversations here hold something unread, of those this person may open; asked
    together with who they are."""
    return sum(
        at == scheme.pk and (person is None or may_open(user, at, person))
        for at, person in user.standing.unread
    )


def label(says: str, words: Any) -> str:
    """A door's name in the words of the scheme: "resident" becomes "Residents" or "Customers"."""
    if words is None or says not in words:
        return says
    plural: str = words[says].plural
    return plural[:1].upper() + plural[1:]
