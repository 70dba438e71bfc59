"""Reading a delimited text file: any delimiter, any common encoding, every line number kept."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter

from charset_normalizer import from_bytes

from alongside.exports.files import as_it_was
from alongside.imports.reading.sheets import Limits, Remark, Sheet, SheetRow, SourceFile, Unreadable
from alongside.imports.reading.written_dates import is_written_date

DELIMITERS = (",", ";", "\t", "|")
SAMPLE_RECORDS = 60
PLAIN_PUNCTUATION = "’‘“”–—…£€ °½\u00a0"
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
MAC_INSIDE_WORDS = re.compile("[a-z][ŽŸŠ‡ˆ‰\ufffd]|[A-Za-z][Ÿ‡ˆŠ\ufffd][a-z]")
WEB_PAGE = re.compile(r"\s*<(?:!doctype|html|\?xml|table|head|body|meta)\b", re.IGNORECASE)
DOS_INSIDE_WORDS = re.compile("[A-Za-z][‚„\x81][A-Za-z ;,|\t\r\n]")
SAVE_AGAIN = "Open it in the program it came from and save it as a CSV file."


def read_delimited(name: str, content: bytes, limits: Limits) -> SourceFile:
    """Read a CSV or other delimited file as one sheet.

    Refused when it is not text at all.
    """
    text, encoding = decode(content)
    _refuse_other_kinds(text)
    delimiter = guess_delimiter(text)
    rows = _records(text, delimiter, limits)
    sheet = Sheet(name=name.rsplit("/", 1)[-1].rsplit(".", 1)[0], rows=rows, delimited=True)
    return SourceFile(name, (sheet,), encoding, delimiter)


def _refuse_other_kinds(text: str) -> None:
    """A page of the web or a picture would be read as a list of nonsense."""
    if WEB_PAGE.match(text):
        raise Unreadable("This file is a web page, not a spreadsheet.", instead=SAVE_AGAIN)
    sample = text[:4_000]
    strange = sum(unicodedata.category(c) == "Cc" and c not in "\t\r\n\v\f\x1a" for c in sample)
    if strange * 50 > len(sample):
        raise Unreadable("This file is not text.", instead=SAVE_AGAIN)


def decode(content: bytes) -> tuple[str, str]:
    """The text of a file and the encoding it was in."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return _clean(content.decode(encoding, errors="replace")), encoding
    if wide := _utf16_without_mark(content):
        return _clean(content.decode(wide, errors="replace")), wide
    if content.count(b"\0") * 20 > len(content):
        raise Unreadable("This file is not text.", instead=SAVE_AGAIN)
    try:
        return _clean(content.decode("utf-8")), "utf-8"
    except UnicodeDecodeError:
        return _old_encoding(content)


def _old_encoding(content: bytes) -> tuple[str, str]:
    """Windows-1252 when it reads as ordinary western text, or what the bytes look like."""
    try:
        western = content.decode("cp1252")
    except UnicodeDecodeError:
        western = content.decode("cp1252", errors="replace")
    odd = [c for c in western if not c.isascii()]
    usual = sum(c in PLAIN_PUNCTUATION or "À" <= c <= "ÿ" or c in "ŠšŽžŒœŸ" for c in odd)
    if _is_dos(western):
        return _clean(content.decode("cp850")), "cp850"
    if _is_old_mac(content):
        return _clean(content.decode("mac_roman")), "mac_roman"
    if _is_mostly(usual, odd) and not _runs_of_accents(western):
        return _clean(western), "cp1252"
    best = from_bytes(content).best()
    if best is None:
        return _clean(western), "cp1252"
    return _clean(str(best)), best.encoding


def _is_dos(western: str) -> bool:
    """Letters of DOS read as Windows letters put low quotation marks right after letters."""
    return not any("À" <= c <= "ÿ" for c in western) and bool(DOS_INSIDE_WORDS.search(western))


def _is_old_mac(content: bytes) -> bool:
    """Old Mac letters read as Windows letters put capitals and daggers inside words."""
    western = content.decode("cp1252", errors="replace")
    if any("À" <= c <= "ÿ" for c in western):
        return False
    return bool(MAC_INSIDE_WORDS.search(western))


def _is_mostly(usual: int, odd: list[str]) -> bool:
    return not odd or usual / len(odd) > 0.8  # noqa: PLR2004


def _runs_of_accents(text: str) -> bool:
    """Whole words of accented letters are another alphabet read wrongly."""
    words = [w for w in text.split() if not w.isascii()]
    strange = [w for w in words if len(w) > 2 and sum("À" <= c <= "ÿ" for c in w) > len(w) / 2]  # noqa: PLR2004
    return len(strange) * 3 > len(words) > 0


