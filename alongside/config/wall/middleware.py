"""Says of each request whose records it may reach: those of the organisation its session opens."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from alongside.config.doors import OPEN, rules
from alongside.kit import wall


def reaches_nobody_yet(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """The outermost middleware: whatever the thread did before, this request begins at nothing."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with wall.nobody_yet():
            return get_response(request)

    return middleware


class BehindTheWall:
    """After the session: from here on it is known whose records this browser may reach.

    At the few doors where nobody is known yet (`wall = "open"` in `rules.toml`) everybody's are,
    until the page knows who it is.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with wall.as_it_stands():  # a session belongs to a browser
            organisation = request.session.get(wall.KEY)
        if organisation:
            wall.known(organisation)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> None:
        found = request.resolver_match
        rule = rules().get(found.view_name) if found else None
        if rule and rule.wall == OPEN:
            wall.nobody_is_known_here()
