"""The forms of reviews: setting up, people, agenda, what came of it, and what follows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from alongside.organisation.models import Staff
from alongside.plans.models import Who
from alongside.practice.contents import Pack
from alongside.reviews.models import (
    AgendaLine,
    Attendance,
    InformationPack,
    Invitation,
    Kind,
    Reply,
    Review,
    Sharing,
)
from alongside.ui.forms import OperationForm

SHORT = {"class": "house-input--short"}


class StaffField(forms.ChoiceField):
    """One of the people who work here, by name."""

    def __init__(self, *, label: str, required: bool = True, help_text: str = "") -> None:
        super().__init__(label=label, required=required, help_text=help_text, choices=())
        self.people: dict[str, Staff] = {}

    def offer(self, people: Iterable[Staff], nobody: str = "Choose one") -> None:
        self.people = {str(one.pk): one for one in people}
        self.choices = [("", nobody), *((key, one.name) for key, one in self.people.items())]

    def clean(self, value: Any) -> Any:
        return self.people.get(super().clean(value))


def _text(label: str, rows: int = 3, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **more)


class MeetingForm(OperationForm):
    """When, where, and who leads."""

    planned_on = forms.DateField(label="On which day?")
    planned_time = forms.TimeField(label="At what time?", required=False)
    place = forms.CharField(label="Where?", required=False, max_length=200)
    led_by = StaffField(label="Who leads it?")
    facilitator = forms.CharField(
        label="Somebody from outside who leads it",
        help_text="Their name and where they are from. Whoever is chosen above then supports them.",
        required=False,
        max_length=200,
    )

    def __init__(self, *args: Any, people: Iterable[Staff], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["led_by"].offer(people)  # type: ignore[attr-defined]


class SetUpReviewForm(MeetingForm):
    """What kind of review, when, where, and who leads."""

    kind = forms.ChoiceField(label="What kind of review?", choices=(), widget=forms.RadioSelect)
    field_order = ["kind", "planned_on", "planned_time", "place", "led_by", "facilitator"]

    def __init__(self, *args: Any, pack: Pack, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind.key, kind.says) for kind in pack.reviews]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]


class CancelReviewForm(OperationForm):
    because = _text("Why is it cancelled?")


class WishForm(OperationForm):
    """Whom the resident wants there, or does not want."""

    name = forms.CharField(label="Who?", max_length=200)
    wanted = forms.ChoiceField(
        label="Do they want them there?",
        choices=[("yes", "Yes, invite them"), ("no", "No, they do not want them there")],
        widget=forms.RadioSelect,
    )
    relation = forms.CharField(
        label="Who are they to them?", help_text="Sister, friend, sponsor, priest.",
        required=False, max_length=120,
    )  # fmt: skip
    contact = forms.CharField(label="How do we reach them?", required=False, max_length=254)
    words = _text("In their own words", rows=2, required=False)

    def arguments(self) -> dict[str, Any]:
        return {**super().arguments(), "wanted": self.cleaned_data["wanted"] == "yes"}


class InviteStaffForm(OperationForm):
    staff = StaffField(label="Which member of staff?")
    part = forms.CharField(label="Why they should be there", required=False, max_length=120)
    despite_reason = _text(
        "If they are not wanted there: why must they come?", rows=2, required=False,
        help_text="Only whoever may set a rule aside can decide this.",
    )  # fmt: skip

    def __init__(self, *args: Any, people: Iterable[Staff], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["staff"].offer(people)  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        return {**super().arguments(), "kind": Kind.STAFF.value}


class InviteAgencyForm(OperationForm):
    """Somebody from another agency, and on what ground we share anything with it."""

    name = forms.CharField(label="Their name", max_length=200)
    agency = forms.CharField(label="Which agency are they from?", max_length=200)
    part = forms.CharField(label="What they do there", required=False, max_length=120)
    contact = forms.CharField(label="Email or phone", required=False, max_length=254)
    sharing = forms.ChoiceField(
        label="May we share with this agency?",
        help_text="Ask the person first. Each agency has its own answer.",
        choices=Sharing.choices,
        widget=forms.RadioSelect,
    )
    sharing_on = forms.DateField(label="When did they agree?", required=False)
    sharing_words = _text(
        "What may be shared, or on what ground without their agreement", rows=2, required=False
    )
    despite_reason = _text(
        "If they are not wanted there: why must they come?", rows=2, required=False,
        help_text="Only whoever may set a rule aside can decide this.",
    )  # fmt: skip

    def arguments(self) -> dict[str, Any]:
        return {**super().arguments(), "kind": Kind.OUTSIDE.value}


class ReplyForm(OperationForm):
    reply = forms.ChoiceField(
        label="What did they reply?", choices=Reply.choices, widget=forms.RadioSelect
    )
    reply_words = _text("In their words", rows=2, required=False)


class AgendaItemForm(OperationForm):
    words = forms.CharField(label="What is it about?", max_length=1000)
    from_resident = forms.BooleanField(
        label="It is their own wish to talk about this", required=False
    )


class HoldReviewForm(OperationForm):
    """The day, and for everybody on the list whether they came."""

    held_on = forms.DateField(label="On which day was it held?")
    absence_reason = forms.ChoiceField(
        label="If they were not there themselves: why?", choices=(), required=False
    )
    absence_words = _text("Say more", rows=2, required=False)

    def __init__(
        self, *args: Any, pack: Pack, invitations: Sequence[Invitation], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        reasons = pack.reasons("review_in_absence")
        self.fields["absence_reason"].choices = [  # type: ignore[attr-defined]
            ("", "They were there"), *((one.key, one.says) for one in reasons),
        ]  # fmt: skip
        self.invited = {f"came-{one.pk}": one.pk for one in invitations}
        for one in invitations:
            self.fields[f"came-{one.pk}"] = forms.ChoiceField(
                label=one.name,
                help_text=one.who,
                choices=Attendance.choices,
                widget=forms.RadioSelect,
                error_messages={"required": f"Say whether {one.name} came"},
            )
        self.order_fields(["once", "version", "held_on", *self.invited])

    def arguments(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "held_on": given["held_on"],
            "absence_reason": given["absence_reason"],
            "absence_words": given["absence_words"],
            "attendance": {key: given[name] for name, key in self.invited.items()},
        }


class OutcomeForm(OperationForm):
    """What was said under each item, the person's own view, and the next day."""

    view_words = _text("What they say about it, in their own words", rows=4, required=False)
    did_not_wish = forms.BooleanField(label="They did not wish to say anything", required=False)
    summary = _text("What this review came to", rows=4, required=False)
    next_on = forms.DateField(label="When is the next one?", required=False)

    def __init__(
        self, *args: Any, review: Review, agenda: Sequence[AgendaLine], next_on: date | None,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        kwargs["initial"] = {
            "view_words": review.view_words,
            "did_not_wish": review.did_not_wish,
            "summary": review.summary,
            "next_on": review.next_on or next_on,
            "version": str(review.version),
        }
        super().__init__(*args, **kwargs)
        self.draft_key = f"reviews/{review.pk}/outcome"
        self.lines = {f"said-{line.pk}": line.pk for line in agenda}
        for line in agenda:
            self.fields[f"said-{line.pk}"] = _text(f"Said about: {line.words}", required=False)
            self.initial[f"said-{line.pk}"] = line.said
        self.order_fields(["once", "version", *self.lines])

    def arguments(self) -> dict[str, Any]:
        given = self.cleaned_data
        said: dict[UUID, str] = {key: given[name] for name, key in self.lines.items()}
        return {
            "said": said,
            **{name: given[name] for name in ("view_words", "did_not_wish", "summary", "next_on")},
        }


class DecisionForm(OperationForm):
    """What is done, who does it by name, and by when."""

    words = forms.CharField(
        label="What is to be done?", max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    who = forms.ChoiceField(label="Who does it?", choices=Who.choices, widget=forms.RadioSelect)
    staff = StaffField(label="Which member of staff?", required=False)
    name = forms.CharField(label="The name, if it is somebody else", required=False, max_length=200)
    due_on = forms.DateField(label="By when?")

    def __init__(self, *args: Any, people: Iterable[Staff], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["staff"].offer(people, "Nobody chosen")  # type: ignore[attr-defined]


class CompleteReviewForm(OperationForm):
    """Nothing to fill in: the page says what completing means."""


class AddendumForm(OperationForm):
    words = _text("What is added or put right?", rows=4)


class FeedbackForm(OperationForm):
    on = forms.DateField(label="When were they told?")
    words = _text("What did they say to it?")


class AnswerForm(OperationForm):
    """The team's answer to a question of a report."""

    answer = _text("What does the team say?")


DAY_INPUT = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class TimeForm(forms.Form):
    """From which day to which; a filter, nothing is written."""

    use_required_attribute = False
    first = forms.DateField(label="From", widget=DAY_INPUT)
    last = forms.DateField(label="Until", widget=DAY_INPUT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("first"), given.get("last")
        if first and last and last < first:
            self.add_error("last", "The last day lies before the first. Mend one of the two.")
        return given


class CollateForm(OperationForm):
    """The time that the information is about."""

    from_on = forms.DateField(label="From which day?")
    until_on = forms.DateField(label="Until which day?")


class PackForm(OperationForm):
    """Every part of the information, to be put into other words. Its argument is `words`."""

    def __init__(self, *args: Any, pack: InformationPack, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "version": pack.version, **{part["key"]: part["words"] for part in pack.parts}
        }  # fmt: skip
        super().__init__(*args, **kwargs)
        self.keys = [str(part["key"]) for part in pack.parts]
        self.fields |= {
            str(part["key"]): forms.CharField(
                label=part["says"], required=False, max_length=20_000,
                widget=forms.Textarea(attrs={"rows": 4}),
            )
            for part in pack.parts
        }  # fmt: skip
        self.draft_key = f"pack-{pack.pk}"

    def arguments(self) -> dict[str, Any]:
        given = super().arguments()
        words = {key: given.pop(key) for key in self.keys}
        return {"words": words, **given}
