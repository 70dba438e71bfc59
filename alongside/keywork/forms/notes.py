"""The forms of a note: written, corrected, moved to its own file, removed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from alongside.allocations.forms import text
from alongside.keywork.forms.fields import (
    OneOfField,
    SomeOfField,
    offer_keyed,
    offer_principles,
    offer_records,
    offer_some,
    which_principles,
)
from alongside.keywork.models import Note
from alongside.keywork.models.notes import SESSION
from alongside.organisation.models import Scheme, Staff
from alongside.plans.models import PlanAction
from alongside.stays.models import Stay
from alongside.ui.forms import OperationForm


class NoteForm(OperationForm):
    """A note in under a minute: what kind, how long, the words. The rest can wait."""

    same_words_once = True

    person = OneOfField(label="About whom?")
    kind = forms.ChoiceField(label="What kind of note?")
    text = text("What happened?", rows=5, required=True)
    minutes = forms.IntegerField(label="Minutes", required=False, min_value=1, max_value=600)
    happened_on = forms.DateField(label="When, if not now?", required=False)
    happened_time = forms.TimeField(label="At what time?", required=False)
    actions = SomeOfField(label="Which action is it about?")
    help_kinds = forms.MultipleChoiceField(
        label="What kind of help was it?", required=False, widget=forms.CheckboxSelectMultiple
    )
    principles = which_principles()
    restricted = forms.BooleanField(label="Only named people may read this", required=False)
    readers = SomeOfField(label="Who may read it, besides you?")

    MORE = (
        "happened_on", "happened_time", "actions", "help_kinds", "principles", "restricted",
        "readers",
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        scheme: Scheme,
        stay: Stay | None = None,
        stays: Iterable[Stay] = (),
        actions: Iterable[PlanAction] = (),
        staff: Iterable[Staff] = (),
        **kwargs: Any,
    ) -> None:
        self.draft_key = f"note-{stay.pk if stay else scheme.pk}"
        super().__init__(*args, **kwargs)
        if stay is not None:
            del self.fields["person"]
        else:
            offer_records(self.fields["person"], ((one, one.resident.name) for one in stays))
        kinds = [c for c in scheme.pack.choices("note_kinds") if c.key != SESSION]
        self.fields["kind"].choices = [(c.key, c.says) for c in kinds]  # type: ignore[attr-defined]
        offer_some(self.fields["actions"], actions)
        offer_some(self.fields["readers"], staff)
        offer_keyed(self.fields["help_kinds"], scheme.pack, "help_kinds", none=False)
        offer_principles(self, scheme.pack)

    def first(self) -> list[Any]:
        """What one fills in every time."""
        return [self[name] for name in ("person", "kind", "text", "minutes") if name in self.fields]

    def more(self) -> list[Any]:
        asked = [self[name] for name in self.MORE if name in self.fields]
        return [one for one in asked if one.errors or getattr(one.field, "records", True)]

    def has_more(self) -> bool:
        """Whether the further part holds something and must be open."""
        return any(
            self[name].errors or self[name].data for name in self.MORE if name in self.fields
        )


LAST = ("principles", "because")


class CorrectNoteForm(OperationForm):
    """The words as they are now, to be put right; a session's under its headings."""

    principles = which_principles()
    because = forms.CharField(label="What was wrong?", required=False, max_length=200)

    def __init__(self, *args: Any, note: Note, **kwargs: Any) -> None:
        self.draft_key = f"correct-{note.pk}"
        now = {f"heading_{key}": words for key, words in note.headings.items()}
        start = {
            "text": note.text, "version": note.version, "principles": note.principles, **now,
            **kwargs.pop("initial", {}),
        }  # fmt: skip
        super().__init__(*args, initial=start, **kwargs)
        labels = dict(zip(note.headings, note.under_headings(), strict=True))
        for key in note.headings:
            self.fields[f"heading_{key}"] = text(labels[key][0])
        offer_principles(self, note.stay.scheme.pack, also=note.principles)
        if not note.headings:
            self.fields["text"] = text("What happened?", rows=6, required=True)
        self.order_fields([*(n for n in self.fields if n not in LAST), *LAST])

    def arguments(self) -> dict[str, Any]:
        given = super().arguments()
        names = [name for name in given if name.startswith("heading_")]
        headings = {name.removeprefix("heading_"): given.pop(name) for name in names}
        return {**given, "headings": headings} if headings else given


class MoveNoteForm(OperationForm):
    to = OneOfField(label="To whose file does it belong?")
    because = text("How did it come about?", rows=2, required=True)

    def __init__(self, *args: Any, stays: Iterable[Stay], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_records(self.fields["to"], ((one, one.resident.name) for one in stays))


class RemoveNoteForm(OperationForm):
    because = text("Why must it not be on the file?", rows=2, required=True)
