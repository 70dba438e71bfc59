"""Every address of the house, walked out of the URL configuration."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver, reverse

NOBODY = {"uuid": UUID(int=7), "slug": "nobody", "path": "nobody/at/all", "int": 7, "str": "nobody"}


@dataclass(frozen=True, slots=True)
class Door:
    """One address: its name, and the parts that are filled in, with their kind."""

    name: str
    parts: tuple[tuple[str, str], ...]

    def to(self, parts: dict[str, Any] | None = None) -> str:
        """The address; of nothing that exists when the parts are not given."""
        return reverse(self.name, kwargs=parts or {name: NOBODY[kind] for name, kind in self.parts})

    @property
    def wants(self) -> list[str]:
        return [name for name, _ in self.parts]


def doors() -> list[Door]:
    """All of them, each once."""
    return sorted(set(_walk(get_resolver(), "")), key=lambda door: door.name)


def _walk(resolver: URLResolver, space: str) -> Iterator[Door]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, f"{pattern.namespace or space}")
        elif isinstance(pattern, URLPattern):
            yield Door(f"{space}:{pattern.name}" if space else str(pattern.name), _parts(pattern))


def _parts(pattern: URLPattern) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name, type(converter).__name__.removesuffix("Converter").lower().replace("string", "str"))
        for name, converter in pattern.pattern.converters.items()
    )
