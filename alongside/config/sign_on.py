"""Organisations' own accounts: read from one file, so that no secret stands in the database.

[[provider]]
id = "harbour"                       # in the address to register with the provider
organisation = "harbour"             # the short name of the organisation it is for
name = "Harbour Trust account"       # what the button says
server_url = "https://login.harbour.example/realms/staff"
client_id = "alongside"
secret = "..."
second_factor = true                 # the provider itself asks for a second factor, always
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

NEEDED = ("id", "organisation", "name", "server_url", "client_id", "secret")


def providers_in(file: Path | None) -> list[dict[str, Any]]:
    """The providers of that file. Raises ValueError when one of them lacks something."""
    if file is None:
        return []
    found: list[dict[str, Any]] = tomllib.loads(Path(file).read_text("utf-8")).get("provider", [])
    for one in found:
        if missing := [name for name in NEEDED if not one.get(name)]:
            raise ValueError(f"A provider in {file} lacks {', '.join(missing)}.")
    return found


def apps_of(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same, as the sign-in library wants them."""
    return [
        {
            "provider_id": one["id"],
            "name": one["name"],
            "client_id": one["client_id"],
            "secret": one["secret"],
            "settings": {
                "server_url": one["server_url"],
                "organisation": one["organisation"],
                "second_factor": bool(one.get("second_factor")),
            },
        }
        for one in found
    ]


def origins_of(found: list[dict[str, Any]]) -> list[str]:
    """Where a form of the first page may lead: to these providers, and nowhere else."""
    parts = [urlsplit(one.get("sends_to") or one["server_url"]) for one in found]
    return sorted({f"{part.scheme}://{part.netloc}" for part in parts})
