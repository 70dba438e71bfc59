"""A sheet as it is read: its questions as they were worded then, with the answers in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.practice.contents import Pack
from alongside.practice.sheets import Question, QuestionKind, Section
from alongside.sheets.models import Sheet

YES_NO = {"yes": "Yes", "no": "No"}


@dataclass(frozen=True, slots=True)
class Row:
    """One question and its answer in words; empty and `hidden` to those who may not read it."""

    question: Question
    answer: str
    by: str = ""
    at: datetime | None = None
    version: int = 0
    hidden: bool = False

    @property
    def is_tick(self) -> bool:
        return self.question.kind is QuestionKind.TICK


@dataclass(frozen=True, slots=True)
class Part:
    """One section of a sheet as it is read."""

    section: Section
    rows: list[Row]


def parts_of(sheet: Sheet, *, reader: Staff) -> list[Part]:
    """The whole sheet, section by section, for this reader."""
    pack = sheet.pack
    return [
        Part(section, [_row(sheet, pack, question, reader) for question in section.questions])
        for section in sheet.asked.sections
    ]


def rows_of(sheet: Sheet, *, reader: Staff) -> Iterator[Row]:
    """Every question of the sheet with its answer, for this reader."""
    for part in parts_of(sheet, reader=reader):
        yield from part.rows


def may_read(sheet: Sheet, question: Question, reader: Staff) -> bool:
    """Restricted answers are for those with that right here, and for whoever wrote them."""
    if not (question.restricted or sheet.asked.restricted):
        return True
    wrote_it = sheet.given.get(question.key, {}).get("by") == str(reader.pk)
    return wrote_it or reader.may(Action.READ_RESTRICTED, sheet)


def content_of(sheet: Sheet) -> dict[str, Any]:
    """Everything on the sheet as plain data, for a signature to seal."""
    return {
        "sheet": sheet.asked.says,
        "practice": f"{sheet.pack_key} {sheet.pack_version}",
        "answers": [
            {
                "question": question.says,
                "answer": in_words(sheet.pack, question, sheet.answers.get(question.key)),
                "by": sheet.given.get(question.key, {}).get("name", ""),
                "at": sheet.given.get(question.key, {}).get("at", ""),
            }
            for question in sheet.asked.questions
        ],
    }


def _row(sheet: Sheet, pack: Pack, question: Question, reader: Staff) -> Row:
    value = sheet.answers.get(question.key)
    given = sheet.given.get(question.key, {})
    if not may_read(sheet, question, reader):
        return Row(question, "", version=given.get("version", 0), hidden=value is not None)
    return Row(
        question,
        in_words(pack, question, value),
        by=given.get("name", ""),
        at=datetime.fromisoformat(given["at"]) if given else None,
        version=given.get("version", 0),
    )


def in_words(pack: Pack, question: Question, value: Any) -> str:
    """An answer as one reads it: the words of a choice, a date as a date, nothing as nothing."""
    if value in (None, "", [], False):
        return ""
    say = _SAY.get(question.kind)
    return say(pack, question, value) if say else str(value)


def options_of(pack: Pack | None, question: Question) -> list[tuple[str, str]]:
    """What a question may be answered with: its own options, or the pack's list."""
    chosen = list(question.options)
    if question.choices and pack:
        chosen += list(pack.choices(question.choices))
    return [(choice.key, choice.says) for choice in chosen]


def says_of(pack: Pack, question: Question, key: str) -> str:
    """The words of one option; the key itself when the list no longer has it."""
    return dict(options_of(pack, question)).get(key, key)


_SAY: dict[QuestionKind, Callable[[Pack, Question, Any], str]] = {
    QuestionKind.TICK: lambda _pack, _question, _value: "Done",
    QuestionKind.YES_NO: lambda _pack, _question, value: YES_NO.get(value, str(value)),
    QuestionKind.CHOICE: says_of,
    QuestionKind.CHOICES: lambda pack, question, value: ", ".join(
        says_of(pack, question, one) for one in value
    ),
    QuestionKind.STAFF: lambda _pack, _question, value: str(value["name"]),
    QuestionKind.DATE: lambda _pack, _question, value: f"{date.fromisoformat(value):%-d %B %Y}",
    QuestionKind.TIME: lambda _pack, _question, value: f"{time.fromisoformat(value):%H:%M}",
    QuestionKind.DATE_TIME: lambda _pack, _question, value: (
        f"{datetime.fromisoformat(value):%-d %B %Y, %H:%M}"
    ),
}
