"""The forms of key working."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from alongside.allocations.forms import NONE, StaffField, offered, text
from alongside.keywork.models import Arranged, Note, Slot
from alongside.keywork.models.notes import SESSION
from alongside.kit import clock
from alongside.organisation.models import Scheme, Staff
from alongside.plans.models import PlanAction
from alongside.practice.contents import Pack
from alongside.stays.models import Stay
from alongside.ui.forms import OperationForm, quietly_optional


class OneOfField(forms.TypedChoiceField):
    """One record of a list that the view offers."""

    def __init__(self, **kwargs: Any) -> None:
        self.records: dict[str, Any] = {}
        super().__init__(empty_value=None, **kwargs)

    def clean(self, value: Any) -> Any:
        """The record itself. Looked up here, on the form's own copy of the field."""
        return self.records.get(str(super().clean(value)))

    def offer(self, records: Iterable[tuple[Any, str]]) -> None:
        listed = [(one, says) for one, says in records]
        self.records = {str(one.pk): one for one, _ in listed}
        self.choices = [NONE, *((str(one.pk), says) for one, says in listed)]


class SomeOfField(forms.TypedMultipleChoiceField):
    """Any of the actions of somebody's plan.

    What is offered is read when it is shown, or when one is chosen: most notes choose none.
    """

    def __init__(self, **kwargs: Any) -> None:
        self.offered: Iterable[Any] = ()
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
        super().__init__(empty_value=[], required=False, **kwargs)

    def clean(self, value: Any) -> list[Any]:
        """The records themselves."""
        chosen = super().clean(value)
        records = self.records if chosen else {}
        return [records[str(key)] for key in chosen]

    def offer(self, records: Iterable[Any]) -> None:
        self.offered = records
        self.choices = self._choices_offered

    @property
    def records(self) -> dict[str, Any]:
        return {str(one.pk): one for one in self.offered}

    def _choices_offered(self) -> list[tuple[str, str]]:
        return [(key, str(one)) for key, one in self.records.items()]


