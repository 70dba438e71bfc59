"""The forms of allocations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms

from alongside.allocations.models import Decision, EntryKind
from alongside.organisation.models import Staff
from alongside.practice.duties import DutyRule
from alongside.practice.keyed import Keyed
from alongside.practice.words import Choice
from alongside.ui.forms import OperationForm, ask_again

NONE = ("", "Choose one")


def offered(choices: Keyed[Choice]) -> list[tuple[str, str]]:
    return [NONE, *((choice.key, choice.says) for choice in choices)]


type Rooms = Mapping[UUID, str]
"""How many people each of them holds, in words."""


def people(staff: Iterable[Staff], rooms: Rooms | None = None) -> list[tuple[str, str]]:
    said = rooms or {}
    return [
        NONE,
        *((str(one.pk), f"{one.name}: {said[one.pk]}" if one.pk in said else one.name)
          for one in staff),
    ]  # fmt: skip


class StaffField(forms.TypedChoiceField):
    """One of these members of staff, by name."""

    def __init__(self, **kwargs: Any) -> None:
        self.staff: dict[str, Staff] = {}
        super().__init__(empty_value=None, **kwargs)

    def clean(self, value: Any) -> Staff | None:
        """The member of staff themselves. Looked up here, on the form's own copy of the field."""
        return self.staff.get(str(super().clean(value)))

    def offer(self, staff: Iterable[Staff], rooms: Rooms | None = None) -> None:
        self.staff = {str(one.pk): one for one in staff}
        self.choices = people(self.staff.values(), rooms)


