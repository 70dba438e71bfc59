"""Builds a form from the questions that a practice pack declares."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from alongside.organisation.models import Staff
from alongside.practice.contents import Pack
from alongside.practice.sheets import Question, QuestionKind, Sheet
from alongside.sheets.keeping import UNASKED
from alongside.sheets.models import Sheet as Kept
from alongside.sheets.reading import YES_NO, may_read, options_of
from alongside.ui.forms import OperationForm

if TYPE_CHECKING:
    from django.forms.boundfield import BoundField

LONGEST = 20_000
LINES = 3
A_FEW = 5
# The field that asks which of several things a form answers, and the answer that it is none.
WHICH, NONE_OF_THEM = "this-answers", "none"


class SheetForm(OperationForm):
    """The questions of one sheet. Its only argument is `answers`, keyed by question.

    Made by `sheet_form`. As a draft (`whole=False`) nothing is required, so that what there is
    can be kept; an answer somebody may not read is asked for again but never shown, and a
    box left empty then leaves it as it is.
    """

    says: ClassVar[dict[str, str]] = {WHICH: "Choose which of these this answers."}
    pack: ClassVar[Pack | None] = None
    questions: ClassVar[tuple[Question, ...]] = ()
    staff: ClassVar[tuple[Staff, ...]] = ()

    def __init__(
        self,
        *args: Any,
        sheet: Kept | None = None,
        reader: Staff | None = None,
        whole: bool = True,
        **kwargs: Any,
    ) -> None:
        self.hidden_answers = _hidden(sheet, self.questions, reader)
        if sheet:
            kwargs["initial"] = {**self._initial(sheet), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        if WHICH in self.fields:
            self.fields[WHICH].required = whole
        for question in self.questions:
            field = self.fields[question.key]
            # Where half of it may be kept, what has to be answered in the end is not optional.
            field.quietly_optional = question.required and not whole  # type: ignore[attr-defined]
            field.required = whole and question.required and question.key not in self.hidden_answers
            if question.key in self.hidden_answers:
                field.help_text = (
                    "Answered. Only some people may read it; leave it empty to keep it."
                )

    def _initial(self, sheet: Kept) -> dict[str, Any]:
        shown = {
            question.key: _to_field(question, sheet.answers[question.key])
            for question in self.questions
            if question.key in sheet.answers and question.key not in self.hidden_answers
        }
        none = sheet.answers_to in {str(sheet.pk), str(sheet.corrects_id)}
        which = {WHICH: NONE_OF_THEM if none else sheet.answers_to} if sheet.answers_to else {}
        return {**shown, **which, "version": sheet.version}

    @property
    def which(self) -> BoundField | None:
        """The question which of several things this form answers, where that has to be asked."""
        return self[WHICH] if WHICH in self.fields else None

    def arguments(self) -> dict[str, Any]:
        which = {"which": self.cleaned_data[WHICH]} if WHICH in self.fields else {}
        return {"answers": self.answers(), **which}

    def answers(self) -> dict[str, Any]:
        """The answers as a sheet keeps them, without hidden ones that were left alone."""
        kept = {
            question.key: self._to_keep(question, self.cleaned_data.get(question.key))
            for question in self.questions
        }
        return {
            key: value
            for key, value in kept.items()
            if not (key in self.hidden_answers and value in (None, "", [], False))
        }

    def _to_keep(self, question: Question, value: Any) -> Any:
        if question.kind is QuestionKind.STAFF:
            names = {str(one.pk): one.name for one in self.staff}
            return {"id": value, "name": names[value]} if value else ""
        if isinstance(value, date | time):
            return value.isoformat()
        return str(value) if isinstance(value, Decimal) else value


def sheet_form(
    asked: Sheet,
    *,
    pack: Pack | None = None,
    staff: Iterable[Staff] = (),
    sections: Collection[str] = (),
    leave_out: Collection[str] = (),
    things: Sequence[tuple[str, str]] = (),
) -> type[SheetForm]:
    """A form class for this sheet, or for some `sections` of it, without some questions.

    `pack` gives the choice lists that questions name; `staff` are those one may choose from.
    `things` are those of which this sheet answers one, each with its ref and its words.
    """
    people = tuple(staff)
    questions = tuple(
        question
        for section in asked.sections
        if not sections or section.key in sections
        for question in section.questions
        if question.key not in leave_out and question.kind not in UNASKED
    )
    made: type[SheetForm] = type(
        "SheetForm", (SheetForm,), {"pack": pack, "questions": questions, "staff": people}
    )
    # Not as attributes of the class: a question may have any key, "questions" too.
    made.base_fields = {
        **SheetForm.base_fields,
        **({WHICH: _which(things)} if things else {}),
        **{question.key: _field(pack, people, question) for question in questions},
    }
    return made


def _which(things: Sequence[tuple[str, str]]) -> forms.Field:
    return forms.ChoiceField(
        label="What does this answer?",
        choices=[*things, (NONE_OF_THEM, "None of these")],
        initial=things[0][0] if len(things) == 1 else None,
        widget=forms.RadioSelect,
    )


def _field(pack: Pack | None, staff: tuple[Staff, ...], question: Question) -> forms.Field:
    shared: dict[str, Any] = {
        "label": question.says,
        "help_text": question.help,
        "required": question.required,
    }
    match question.kind:
        case QuestionKind.CHOICE:
            return _choice(options_of(pack, question), shared)
        case QuestionKind.CHOICES:
            return forms.MultipleChoiceField(
                choices=options_of(pack, question), widget=forms.CheckboxSelectMultiple, **shared
            )
        case QuestionKind.STAFF:
            people = [("", "Choose"), *((str(one.pk), one.name) for one in staff)]
            return forms.ChoiceField(choices=people, **shared)
    return _PLAIN[question.kind](**shared)


def _choice(options: list[tuple[str, str]], shared: dict[str, Any]) -> forms.Field:
    if len(options) <= A_FEW:
        return forms.ChoiceField(choices=options, widget=forms.RadioSelect, **shared)
    return forms.ChoiceField(choices=[("", "Choose"), *options], **shared)


def _words(**shared: Any) -> forms.Field:
    return forms.CharField(max_length=LONGEST, **shared)


def _long_words(**shared: Any) -> forms.Field:
    box = forms.Textarea(attrs={"rows": LINES})
    return forms.CharField(max_length=LONGEST, widget=box, **shared)


def _yes_no(**shared: Any) -> forms.Field:
    return forms.ChoiceField(choices=list(YES_NO.items()), widget=forms.RadioSelect, **shared)


def _when(**shared: Any) -> forms.Field:
    return forms.DateTimeField(widget=forms.DateTimeInput, **shared)


_PLAIN: dict[QuestionKind, Callable[..., forms.Field]] = {
    QuestionKind.TEXT: _words,
    QuestionKind.PERSON: _words,
    QuestionKind.LONG_TEXT: _long_words,
    QuestionKind.YES_NO: _yes_no,
    QuestionKind.TICK: forms.BooleanField,
    QuestionKind.NUMBER: forms.DecimalField,
    QuestionKind.DATE: forms.DateField,
    QuestionKind.TIME: forms.TimeField,
    QuestionKind.DATE_TIME: _when,
}


def _hidden(
    sheet: Kept | None, questions: Iterable[Question], reader: Staff | None
) -> frozenset[str]:
    if sheet is None or reader is None:
        return frozenset()
    return frozenset(
        question.key
        for question in questions
        if sheet.answers.get(question.key) and not may_read(sheet, question, reader)
    )


def _to_field(question: Question, value: Any) -> Any:
    if question.kind is QuestionKind.STAFF:
        return value["id"] if value else ""
    if not value:
        return value
    match question.kind:
        case QuestionKind.DATE:
            return date.fromisoformat(value)
        case QuestionKind.TIME:
            return time.fromisoformat(value)
        case QuestionKind.DATE_TIME:
            return datetime.fromisoformat(value)
    return value
