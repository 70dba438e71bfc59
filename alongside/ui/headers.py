"""What every answer tells the browser, whatever answers: a page, a file, a redirect, a fault.

The content security policy is Django's own; how long HTTPS is asked for too. The rest stands in
`settings.HEADERS`. What is not a public asset is never kept by a browser or a proxy: pages of
this house are about people.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control


def house_headers(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, the outermost: nothing leaves without these."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in settings.HEADERS.items():
            response.headers.setdefault(name, value)
        if not request.path.startswith(f"/{settings.STATIC_URL.lstrip('/')}"):
            patch_cache_control(response, no_store=True, private=True)
        return response

    return middleware
