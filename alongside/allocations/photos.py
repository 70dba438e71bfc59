"""A worker's photo: taken in whatever shape it comes, kept small, and without what it knew."""

from __future__ import annotations

from typing import IO
from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile

from alongside.documents.gate import require_harmless
from alongside.kit.apart import CannotBeRead, TakesTooMuch, read_apart
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
        made = read_apart(
            "alongside.documents.pictures:square", file.read(), side=SIDE,
            most_pixels=settings.UPLOAD_MEGAPIXELS * 1_000_000,
        )  # fmt: skip
    except (CannotBeRead, TakesTooMuch) as fault:
        raise Refused(
            "This is not a picture that can be opened.",
            instead="Choose a JPEG, PNG, WebP or HEIC.",
            field="photo",
        ) from fault
    require_harmless(made, field="photo")
    return ContentFile(made, name="photo.jpg")
