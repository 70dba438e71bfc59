"""The form of a session that was held."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from alongside.allocations.forms import StaffField, text
from alongside.keywork.forms.fields import (
    OneOfField,
    SomeOfField,
    offer_keyed,
    offer_principles,
    offer_records,
    offer_some,
    offer_staff,
    which_principles,
)
from alongside.organisation.models import Staff
from alongside.plans.models import PlanAction
from alongside.stays.models import Stay
from alongside.ui.forms import OperationForm, quietly_optional


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
        offer_records(
            self.fields["booking"],
            (
                (one, f"{one.starts_at.astimezone(zone):%A %-d %B, %H:%M} with {one.worker.name}")
                for one in bookings
            ),
        )
        offer_staff(self.fields["held_by"], workers)
        offer_some(self.fields["actions"], actions)
        for name, listed in (("venue", "venues"), ("format", "session_formats")):
            offer_keyed(self.fields[name], pack, listed)
        offer_keyed(self.fields["attendance"], pack, "attendance", none=False)
        offer_keyed(self.fields["help_kinds"], pack, "help_kinds", none=False)
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