def text(label: str, *, rows: int = 3, required: bool = False, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class AllocateForm(OperationForm):
    """Who, why, and, above the largest caseload, why one more."""

    worker = StaffField(label="Who takes this on?")
    from_on = forms.DateField(label="From which day?")
    temporary = forms.BooleanField(
        label="For the time being, until somebody is named", required=False
    )
    reason = forms.ChoiceField(
        label="Why this one?",
        required=False,
        help_text="Needed when it is not the one who is proposed.",
    )
    words = text("In a few words", rows=2)
    override_reason = forms.CharField(
        label="Why all the same?",
        required=False,
        max_length=200,
        help_text="Only when they hold the most people already, or have not shown all that is"
        " asked; and only from whoever may set that aside.",
    )

    def __init__(
        self, *args: Any, workers: Iterable[Staff], reasons: Keyed[Choice], role: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.role = role
        field = self.fields["worker"]
        if isinstance(field, StaffField):
            field.offer(workers)
        self.fields["reason"].choices = offered(reasons)  # type: ignore[attr-defined]
        if role != "key_worker":
            for name in ("temporary", "override_reason"):
                del self.fields[name]

    def arguments(self) -> dict[str, Any]:
        given = super().arguments()
        if given.pop("temporary", False):
            given["method"] = "temporary"
        return {**given, "role": self.role}


class WishForm(OperationForm):
    wish = forms.ChoiceField(label="What do they wish for?")
    worker = StaffField(label="Whom do they name?", required=False)
    words = text("In their own words")

    def __init__(
        self, *args: Any, workers: Iterable[Staff], wishes: Keyed[Choice], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["worker"]
        if isinstance(field, StaffField):
            field.offer(workers)
        self.fields["wish"].choices = offered(wishes)  # type: ignore[attr-defined]


class AskForChangeForm(OperationForm):
    reason = forms.ChoiceField(label="What is the reason?")
    words = text(
        "What should whoever decides know?",
        rows=5,
        hint="Confidential. Whoever holds the case now does not see this.",
    )

    def __init__(self, *args: Any, reasons: Iterable[Choice], key: str, **kwargs: Any) -> None:
        self.draft_key = key
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [NONE, *((r.key, r.says) for r in reasons)]  # type: ignore[attr-defined]


class DecideChangeForm(OperationForm):
    decision = forms.ChoiceField(
        label="What do you decide?",
        widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in (Decision.CHANGE, Decision.KEEP)],
    )
    successor = StaffField(label="Who takes over?", required=False)
    reason = forms.ChoiceField(label="For which reason?")
    decision_words = text("Why")
    override_reason = forms.CharField(
        label="Why one more than the most?",
        required=False,
        max_length=200,
        help_text="Only when they already hold the most people.",
    )
    feedback = text("What did they say when they were told?")

    def __init__(
        self,
        *args: Any,
        workers: Iterable[Staff],
        reasons: Keyed[Choice],
        asked: bool,
        key: str,
        rooms: Rooms | None = None,
        **kwargs: Any,
    ) -> None:
        self.draft_key = key
        super().__init__(*args, **kwargs)
        field = self.fields["successor"]
        if isinstance(field, StaffField):
            field.offer(workers, rooms)
        self.fields["reason"].choices = offered(reasons)  # type: ignore[attr-defined]
        if not asked:
            del self.fields["decision"]
            field.required = True
            field.error_messages["required"] = ask_again(field.label)


class FeedbackForm(OperationForm):
    feedback = text("What did they say when they were told?", required=True)


class HandOverForm(OperationForm):
    to = StaffField(label="Who takes the case on?")
    reason = forms.ChoiceField(label="Why?")
    summary = text("What must the next one know?", rows=6, required=True)
    open_actions = text("What is open?")
    risks = text("What are the risks?")
    override_reason = forms.CharField(
        label="Why all the same?",
        required=False,
        max_length=200,
        help_text="When they hold the most people already, or have not shown all that is asked.",
    )

    def __init__(
        self,
        *args: Any,
        workers: Iterable[Staff],
        reasons: Keyed[Choice],
        key: str,
        rooms: Rooms | None = None,
        **kwargs: Any,
    ) -> None:
        self.draft_key = key
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        if isinstance(field, StaffField):
            field.offer(workers, rooms)
        self.fields["reason"].choices = offered(reasons)  # type: ignore[attr-defined]


class DescribeWorkerForm(OperationForm):
    languages = forms.CharField(
        label="Which languages do they speak?",
        required=False,
        max_length=200,
        help_text="With commas between.",
    )
    gender = forms.CharField(label="Gender", required=False, max_length=60)
    skills = forms.CharField(label="Skills and training", required=False, max_length=300)
    photo = forms.FileField(
        label="A photo of their face",
        required=False,
        help_text="The people they work with see it. JPEG, PNG, WebP or HEIC.",
    )


class MarkCaseForm(OperationForm):
    """Which complex needs there are, and how intensive the support is."""

    needs = forms.MultipleChoiceField(
        label="Which complex needs are there?",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    intensity = forms.ChoiceField(label="How intensive is the support?", required=False)
    words = text("Anything to add?")

    def __init__(
        self, *args: Any, needs: Keyed[Choice], intensity: Keyed[Choice], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["needs"].choices = [(one.key, one.says) for one in needs]  # type: ignore[attr-defined]
        self.fields["intensity"].choices = [  # type: ignore[attr-defined]
            ("", "–"),
            *((one.key, one.says) for one in intensity),
        ]


class JointForm(OperationForm):
    """Who shares the work, who oversees it, and who has each duty."""

    overseer = StaffField(label="Who oversees it?")

    def __init__(
        self,
        *args: Any,
        lead: Staff | None,
        workers: Iterable[Staff],
        overseers: Iterable[Staff],
        duties: Iterable[DutyRule],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        known = {str(one.pk): one for one in workers}
        if lead:
            known = {str(lead.pk): lead, **known}
        self.known, self.duties = known, [duty.key for duty in duties]
        field = self.fields["overseer"]
        if isinstance(field, StaffField):
            field.offer(overseers)
        for duty in duties:
            self.fields[duty.key] = forms.ChoiceField(
                label=duty.says,
                choices=people(known.values()),
                initial=str(lead.pk) if lead else "",
                required=False,
            )

    def arguments(self) -> dict[str, Any]:
        said = super().arguments()
        shares = [(key, self.known[said[key]]) for key in self.duties if said[key]]
        return {
            "overseer": said["overseer"],
            "shares": shares,
            "workers": list({one.pk: one for _, one in shares}.values()),
        }


class JointEntryForm(OperationForm):
    kind = forms.ChoiceField(label="What is it?", choices=EntryKind.choices)
    words = text("What should the other know, or what did you find?", rows=4, required=True)
    on = forms.DateField(label="On which day?")


class RateForm(OperationForm):
    rating = forms.TypedChoiceField(
        label="How do they find working together?",
        choices=[(1, "1, not good"), (2, "2"), (3, "3"), (4, "4"), (5, "5, very good")],
        coerce=int,
        widget=forms.RadioSelect,
    )
    words = text("In their own words")
