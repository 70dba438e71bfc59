"""Files that come in, and files that do not: each with its name, its content and what is said."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
KEPT = ""


@dataclass(frozen=True, slots=True)
class Case:
    name: str
    content: bytes
    says: str = KEPT

    def __str__(self) -> str:
        return f"{self.name[:40]!a} {self.says[:30]}"


def picture(kind: str, **more: object) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(made, kind, **more)
    return made.getvalue()


def heic() -> bytes:
    import pillow_heif

    made = io.BytesIO()
    drawn = Image.new("RGB", (64, 48), "teal")
    exif = Image.Exif()
    exif[0x010E] = "cnry-in-the-description"
    pillow_heif.from_pillow(drawn).save(made, exif=exif.tobytes())
    return made.getvalue()


def picture_with_a_place() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = "cnry-in-the-description"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (51.0, 30.0, 0.0)
    return picture("JPEG", exif=exif)


def huge_png() -> bytes:
    """A few bytes that would be 90,000 megapixels."""
    head = struct.pack(">IIBBBBB", 300_000, 300_000, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + b"IHDR" + head + struct.pack(">I", zlib.crc32(b"IHDR" + head))
    return b"\x89PNG\r\n\x1a\n" + chunk


def docx(**more: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("word/document.xml", "<document/>")
        for name, content in more.items():
            packed.writestr(name, content)
    return made.getvalue()


def corpus() -> Iterator[Case]:
    """What comes in, then what does not."""
    jpeg, png = picture("JPEG"), picture("PNG")
    yield Case("letter.pdf", PDF)
    yield Case("LETTER.PDF", PDF)
    yield Case("photo.jpg", jpeg)
    yield Case("photo.jpeg", picture_with_a_place())
    yield Case("scan.png", png)
    yield Case("report.docx", docx())
    yield Case("note.txt", "Kia ora, Hēmi".encode())
    yield Case("note.txt", b"\xef\xbb\xbfwith a mark of order")
    other, kind, empty = "is something else", "kind of file cannot be kept", "is empty"
    for ending in (
        "exe", "html", "htm", "svg", "js", "php", "sh", "bat", "com", "scr", "jar", "apk", "zip",
        "7z", "rar", "tar", "gz", "iso", "docm", "doc", "xlsm", "xls", "ppt", "rtf", "swf", "xml",
        "xhtml", "mhtml", "lnk", "url", "vbs", "ps1", "hta", "msi", "dll", "py", "gif", "webp",
        "bmp", "tiff", "ico", "eps", "ps", "pdf.exe", "jpg.html", "",
    ):  # fmt: skip
        yield Case(f"a.{ending}", PDF, kind)
    yield Case("photo.heic", heic())
    yield Case("photo.HEIF", heic())
    yield Case("photo.heic", heic()[:200], "cannot be opened")
    yield Case("photo.heic", jpeg, other)
    yield Case("photo.jpg", heic(), other)
    yield Case("none", PDF, kind)
    for ending in ("pdf", "jpg", "png", "docx", "txt"):
        yield Case(f"a.{ending}", b"", empty)
        yield Case(f"a.{ending}", b"\0" * 64, other)
        yield Case(f"a.{ending}", b"<html><script>alert(1)</script></html>", other)
        yield Case(f"a.{ending}", b"MZ\x90\0\x03\0\0\0", other)
    yield Case("a.pdf", jpeg, other)
    yield Case("a.jpg", PDF, other)
    yield Case("a.png", jpeg, other)
    yield Case("a.jpg", png, other)
    yield Case("a.docx", PDF, other)
    yield Case("a.txt", b"#!/bin/sh\nrm", other)
    yield Case("a.txt", b"  <svg onload=x>", other)
    yield Case("a.txt", b"\xff\xfe\x00a", other)
    yield Case("a.pdf", b"GIF89a" + PDF, other)
    yield Case("a.pdf", PDF[:40], other)
    for mark in (b"/JavaScript", b"/JS", b"/Launch", b"/EmbeddedFile", b"/RichMedia", b"/XFA"):
        yield Case("a.pdf", PDF.replace(b"/Catalog", b"/Catalog" + mark), other)
    yield Case("a.docx", docx(**{"word/vbaProject.bin": b"x"}), other)
    yield Case("a.docx", docx(**{"word/embeddings/a.bin": b"x"}), other)
    yield Case("a.docx", docx(**{"word/activeX/a.xml": b"x"}), other)
    yield Case("a.docx", docx(**{"../../etc/passwd": b"x"}), other)
    yield Case("a.docx", docx(**{"/etc/passwd": b"x"}), other)
    rels = b'<Relationship Type="x/attachedTemplate" Target="http://x/"/>'
    yield Case("a.docx", docx(**{"word/_rels/settings.xml.rels": rels}), other)
    yield Case("a.docx", docx(**{"word/bomb.xml": b"0" * (201 * 1024 * 1024)}), other)
    yield Case("a.jpg", jpeg[:60], "cannot be opened")
    yield Case("a.jpg", b"\xff\xd8\xff" + b"x" * 90, "cannot be opened")
    yield Case("a.png", png[:40], "cannot be opened")
    yield Case("a.png", huge_png(), "picture")


# Names as people and attackers write them, and the name that is kept.
NAMES = {
    "../../etc/passwd.txt": "passwd.txt",
    "..\\..\\windows\\system.txt": "system.txt",
    "/etc/cron.d/job.txt": "job.txt",
    "C:\\Users\\x\\letter.txt": "letter.txt",
    "a\r\nSet-Cookie: x=1.txt": "aSet-Cookie: x=1.txt",
    'a".txt': "a.txt",
    "a\u202etxt.exe.txt": "atxt.exe.txt",
    "a\0.txt": "a.txt",
    "Hēmi Ngāwaka.txt": "Hēmi Ngāwaka.txt",
    "he\u0304mi.txt": "hēmi.txt",
    " .hidden.txt": "hidden.txt",
    "....txt": "txt",
    "a  b\tc.txt": "a bc.txt",
    "%2e%2e%2fetc%2fpasswd.txt": "%2e%2e%2fetc%2fpasswd.txt",
    "\u200bspace.txt": "space.txt",
    "~/.ssh/authorized.txt": "authorized.txt",
    "file:///etc/passwd.txt": "passwd.txt",
    "con.txt": "con.txt",
}
