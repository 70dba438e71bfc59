"""The text of a PDF that the house made, as somebody who copies it out would get it.

Written for what typst writes: streams packed with deflate, fonts with a `ToUnicode` map of two-byte
codes. It is no reader of other people's PDFs. A map that is missing fails loudly, so that a test
which looks for words that must not be there cannot pass because nothing could be read.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

OBJECT = re.compile(rb"(?:^|\n)(\d+) 0 obj(.*?)\nendobj", re.DOTALL)
STREAM, LENGTH = re.compile(rb"stream\r?\n"), re.compile(rb"/Length (\d+)")
FONT = re.compile(rb"/ToUnicode (\d+) 0 R")
NAMED = re.compile(rb"/([A-Za-z]+\d+) (\d+) 0 R")
CONTENTS = re.compile(rb"/Contents (\d+) 0 R")
RESOURCES, FONTS = re.compile(rb"/Resources (\d+) 0 R"), re.compile(rb"/Font (\d+) 0 R")
BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
HEXES = re.compile(rb"<([0-9A-Fa-f]+)>")
# A font is chosen, or text is shown: hexadecimal, or as bytes in brackets.
SHOWN = re.compile(rb"/([A-Za-z]+\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)>|\(((?:\\.|[^\\()])*)\)", re.DOTALL)
ESCAPED = re.compile(rb"\\(\d{1,3}|.)", re.DOTALL)
PLAIN = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def text_of(pdf: bytes) -> str:
    """Every letter that is drawn, page after page, without breaks between lines and hyphens."""
    objects = dict(_objects(pdf))
    fonts = {
        number: _map(_unpacked(objects[int(found[1])]))
        for number, body in objects.items()
        if (found := FONT.search(body))
    }
    drawn = "".join(
        _drawn(_unpacked(objects[int(found[1])]), _named(body, objects, fonts))
        for body in objects.values()
        if (found := CONTENTS.search(body))
    )
    assert drawn, "No page could be read."
    return drawn.replace("-", "").replace("\u00ad", "")


def _named(
    page: bytes, objects: dict[int, bytes], fonts: dict[int, dict[int, str]]
) -> dict[bytes, dict[int, str]]:
    """The fonts of one page by the names they have there; another page may call others so."""
    apart = RESOURCES.search(page)
    told = page + (objects[int(apart[1])] if apart else b"")
    told += b"".join(objects[int(number)] for number in FONTS.findall(told))
    return {
        name: fonts[int(number)] for name, number in NAMED.findall(told) if int(number) in fonts
    }


def _objects(pdf: bytes) -> Iterator[tuple[int, bytes]]:
    for number, body in OBJECT.findall(pdf):
        yield int(number), body
        if b"/ObjStm" in body:
            held = _unpacked(body)
            first = int(re.search(rb"/First (\d+)", body)[1])  # type: ignore[index]
            numbers = [int(one) for one in held[:first].split()]
            places = [*numbers[1::2], len(held) - first]
            for at, inner in enumerate(numbers[::2]):
                yield inner, held[first + places[at] : first + places[at + 1]]


def _unpacked(body: bytes) -> bytes:
    found, length = STREAM.search(body), LENGTH.search(body)
    if not found or not length:
        return b""
    held = body[found.end() : found.end() + int(length[1])]
    return zlib.decompress(held) if b"FlateDecode" in body[: found.start()] else held


def _map(told: bytes) -> dict[int, str]:
    known: dict[int, str] = {}
    for kind, block in BLOCK.findall(told):
        hexes = [bytes.fromhex(one.decode()) for one in HEXES.findall(block)]
        if kind == b"bfchar":
            for code, letters in zip(hexes[::2], hexes[1::2], strict=True):
                known[int.from_bytes(code)] = letters.decode("utf-16-be")
        else:
            for low, high, letters in zip(hexes[::3], hexes[1::3], hexes[2::3], strict=True):
                for step in range(int.from_bytes(high) - int.from_bytes(low) + 1):
                    letter = chr(ord(letters.decode("utf-16-be")) + step)
                    known[int.from_bytes(low) + step] = letter
    return known


def _drawn(content: bytes, named: dict[bytes, dict[int, str]]) -> str:
    font: dict[int, str] = {}
    text = []
    for name, coded, plain in SHOWN.findall(content):
        if name:
            font = named[name]
            continue
        codes = bytes.fromhex(coded.decode()) if coded else _as_bytes(plain)
        pairs = [int.from_bytes(codes[at : at + 2]) for at in range(0, len(codes), 2)]
        text.append("".join(font.get(pair, "") for pair in pairs))
    return "".join(text)


def _as_bytes(plain: bytes) -> bytes:
    def meant(found: re.Match[bytes]) -> bytes:
        said = found[1]
        return bytes([int(said, 8)]) if said.isdigit() else PLAIN.get(said, said)

    return ESCAPED.sub(meant, plain)
