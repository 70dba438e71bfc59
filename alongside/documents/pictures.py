"""Paints pictures anew. Runs apart (`alongside.kit.apart`), so it needs nothing of Django.

Every `ValueError` is an answer: "huge" for more than may be, anything else for what is no picture.
"""

from __future__ import annotations

import io
import warnings
from typing import Any

import pillow_heif
from PIL import Image, ImageOps

pillow_heif.register_heif_opener()
pillow_heif.options.DECODE_THREADS = 1
Image.init()  # now, while files may still be opened

LARGE = 20_000_000
"""Pixels. A larger photograph is read at half its size: more than any screen or paper shows."""
QUALITY = 88
FAULTS = (OSError, SyntaxError, EOFError, Image.DecompressionBombError,
          Image.DecompressionBombWarning)  # fmt: skip


def painted(data: bytes, *, kinds: list[str], kept_as: str, most_pixels: int) -> bytes:
    """The picture itself, turned as it is looked at, and nothing that came with it.

    `kinds` are those that it may be, `kept_as` is "PNG" or "JPEG". A `ValueError` says why not.
    """
    whole = _opened(data, kinds, "RGBA" if kept_as == "PNG" else "RGB", most_pixels)
    return _saved(whole, kept_as)


def square(data: bytes, *, side: int, most_pixels: int) -> bytes:
    """The middle of a picture of any kind we read, so many points wide and high, as JPEG."""
    whole = _opened(data, ["jpeg", "png", "webp", "heif"], "RGB", most_pixels)
    return _saved(ImageOps.fit(whole, (side, side)), "JPEG")


def _opened(data: bytes, kinds: list[str], mode: str, most_pixels: int) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            Image.MAX_IMAGE_PIXELS = most_pixels * 2
            picture: Any = Image.open(io.BytesIO(data), formats=kinds)
            wide, high = picture.size
            if wide * high > most_pixels:
                raise ValueError("huge")
            if wide * high > LARGE:
                picture.draft("RGB", (wide // 2, high // 2))
            whole = ImageOps.exif_transpose(picture)
            whole = whole if whole.mode == mode else whole.convert(mode)
    except FAULTS as fault:
        raise ValueError("no picture") from fault
    return whole


def _saved(whole: Any, kept_as: str) -> bytes:
    whole.info.clear()  # what it brought along: a place, a time, a comment, a profile
    kept = io.BytesIO()
    whole.save(kept, kept_as, **({} if kept_as == "PNG" else {"quality": QUALITY}))
    return kept.getvalue()
