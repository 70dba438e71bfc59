"""The forms of offering time and booking it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from alongside.allocations.forms import StaffField, text
from alongside.keywork.forms.fields import (
    OneOfField,
    offer_keyed,
    offer_reasons,
    offer_records,
    offer_staff,
)
from alongside.keywork.models import Arranged, Slot
from alongside.organisation.models import Scheme, Staff
from alongside.practice.contents import Pack
from alongside.ui.forms import OperationForm, quietly_optional


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
        offer_staff(self.fields["worker"], workers)
        offer_keyed(self.fields["venue"], scheme.pack, "venues")


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
        offer_records(self.fields["slot"], ((one, slot_says(one)) for one in slots))
        offer_staff(self.fields["worker"], workers)
        offer_keyed(self.fields["venue"], scheme.pack, "venues")
        offer_keyed(self.fields["format"], scheme.pack, "session_formats")
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
        offer_records(self.fields["slot"], ((one, slot_says(one)) for one in slots))
        offer_reasons(self.fields["reason"], pack, "session_moved")


class CancelBookingForm(OperationForm):
    reason = forms.ChoiceField(label="Why?")
    words = text("In a few words", rows=2)

    def __init__(self, *args: Any, pack: Pack, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_reasons(self.fields["reason"], pack, "session_missed")


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
