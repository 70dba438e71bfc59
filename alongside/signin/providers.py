"""What is known of organisations' own accounts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Provider:
    """Where an organisation keeps its accounts. `second_factor`: it always asks for one itself."""

    id: str
    name: str
    organisation: str
    second_factor: bool


def providers() -> list[Provider]:
    return [
        Provider(
            one["provider_id"],
            one["name"],
            one["settings"]["organisation"],
            one["settings"]["second_factor"],
        )
        for one in _apps()
    ]


def _apps() -> list[dict[str, Any]]:
    kept: Any = settings.SOCIALACCOUNT_PROVIDERS
    return list(kept["openid_connect"]["APPS"])


def provider_called(key: str) -> Provider | None:
    return next((one for one in providers() if one.id == key), None)


def provider_asked(shown: list[dict[str, Any]]) -> bool:
    """Whether somebody came by an organisation's account that has asked for the second factor."""
    if not shown or shown[-1]["method"] != "socialaccount":
        return False
    provider = provider_called(shown[-1].get("provider", ""))
    return provider is not None and provider.second_factor
