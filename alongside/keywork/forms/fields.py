"""Fields that offer records, and what they are offered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from alongside.allocations.forms import NONE, StaffField, offered
from alongside.kit import clock
from alongside.organisation.models import Scheme, Staff
from alongside.practice.contents import Pack


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


def now_at(scheme: Scheme) -> dict[str, Any]:
    """Today and the time, where the scheme is, to begin a form with."""
    local = clock.now().astimezone(scheme.zone)
    return {"held_on": local.date(), "began": local.time().replace(second=0, microsecond=0)}


def offer_staff(field: forms.Field, staff: Iterable[Staff]) -> None:
    if isinstance(field, StaffField):
        field.offer(staff)


def offer_records(field: forms.Field, records: Iterable[tuple[Any, str]]) -> None:
    if isinstance(field, OneOfField):
        field.offer(records)


def offer_some(field: forms.Field, records: Iterable[Any]) -> None:
    if isinstance(field, SomeOfField):
        field.offer(records)


def offer_keyed(field: forms.Field, pack: Pack, name: str, *, none: bool = True) -> None:
    listed = offered(pack.choices(name))
    field.choices = listed if none else listed[1:]  # type: ignore[attr-defined]


def offer_reasons(field: forms.Field, pack: Pack, name: str) -> None:
    field.choices = offered(pack.reasons(name))  # type: ignore[attr-defined]
