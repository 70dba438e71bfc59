"""Several actions in one cell: “1) Open a bank account 2) See the GP”, or a line for each."""

from __future__ import annotations

import re

MARK = re.compile(
    r"(?:^|(?<=[\s;,.]))\(?(?:(\d{1,2})|([a-h]))\s?(?:\)|\.(?!\d)|:(?!\d)|-(?=\s))\s*",
    re.IGNORECASE,
)
BULLET = re.compile(r"^\s*(?:[•●▪◦‣·*–—✓✔☐□]|-(?=\s|[^\W\d_]))\s*")
FEWEST = 2


def apart(text: str) -> tuple[str, list[str]]:
    """What stands before the first number, and each action; one action when they have no numbers.

    Numbers count from one, letters from a. Dates and amounts do not.
    """
    marks = _in_order(list(MARK.finditer(text)))
    if len(marks) >= FEWEST:
        ends = [*(m.start() for m in marks[1:]), len(text)]
        found = [text[m.end() : end].strip(" \t\r\n;,") for m, end in zip(marks, ends, strict=True)]
        if all(found):
            return text[: marks[0].start()].strip(" \t\r\n:;,-–"), found
    return _by_lines(text)


def _in_order(marks: list[re.Match[str]]) -> list[re.Match[str]]:
    """Those that count on from one; a number that is out of turn belongs to the words."""
    found: list[re.Match[str]] = []
    for mark in marks:
        letter = mark[2]
        number = ord(letter.lower()) - ord("a") + 1 if letter else int(mark[1])
        same = not found or bool(found[0][2]) is bool(letter)
        if same and number == len(found) + 1:
            found.append(mark)
    return found


def _by_lines(text: str) -> tuple[str, list[str]]:
    lines = [line for line in text.splitlines() if line.strip()]
    begun = next((n for n, line in enumerate(lines) if BULLET.match(line)), len(lines))
    if len(lines) - begun < FEWEST or begun > 1:
        return "", [text]
    found: list[str] = []
    for line in lines[begun:]:
        if BULLET.match(line):
            found.append(BULLET.sub("", line).strip())
        else:
            found[-1] = f"{found[-1]}\n{line.strip()}"
    if len(found) < FEWEST or not all(found):
        return "", [text]
    return "".join(lines[:begun]).strip(" :"), found
