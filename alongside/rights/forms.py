"""The forms about rights."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from alongside.allocations.forms import offered, text
from alongside.organisation.models import Scheme, Staff
from alongside.rights.models import SEALS, LimitKind
from alongside.rights.parts import parts_of, place_of
from alongside.stays.models import Stay
from alongside.ui.forms import OperationForm


class LimitForm(OperationForm):
    """Who, on which of the two lists, and why."""

    says = {"staff": "Tick who it is about."}

    kind = forms.ChoiceField(
        label="What is to hold?", choices=LimitKind.choices, widget=forms.RadioSelect
    )
    staff = forms.TypedMultipleChoiceField(label="For whom?", widget=forms.CheckboxSelectMultiple)
    because = text("Why?", rows=2, required=True)

    def __init__(self, *args: Any, colleagues: Iterable[Staff], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {str(one.pk): one for one in colleagues}
        field = self.fields["staff"]
        assert isinstance(field, forms.TypedMultipleChoiceField)  # noqa: S101
        field.choices = [(key, one.name) for key, one in known.items()]
        field.coerce = known.__getitem__


class BecauseForm(OperationForm):
    because = text("Why?", rows=2, required=True)


class EmergencyForm(OperationForm):
    """Of whom, and why."""

    name = forms.CharField(label="Their whole name, as it is in the file", max_length=400)
    born_on = forms.DateField(label="Their birthday")
    because = text("What has happened?", rows=3, required=True)


class SureForm(OperationForm):
    """Nothing to fill in."""


class ReviewForm(OperationForm):
    verdict = forms.ChoiceField(label="What did you find?", widget=forms.RadioSelect)
    words = text("In your words", rows=3)

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["verdict"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = offered(scheme.pack.choices("emergency_verdicts"))[1:]


class PutUnderSealForm(OperationForm):
    """Which detail of the file, and what it is about."""

    part = forms.ChoiceField(label="Which detail?", widget=forms.RadioSelect)
    kind = forms.ChoiceField(label="What is it about?")

    def __init__(self, *args: Any, stay: Stay, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        part, kind = self.fields["part"], self.fields["kind"]
        assert isinstance(part, forms.ChoiceField)  # noqa: S101
        assert isinstance(kind, forms.ChoiceField)  # noqa: S101
        part.choices = [(one.key, one.says) for one in parts_of(stay)]
        kind.choices = _kinds(stay.scheme)


class SealForm(OperationForm):
    """What is sealed, under a title that only those see who may read it."""

    kind = forms.ChoiceField(label="What is it about?")
    title = forms.CharField(
        label="A title", max_length=120, help_text="Only those who may read it see the title."
    )
    words = text("What is to be sealed", rows=5, required=True)

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = _kinds(scheme)


class LiftForm(OperationForm):
    """Why; where it goes, if there are several places; and what stands there, if that is not known
    any more, line by line."""

    def __init__(self, *args: Any, ways: Mapping[str, str], kept: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = place_of(next(iter(ways), ""))
        self.lines = () if kept or place is None else place.lines
        if len(ways) > 1:
            self.fields["place"] = forms.ChoiceField(
                label="Where does it go?", choices=list(ways.items()), widget=forms.RadioSelect
            )
        for line in self.lines:
            self.fields[line.key] = text(line.says, rows=2, required=line.needed)
        self.fields["because"] = text(
            "Why is the seal lifted?", rows=2, required=True,
            hint="Do not repeat here what is sealed: this is kept in the open.",
        )  # fmt: skip
        self.order_fields(["place", *(line.key for line in self.lines), "because"])

    def arguments(self) -> dict[str, Any]:
        told = super().arguments()
        lines = {line.key: told.pop(line.key) for line in self.lines}
        return {**told, "lines": lines}


class LeaveForm(OperationForm):
    because = text("Why does it stay under seal?", rows=2, required=True)


def _kinds(scheme: Scheme) -> list[tuple[str, str]]:
    offer = offered(scheme.pack.choices("sealed_kinds"))
    return [one for one in offer if one[0] in ("", *SEALS)]
