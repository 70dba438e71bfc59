"""A worker's photo: taken in whatever shape it comes, kept small, and without what it knew."""

from __future__ import annotations

import io
import warnings
from typing import IO
from uuid import UUID

from django.core.files.base import ContentFile
from PIL import Image, ImageOps, UnidentifiedImageError

from alongside.kit.refusal import Refused

SIDE = 320


def photo_place(profile: object, name: str) -> str:
    """Where it is kept: by the worker's key, which says nothing to anybody."""
    key: UUID = profile.worker_id  # type: ignore[attr-defined]
    return f"workers/{key}.jpg"


def small(file: IO[bytes]) -> ContentFile[bytes]:
    """A square picture of 320 points, without the place and time that a telephone adds.

    Refused for what is not a picture, or is one too large to open.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(file) as picture:
                whole = ImageOps.exif_transpose(picture).convert("RGB")
                made = ImageOps.fit(whole, (SIDE, SIDE))
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError,
            Image.DecompressionBombWarning) as fault:  # fmt: skip
        raise Refused(
            "This is not a picture that can be opened.",
            instead="Choose a JPEG, PNG or WebP.",
            field="photo",
        ) from fault
    kept = io.BytesIO()
    made.save(kept, "JPEG", quality=85)
    return ContentFile(kept.getvalue(), name="photo.jpg")