def which_principles() -> forms.MultipleChoiceField:
    """Which principles of the practice it shows; asked only where the practice names some."""
    return forms.MultipleChoiceField(
        label="Which of our principles does it show?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


def offer_principles(form: forms.Form, pack: Pack, *, also: Iterable[str] = ()) -> None:
    """Offer the principles of a practice, and those that stand there already; or do not ask."""
    listed, offered = pack.choices("principles"), dict(pack.principles.pairs())
    offered |= {key: listed[key] for key in also if key in listed}
    if not offered:
        del form.fields["principles"]
        return
    field: Any = form.fields["principles"]
    field.choices = [(key, choice.says) for key, choice in offered.items()]


def slot_says(slot: Slot) -> str:
    at = slot.starts_at.astimezone(slot.scheme.zone)
    place = slot.place or str(slot.scheme.pack.choices("venues").get(slot.venue) or "")
    return f"{at:%A %-d %B, %H:%M} with {slot.worker.name}, {place}"


class OfferSlotsForm(OperationForm):
    worker = StaffField(label="Who offers the time?")
    on = forms.DateField(label="On which day?")
    starts = forms.TimeField(label="From")
    ends = forms.TimeField(label="To")
    minutes = forms.IntegerField(label="Minutes for each", min_value=5, max_value=240)
    weeks = forms.IntegerField(
        label="For how many weeks, on the same day?", min_value=1, max_value=12
    )
    venue = forms.ChoiceField(label="Where?")
    place = forms.CharField(label="Which room?", required=False, max_length=120)

    def __init__(self, *args: Any, scheme: Scheme, workers: Iterable[Staff], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_staff(self.fields["worker"], workers)
        _offer_keyed(self.fields["venue"], scheme.pack, "venues")


SLOT_ASKS = ("slot", "arranged", "activity", "place_agreed")


class BookForm(OperationForm):
    """A slot that is offered, or another time with somebody."""

    slot = OneOfField(label="Choose a time that is offered", required=False)
    worker = StaffField(label="Or with whom?", required=False)
    on = forms.DateField(label="On which day?", required=False)
    starts = forms.TimeField(label="At what time?", required=False)
    minutes = forms.IntegerField(label="How many minutes?", required=False, min_value=5)
    venue = forms.ChoiceField(label="Where?", required=False)
    format = forms.ChoiceField(label="How will you meet?", required=False)
    activity = forms.CharField(
        label="What will you do together?",
        required=False,
        max_length=120,
        help_text="When you meet over an activity. It counts like any other session.",
    )
    place_agreed = forms.BooleanField(
        label="They were asked where and how they like to meet", required=False
    )
    arranged = forms.ChoiceField(
        label="Who arranged it?", choices=Arranged.choices, widget=forms.RadioSelect
    )

    def __init__(
        self,
        *args: Any,
        scheme: Scheme,
        slots: Iterable[Slot],
        workers: Iterable[Staff],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        _offer_records(self.fields["slot"], ((one, slot_says(one)) for one in slots))
        _offer_staff(self.fields["worker"], workers)
        _offer_keyed(self.fields["venue"], scheme.pack, "venues")
        _offer_keyed(self.fields["format"], scheme.pack, "session_formats")
        for name in ("slot", "worker", "on", "starts", "venue"):
            quietly_optional(self.fields[name])  # A time that is offered answers the others.

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("slot"):
            return given
        for name, missing in (
            ("worker", "Choose a time that is offered, or say with whom."),
            ("on", "Say on which day."),
            ("starts", "Say at what time."),
            ("venue", "Say where."),
        ):
            if not given.get(name) and name not in self.errors:
                self.add_error(name, missing)
        return given

    def arguments(self) -> dict[str, Any]:
        given = super().arguments()
        if given.get("slot"):
            return {name: given[name] for name in SLOT_ASKS}
        del given["slot"]
        return given


class MoveBookingForm(OperationForm):
    slot = OneOfField(label="To which time that is offered?", required=False)
    on = forms.DateField(label="Or to which day?", required=False)
    starts = forms.TimeField(label="At what time?", required=False)
    reason = forms.ChoiceField(label="Why?")
    words = text("In a few words", rows=2)

    def __init__(self, *args: Any, pack: Pack, slots: Iterable[Slot], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_records(self.fields["slot"], ((one, slot_says(one)) for one in slots))
        _offer_reasons(self.fields["reason"], pack, "session_moved")


class CancelBookingForm(OperationForm):
    reason = forms.ChoiceField(label="Why?")
    words = text("In a few words", rows=2)

    def __init__(self, *args: Any, pack: Pack, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_reasons(self.fields["reason"], pack, "session_missed")


class MissedForm(CancelBookingForm):
    explanation = text(
        "Why is it not booked again?",
        rows=2,
        hint="Leave it empty when it is booked again, or will be.",
    )


class ExplainForm(OperationForm):
    explanation = text("Why is it not booked again?", required=True)


class PrepareForm(OperationForm):
    purpose = text("What is it for?")
    topics = text("What do they want to talk about?")
    resources = text("What to bring, what it costs", rows=2)
    comfort = text(
        "What makes them feel at ease?", rows=2, hint="The place, who is near, topics to leave."
    )
    read_headlines = forms.BooleanField(
        label="I have read the risks, the plan and the open actions above", required=False
    )

    def __init__(self, *args: Any, key: str, **kwargs: Any) -> None:
        self.draft_key = key
        super().__init__(*args, **kwargs)


class RecordSessionForm(OperationForm):
    """A session under the headings of the pack."""

    same_words_once = True

    booking = OneOfField(label="Which booking was it?", required=False)
    held_on = forms.DateField(label="On which day?")
    began = forms.TimeField(label="At what time?", required=False)
    minutes = forms.IntegerField(label="How many minutes?", min_value=1, max_value=600)
    attendance = forms.ChoiceField(label="Did they come?", widget=forms.RadioSelect)
    held_by = StaffField(label="Who held it?")
    venue = forms.ChoiceField(label="Where?", required=False)
    format = forms.ChoiceField(label="How?", required=False)
    actions = SomeOfField(label="Which actions was it about?")
    raise_issue = text(
        "A new issue, as an action",
        rows=2,
        hint="It is put before them: they take it into the plan, leave it for now, or refuse.",
    )
    own_words = text("In their own words", rows=2)
    help_kinds = forms.MultipleChoiceField(
        label="What kind of help was it?", required=False, widget=forms.CheckboxSelectMultiple
    )
    principles = which_principles()

    def __init__(
        self,
        *args: Any,
        stay: Stay,
        bookings: Iterable[Any],
        workers: Iterable[Staff],
        actions: Iterable[PlanAction],
        **kwargs: Any,
    ) -> None:
        self.draft_key = f"session-{stay.pk}"
        super().__init__(*args, **kwargs)
        pack, zone = stay.scheme.pack, stay.scheme.zone
        _offer_records(
            self.fields["booking"],
            (
                (one, f"{one.starts_at.astimezone(zone):%A %-d %B, %H:%M} with {one.worker.name}")
                for one in bookings
            ),
        )
        _offer_staff(self.fields["held_by"], workers)
        _offer_records_some(self.fields["actions"], actions)
        for name, listed in (("venue", "venues"), ("format", "session_formats")):
            _offer_keyed(self.fields[name], pack, listed)
        _offer_keyed(self.fields["attendance"], pack, "attendance", none=False)
        _offer_keyed(self.fields["help_kinds"], pack, "help_kinds", none=False)
        offer_principles(self, pack)
        quietly_optional(self.fields["actions"])
        self.headings = list(pack.choices("session_headings"))
        for heading in self.headings:
            words = quietly_optional(text(heading.says, hint=heading.help))
            self.fields[f"heading_{heading.key}"] = words
            self.fields[f"nothing_{heading.key}"] = forms.BooleanField(
                label=f"{heading.says}: nothing today", required=False
            )

    def heading_fields(self) -> list[tuple[Any, Any]]:
        """Each heading's text and its tick, as the page shows them."""
        return [(self[f"heading_{h.key}"], self[f"nothing_{h.key}"]) for h in self.headings]

    def arguments(self) -> dict[str, Any]:
        given = super().arguments()
        headings = {}
        for heading in self.headings:
            words = given.pop(f"heading_{heading.key}")
            nothing = given.pop(f"nothing_{heading.key}")
            if words.strip() or nothing:
                headings[heading.key] = words
        return {**given, "headings": headings}


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
            _offer_records(self.fields["person"], ((one, one.resident.name) for one in stays))
        kinds = [c for c in scheme.pack.choices("note_kinds") if c.key != SESSION]
        self.fields["kind"].choices = [(c.key, c.says) for c in kinds]  # type: ignore[attr-defined]
        _offer_records_some(self.fields["actions"], actions)
        _offer_records_some(self.fields["readers"], staff)
        _offer_keyed(self.fields["help_kinds"], scheme.pack, "help_kinds", none=False)
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
        _offer_records(self.fields["to"], ((one, one.resident.name) for one in stays))


class RemoveNoteForm(OperationForm):
    because = text("Why must it not be on the file?", rows=2, required=True)


class ReportForm(OperationForm):
    until_on = forms.DateField(label="Up to which day?")

    def __init__(self, *args: Any, stay: Stay, **kwargs: Any) -> None:
        self.draft_key = f"report-{stay.pk}"
        super().__init__(*args, **kwargs)
        self.headings = list(stay.scheme.pack.choices("report_headings"))
        for heading in self.headings:
            self.fields[f"heading_{heading.key}"] = text(
                heading.says, rows=4, required=True, hint=heading.help
            )
        self.fields["team_question"] = text("Is the team’s input needed? What do you ask?", rows=2)

    def arguments(self) -> dict[str, Any]:
        given = super().arguments()
        headings = {h.key: given.pop(f"heading_{h.key}") for h in self.headings}
        return {**given, "headings": headings}


class AnswerForm(OperationForm):
    answer = text("What does the team say?", required=True)


def now_at(scheme: Scheme) -> dict[str, Any]:
    """Today and the time, where the scheme is, to begin a form with."""
    local = clock.now().astimezone(scheme.zone)
    return {"held_on": local.date(), "began": local.time().replace(second=0, microsecond=0)}


def _offer_staff(field: forms.Field, staff: Iterable[Staff]) -> None:
    if isinstance(field, StaffField):
        field.offer(staff)


def _offer_records(field: forms.Field, records: Iterable[tuple[Any, str]]) -> None:
    if isinstance(field, OneOfField):
        field.offer(records)


def _offer_records_some(field: forms.Field, records: Iterable[Any]) -> None:
    if isinstance(field, SomeOfField):
        field.offer(records)


def _offer_keyed(field: forms.Field, pack: Pack, name: str, *, none: bool = True) -> None:
    listed = offered(pack.choices(name))
    field.choices = listed if none else listed[1:]  # type: ignore[attr-defined]


def _offer_reasons(field: forms.Field, pack: Pack, name: str) -> None:
    field.choices = offered(pack.reasons(name))  # type: ignore[attr-defined]
