"""Serves assets under names made from their content, or under plain ones until collected."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HouseStaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Hashed and compressed once collected; a picture that is missing never costs a whole page."""

    manifest_strict = False

    def stored_name(self, name: str) -> str:
        try:
            return str(super().stored_name(name))
        except ValueError:
            return name