def _utf16_without_mark(content: bytes) -> str:
    """UTF-16 without its mark shows as a zero in every second byte."""
    sample = content[:2000]
    half = max(len(sample) // 2, 1)
    even, odd = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if odd > 0.6 > even:  # noqa: PLR2004
        return "utf-16-le"
    if even > 0.6 > odd:  # noqa: PLR2004
        return "utf-16-be"
    return ""


def _clean(text: str) -> str:
    """Without the byte-order mark and zero characters, which no record needs."""
    return text.removeprefix("\ufeff").replace("\0", "")


def guess_delimiter(text: str) -> str:
    """The delimiter that gives the most records of one same width, and the widest."""
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and rest:
        return first[4:5]
    return max(DELIMITERS, key=lambda mark: _agreement(text, mark))


def _agreement(text: str, delimiter: str) -> tuple[float, int]:
    widths: Counter[int] = Counter()
    reader = csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=delimiter)
    try:
        for count, record in enumerate(reader):
            if count >= SAMPLE_RECORDS:
                break
            if record:
                widths[len(record)] += 1
    except csv.Error:
        return (0, 0)
    widths.pop(1, None)
    if not widths:
        return (0, 0)
    width, records = max(widths.items(), key=lambda item: (item[1], item[0]))
    return (records * min(width, 4), width)


def _records(text: str, delimiter: str, limits: Limits) -> tuple[SheetRow, ...]:
    csv.field_size_limit(max(limits.file_bytes, 131_072))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[SheetRow] = []
    lines = re.split(r"\r\n|\r|\n", text)
    began = 1
    try:
        _refuse_open_quotes(text, delimiter)
        for record in reader:
            remarks: tuple[Remark, ...] = ()
            if _is_broken(lines, began, reader.line_num, delimiter):
                record = _with_quotes_inside(lines[began - 1], delimiter)
                remarks = (Remark("quotes-inside", refuses=False),)
            if any(record) and not (began == 1 and record[0].lower().startswith("sep=")):
                values = tuple(as_it_was(field) for field in record)
                row = SheetRow(began, values[: limits.columns], len(record), remarks=remarks)
                rows.append(row)
            began = reader.line_num + 1
    except csv.Error as error:
        raise Unreadable(
            f"Line {began} of this file cannot be read.", instead=SAVE_AGAIN
        ) from error
    return tuple(rows)


def _is_broken(lines: list[str], began: int, ended: int, delimiter: str) -> bool:
    """Whether a quotation mark stands inside a quoted field of this one line, and not doubled."""
    if ended != began or '"' not in lines[began - 1]:
        return False
    try:
        list(csv.reader([lines[began - 1]], delimiter=delimiter, strict=True))
    except csv.Error:
        return True
    return False


def _with_quotes_inside(line: str, delimiter: str) -> list[str]:
    """The fields of a line in which a mark closes a field only before a delimiter or the end."""
    mark = re.escape(delimiter)
    quoted = re.compile(rf'"((?:[^"]|""|"(?!{mark}|$))*)"(?={mark}|$)')
    found: list[str] = []
    at = 0
    while at <= len(line):
        if whole := quoted.match(line, at):
            found.append(whole[1].replace('""', '"'))
            at = whole.end() + 1
        else:
            end = line.find(delimiter, at)
            end = len(line) if end < 0 else end
            found.append(line[at:end])
            at = end + 1
    return found


def _refuse_open_quotes(text: str, delimiter: str) -> None:
    """A quotation mark that is never closed swallows the lines after it, and nobody would know."""
    began = 1
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    width = 0
    for record in reader:
        width = width or len(record)
        if any(_holds_records(field, delimiter, width) for field in record):
            raise _open_quote(began)
        began = reader.line_num + 1
    if _ends_inside_quotes(text, delimiter):
        raise _open_quote(_line_of_last_record(text, delimiter))


def _holds_records(field: str, delimiter: str, width: int) -> bool:
    """Whether whole lines of the list, with a date in them, stand inside one field."""
    if "\n" not in field and "\r" not in field:
        return False
    inner = (line.split(delimiter) for line in field.splitlines()[1:])
    return any(len(p) == width > 1 and any(is_written_date(one) for one in p) for p in inner)


def _ends_inside_quotes(text: str, delimiter: str) -> bool:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        try:
            next(reader)
        except StopIteration:
            return False
        except csv.Error as error:
            if "unexpected end of data" in str(error):
                return True


def _line_of_last_record(text: str, delimiter: str) -> int:
    began = last = 1
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for _ in reader:
        last, began = began, reader.line_num + 1
    return last


def _open_quote(line: int) -> Unreadable:
    return Unreadable(
        f"A quotation mark in line {line} is not closed, so it swallows the lines after it.",
        instead="Close it or take it out, and bring the file again.",
    )
