"""Where pages are. A page has fifty links or more, so the way to each is worked out once.

Addresses do not change while the house runs; only the key in them does.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse

if TYPE_CHECKING:
    from alongside.organisation.models import Scheme

ANY_KEY = UUID("00000000-0000-7000-8000-000000000000")


def address(name: str, scheme: Scheme | Any = None) -> str:
    """Where a named page is, of this scheme if it is a scheme's; "" while no room offers it."""
    return _found(name) or (_found(name, scheme.slug) if scheme else "")


def address_about(name: str, key: UUID) -> str:
    """Where a named page about one record is; "" while no room offers it."""
    return _found(name, ANY_KEY).replace(str(ANY_KEY), str(key))


def _found(name: str, *args: UUID | str) -> str:
    return _reversed(name, args, get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())


@lru_cache(maxsize=4096)
def _reversed(name: str, args: tuple[UUID | str, ...], urlconf: Any, _prefix: str) -> str:
    try:
        return reverse(name, urlconf, args=args)
    except NoReverseMatch:
        return ""
