"""The forms of the team."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from alongside.allocations.forms import NONE, StaffField, offered, text
from alongside.organisation.models import Capacity, Scheme, Staff
from alongside.ui.forms import OperationForm


def _fill(form: OperationForm, staff: Iterable[Staff], *names: str) -> None:
    there = list(staff)
    for name in names:
        field = form.fields[name]
        assert isinstance(field, StaffField)  # noqa: S101
        field.offer(there)


def _roles(form: OperationForm, scheme: Scheme) -> None:
    field = form.fields["role"]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101
    field.choices = [
        NONE, *((one.key, one.says) for one in scheme.pack.roles if one.key != "resident")
    ]  # fmt: skip


class RoleFields(OperationForm):
    role = forms.ChoiceField(label="As what?")
    from_on = forms.DateField(label="From which day?")
    until_on = forms.DateField(
        label="Last day",
        required=False,
        help_text="Leave it empty when no end is set. After it the role ends by itself.",
    )
    line_manager = StaffField(label="Whom do they answer to?", required=False)


class GiveRoleForm(RoleFields):
    """A role for somebody who works for the organisation."""

    staff = StaffField(label="Who?")
    field_order = ["staff", "role", "from_on", "until_on", "line_manager"]

    def __init__(
        self,
        *args: Any,
        scheme: Scheme,
        colleagues: Iterable[Staff],
        here: Iterable[Staff],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        _fill(self, colleagues, "staff")
        _fill(self, here, "line_manager")
        _roles(self, scheme)


class TakeOnForm(RoleFields):
    """Somebody new."""

    name = forms.CharField(label="Their name", max_length=200)
    email = forms.EmailField(label="Their e-mail address at work", max_length=254)
    field_order = ["name", "email", "role", "from_on", "until_on", "line_manager"]

    def __init__(self, *args: Any, scheme: Scheme, here: Iterable[Staff], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _fill(self, here, "line_manager")
        _roles(self, scheme)


class EndRoleForm(OperationForm):
    until_on = forms.DateField(label="Last day in this role")


class LineManagerForm(OperationForm):
    line_manager = StaffField(label="Whom do they answer to?")
    from_on = forms.DateField(label="From which day?")

    def __init__(self, *args: Any, here: Iterable[Staff], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _fill(self, here, "line_manager")


class LeaveForm(OperationForm):
    last_day = forms.DateField(label="Last day of work")
    because = text("Why do they leave?", rows=2)


class CheckForm(OperationForm):
    words = forms.CharField(label="A remark", required=False, max_length=300)


type Offered = list[tuple[str, list[tuple[str, str]]]]
"""Choices in groups: the group, and each value with its words."""


class StandInForm(OperationForm):
    """Who, as what, from when until when, with all powers or some."""

    staff = StaffField(label="Who stands in?")
    capacity = forms.ChoiceField(
        label="As what?",
        choices=[NONE, *((one.value, one.label) for one in (Capacity.ACTING, Capacity.DEPUTY))],
    )
    from_at = forms.DateTimeField(label="From")
    until_at = forms.DateTimeField(label="Until")
    because = text("Why?", rows=2, required=True)
    powers = forms.MultipleChoiceField(
        label="Only these powers",
        required=False,
        help_text="No tick at all lends every power of the post. Tick some to lend those alone.",
        widget=forms.CheckboxSelectMultiple(attrs={"class": "house-two-columns"}),
    )

    def __init__(
        self, *args: Any, colleagues: Iterable[Staff], powers: Offered, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _fill(self, colleagues, "staff")
        field = self.fields["powers"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101
        field.choices = powers


class DelegateForm(OperationForm):
    """What is handed to whom."""

    staff = StaffField(label="To whom?")
    responsibilities = forms.MultipleChoiceField(
        label="What do you delegate?", widget=forms.CheckboxSelectMultiple
    )
    from_at = forms.DateTimeField(label="From")
    until_at = forms.DateTimeField(label="Until", required=False)
    because = text("A word to them", rows=2)

    def __init__(
        self, *args: Any, scheme: Scheme, colleagues: Iterable[Staff], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _fill(self, colleagues, "staff")
        field = self.fields["responsibilities"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101
        field.choices = offered(scheme.pack.choices("responsibilities"))[1:]


class AnswerForm(OperationForm):
    accept = forms.TypedChoiceField(
        label="What do you say?",
        choices=[("yes", "I accept"), ("no", "I decline")],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
    )


class AcknowledgeForm(OperationForm):
    """Nothing to fill in; which version was read goes with it."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)


class SureForm(OperationForm):
    """Nothing to fill in."""
