"""What is asked about absence and cover."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from alongside.allocations.forms import StaffField, offered, text
from alongside.keywork.forms import SomeOfField
from alongside.organisation.models import Scheme, Staff
from alongside.practice.pack import Pack
from alongside.stays.models import Stay
from alongside.ui.forms import OperationForm


def _offer(field: forms.Field, staff: Iterable[Staff]) -> None:
    assert isinstance(field, StaffField)  # noqa: S101
    field.offer(staff)


def _list(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    assert isinstance(field, forms.ChoiceField)  # noqa: S101
    field.choices = choices


class AskForLeaveForm(OperationForm):
    says = {"from_on": "Say which is the first day", "until_on": "Say which is the last day"}

    worker = StaffField(label="Who is going to be away?")
    from_on = forms.DateField(label="First day away")
    until_on = forms.DateField(label="Last day away")
    reason = forms.ChoiceField(label="What kind of leave?")
    words = text("In a few words", rows=2)

    def __init__(self, *args: Any, scheme: Scheme, workers: Iterable[Staff], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["worker"], workers)
        _list(self.fields["reason"], offered(scheme.pack.reasons("leave")))


class ReportSickForm(OperationForm):
    worker = StaffField(label="Who is off sick?")
    from_on = forms.DateField(label="Since which day?")
    expected_on = forms.DateField(
        label="On which day do they think to be back?",
        required=False,
        help_text="Leave it empty while nobody knows. Do not write what they have.",
    )

    def __init__(self, *args: Any, workers: Iterable[Staff], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["worker"], workers)


class ApproveForm(OperationForm):
    decision_words = text("A word to them", rows=2)


class RefuseForm(OperationForm):
    decision_words = text("Why can it not be?", required=True)


class CancelForm(OperationForm):
    because = forms.CharField(label="Why is it cancelled?", max_length=300)


class BackForm(OperationForm):
    back_on = forms.DateField(label="From which day are they back?")


class ExpectForm(OperationForm):
    expected_on = forms.DateField(label="On which day do they think to be back?")


class AskForCoverForm(OperationForm):
    stays = SomeOfField(label="For whom?")
    to_worker = StaffField(label="Whom do you ask?")
    from_on = forms.DateField(label="From which day?")
    until_on = forms.DateField(label="Until which day?", help_text="It ends by itself that day.")
    words = text("What should they know?", rows=3)
    assign = forms.BooleanField(
        label="Do not ask: it is decided that they do it",
        required=False,
        help_text="They are told, and it holds at once.",
    )

    def __init__(
        self,
        *args: Any,
        stays: Iterable[Stay],
        workers: Iterable[Staff],
        decides: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["stays"]
        assert isinstance(field, SomeOfField)  # noqa: S101
        listed = list(stays)
        field.offer(listed)
        field.choices = [(str(one.pk), one.resident.name) for one in listed]
        _offer(self.fields["to_worker"], workers)
        if not decides:
            del self.fields["assign"]

    def arguments(self) -> dict[str, Any]:
        return {"assign": False, **super().arguments()}


class DeclineForm(OperationForm):
    reason = forms.ChoiceField(label="Why not?")
    answer_words = text("In a few words", rows=2)

    def __init__(self, *args: Any, pack: Pack, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _list(self.fields["reason"], offered(pack.reasons("cover_declined")))


class ArrangeForm(OperationForm):
    met_on = forms.DateField(label="When did you meet?")
    agreed = text(
        "Which sessions did you agree instead?",
        rows=4,
        required=True,
        hint="With whom, on which days, and what to do in between.",
    )
    with_worker = StaffField(label="Whom will they see?", required=False)

    def __init__(self, *args: Any, workers: Iterable[Staff], key: str, **kwargs: Any) -> None:
        self.draft_key = key
        super().__init__(*args, **kwargs)
        _offer(self.fields["with_worker"], workers)


class EncourageForm(OperationForm):
    on = forms.DateField(label="When did you talk?")
    offered = forms.ChoiceField(label="What did you offer?")
    with_worker = StaffField(label="With whom?", required=False)
    answer = forms.ChoiceField(label="What did they say to it?")
    words = text("In a few words", rows=2)

    def __init__(self, *args: Any, pack: Pack, workers: Iterable[Staff], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _list(self.fields["offered"], offered(pack.choices("encouragement")))
        _list(self.fields["answer"], offered(pack.choices("encouragement_answers")))
        _offer(self.fields["with_worker"], workers)


class AskForSessionForm(OperationForm):
    to_worker = StaffField(label="Whom do they ask?")
    words = text("What is it about?", rows=2)

    def __init__(self, *args: Any, workers: Iterable[Staff], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["to_worker"], workers)


class OfferSessionForm(OperationForm):
    to_worker = StaffField(label="Whom do you ask to hold it?")

    def __init__(self, *args: Any, workers: Iterable[Staff], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["to_worker"], workers)
