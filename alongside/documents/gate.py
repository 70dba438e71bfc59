"""The gate: what may come in as a file, by its content and its name, and in which shape it is kept.

A picture is painted anew, so that nothing of where and when it was taken comes with it, nor
anything hidden behind it. Everything else comes in as it is, or not at all.
"""

from __future__ import annotations

import hashlib
import io
import unicodedata
import zipfile
from dataclasses import dataclass
from typing import IO

from django.conf import settings
from django.core.files.base import ContentFile

from alongside.documents.scanning import is_infected
from alongside.kit.apart import CannotBeRead, TakesTooMuch, read_apart
from alongside.kit.refusal import Refused

MEGABYTE = 1024 * 1024
LONGEST_NAME = 120
PARTS_MOST = 2_000
SWELLS_MOST = 200 * MEGABYTE
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HEIC = "image/heic"
KINDS = {
    "pdf": "application/pdf", "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png",
    "heic": HEIC, "heif": HEIC, "docx": DOCX, "txt": "text/plain",
}  # fmt: skip
# Each kind of picture, and what reads it.
PICTURES = {"image/jpeg": "jpeg", "image/png": "png", HEIC: "heif"}
BRANDS_OF_HEIC = (b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"hevc")
# What makes a paper do something when it is opened, or carry another inside.
ACTIVE_IN_PDF = (b"/JavaScript", b"/JS", b"/Launch", b"/EmbeddedFile", b"/RichMedia", b"/XFA")
ACTIVE_IN_DOCX = ("vbaproject", "activex", "embeddings/", "macros/")
KNOWN = "PDF, JPEG, PNG, HEIC, DOCX or TXT"


@dataclass(frozen=True, slots=True)
class Admitted:
    """A file as it is kept: its content, its own name, its kind and its fingerprint."""

    content: ContentFile[bytes]
    name: str
    kind: str
    size: int
    fingerprint: str


def admit(file: IO[bytes], name: str, size: int, *, field: str = "file") -> Admitted:
    """Let a file in, or refuse it in two sentences. `size` is in bytes, as it was told."""
    most = settings.UPLOAD_MEGABYTES
    if size > most * MEGABYTE:
        raise Refused(
            f"This file has {max(size // MEGABYTE, most + 1)} megabytes, and {most} is the most.",
            instead="Make it smaller, or bring it in parts.",
            field=field,
        )
    shown = safe_name(name)
    ending = shown.rpartition(".")[2].lower()
    if ending not in KINDS:
        raise _unknown(field)
    raw = file.read(most * MEGABYTE + 1)
    if not raw:
        raise Refused("This file is empty.", instead="Choose another one.", field=field)
    kind = KINDS[ending]
    if not _looks_like(kind, raw):
        raise Refused(
            f"This file is named .{ending} and is something else.",
            instead=f"Save it anew as {KNOWN}.",
            field=field,
        )
    if kind in PICTURES:
        raw = painted_anew(raw, kind, field)
    if kind == HEIC:  # few devices show it, so it is kept as what all of them do
        kind, shown = "image/jpeg", f"{shown.rpartition('.')[0]}.jpg"
    require_harmless(raw, field=field)
    return Admitted(ContentFile(raw), shown, kind, len(raw), hashlib.sha256(raw).hexdigest())


def require_harmless(raw: bytes, *, field: str) -> None:
    """Refuse what the scanner for viruses knows, where there is one."""
    if is_infected(raw):
        raise Refused(
            "This file was found to be harmful.", instead="Do not open it, and tell a manager.",
            field=field,
        )  # fmt: skip


def safe_name(name: str) -> str:
    """The last part of a name, without anything that is a path or cannot be seen."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    seen = "".join(one for one in last if unicodedata.category(one)[0] != "C")
    kept = " ".join(seen.replace('"', "").split()).strip(". ")
    start, dot, ending = kept.rpartition(".")
    return f"{start[: LONGEST_NAME - len(ending)]}{dot}{ending}" if dot else kept[:LONGEST_NAME]


def painted_anew(raw: bytes, kind: str, field: str) -> bytes:
    """The picture itself, turned as it is looked at, and nothing that came with it."""
    most = settings.UPLOAD_MEGAPIXELS
    try:
        return read_apart(
            "alongside.documents.pictures:painted", raw, kinds=[PICTURES[kind]],
            kept_as="PNG" if kind == "image/png" else "JPEG", most_pixels=most * 1_000_000,
        )  # fmt: skip
    except CannotBeRead as no:
        raise (_huge(most, field) if str(no) == "huge" else _no_picture(field)) from no
    except TakesTooMuch as much:
        raise Refused(
            "Opening this picture would take more memory or time than a picture does.",
            instead="Make it smaller, or take it anew.",
            field=field,
        ) from much


def _huge(most: int, field: str) -> Refused:
    return Refused(
        f"This picture has more than {most} megapixels.",
        instead="Make it smaller, or take it anew.",
        field=field,
    )


def _no_picture(field: str) -> Refused:
    return Refused(
        "This picture cannot be opened.", instead="Save it anew as JPEG or PNG.", field=field
    )


def _unknown(field: str) -> Refused:
    return Refused("This kind of file cannot be kept.", instead=f"Use {KNOWN}.", field=field)


def _looks_like(kind: str, raw: bytes) -> bool:
    """Whether the content is what the name says, and does nothing by itself."""
    if kind == "application/pdf":
        whole = raw.startswith(b"%PDF-") and b"%%EOF" in raw[-2048:]
        return whole and not any(mark in raw for mark in ACTIVE_IN_PDF)
    if kind == "image/jpeg":
        return raw.startswith(b"\xff\xd8\xff")
    if kind == "image/png":
        return raw.startswith(b"\x89PNG\r\n\x1a\n")
    if kind == HEIC:
        return raw[4:8] == b"ftyp" and raw[8:12] in BRANDS_OF_HEIC
    if kind == DOCX:
        return _is_plain_docx(raw)
    return _is_plain_text(raw)


def _is_plain_docx(raw: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            parts = packed.infolist()
            names = [part.filename.lower() for part in parts]
            relations = [
                packed.read(part)
                for part in parts
                if part.filename.endswith(".rels") and part.file_size < MEGABYTE
            ]
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
        return False
    small = len(parts) <= PARTS_MOST and sum(part.file_size for part in parts) <= SWELLS_MOST
    plain = not any(mark in name for name in names for mark in ACTIVE_IN_DOCX)
    tame = not any(name.startswith("/") or ".." in name for name in names)
    reaches_out = any(b"attachedTemplate" in one or b"oleObject" in one for one in relations)
    whole = {"[content_types].xml", "word/document.xml"} <= set(names)
    return raw.startswith(b"PK") and small and plain and tame and whole and not reaches_out


def _is_plain_text(raw: bytes) -> bool:
    if b"\x00" in raw:
        return False
    try:
        said = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    head = said.lstrip()[:200].lower()
    return not head.startswith(("<!doctype", "<html", "<svg", "<?xml", "<script", "%pdf", "#!"))
