"""What is asked about workshops and taking part."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from alongside.stays.forms import StayForm
from alongside.stays.models import Stay
from alongside.ui.forms import OperationForm, quietly_optional
from alongside.workshops.models import Came, Programme
from alongside.workshops.queries import possible_partners

RATINGS = [("", "–"), *((str(number), str(number)) for number in range(1, 6))]


class ActivityForm(StayForm):
    lists: ClassVar = {"kind": "activity_kinds"}

    kind = forms.ChoiceField(label="Which kind?")
    what = forms.CharField(label="What was it?", max_length=200)
    done_on = forms.DateField(label="When?")
    rating = forms.TypedChoiceField(
        label="How did they like it, from 1 to 5?",
        choices=RATINGS,
        coerce=int,
        empty_value=None,
        required=False,
    )
    words = forms.CharField(label="What did they say?", widget=forms.Textarea, required=False)


class VolunteeringForm(StayForm):
    organisation = forms.CharField(label="With whom?", max_length=200)
    what = forms.CharField(label="What do they do?", max_length=200, required=False)
    hours_a_week = forms.DecimalField(
        label="How many hours a week?", max_digits=4, decimal_places=1, required=False
    )
    from_on = forms.DateField(label="From when?")
    until_on = forms.DateField(label="Until when, if it has ended?", required=False)


class CourseForm(StayForm):
    lists: ClassVar = {"kind": "course_kinds"}

    kind = forms.ChoiceField(label="Which kind?")
    name = forms.CharField(label="What is it called?", max_length=200)
    provider = forms.CharField(label="Who runs it?", max_length=200, required=False)
    cost = forms.DecimalField(
        label="What did we pay for it?", max_digits=8, decimal_places=2, required=False
    )
    began_on = forms.DateField(label="When did it begin?")
    completed_on = forms.DateField(label="When was it completed, if it was?", required=False)
    certificate = forms.CharField(label="Certificate", max_length=120, required=False)


class CompleteCourseForm(StayForm):
    completed_on = forms.DateField(label="When was it completed?")
    certificate = forms.CharField(label="Certificate", max_length=120, required=False)


class HouseRoleForm(StayForm):
    lists: ClassVar = {"role": "house_roles"}

    role = forms.ChoiceField(label="Which role?")
    from_on = forms.DateField(label="From when?")
    partner = forms.ChoiceField(label="If a buddy: with whom?", required=False)
    both_agreed_on = forms.DateField(label="When did both agree?", required=False)

    def __init__(self, *args: Any, stay: Stay, **kwargs: Any) -> None:
        super().__init__(*args, stay=stay, **kwargs)
        self.partners = {str(other.pk): other for other in possible_partners(stay)}
        self.offer("partner", [(pk, one.resident.name) for pk, one in self.partners.items()])

    def arguments(self) -> dict[str, Any]:
        chosen = super().arguments()
        return {**chosen, "partner": self.partners.get(chosen["partner"])}


class EndRoleForm(StayForm):
    until_on = forms.DateField(label="Until when?")
    because = forms.CharField(label="Why does it end?", max_length=200)


class PartTakenForm(StayForm):
    lists: ClassVar = {"kind": "parts_taken"}

    kind = forms.ChoiceField(label="What did they do?")
    done_on = forms.DateField(label="When?")
    words = forms.CharField(
        label="Anything to add?",
        widget=forms.Textarea,
        required=False,
        help_text="Name nobody else who lives here.",
    )


class ContactForm(StayForm):
    lists: ClassVar = {"kind": "network_kinds"}

    kind = forms.ChoiceField(label="A person, a group, an agency?")
    name = forms.CharField(label="Who is it?", max_length=200)
    words = forms.CharField(label="What are they to them?", max_length=300, required=False)
    since_on = forms.DateField(label="Since when?")


class ConfirmContactForm(StayForm):
    confirmed_on = forms.DateField(label="When did you make sure that they are in touch?")


class EndContactForm(StayForm):
    ended_on = forms.DateField(label="Until when?")


class ProgrammeForm(OperationForm):
    name = forms.CharField(label="What is the programme called?", max_length=200)


class WorkshopForm(OperationForm):
    programme = forms.ChoiceField(label="Which programme?")
    title = forms.CharField(label="What is it about?", max_length=200)
    held_on = forms.DateField(label="On which day?")

    def __init__(self, *args: Any, programmes: list[Programme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programmes = {str(one.pk): one for one in programmes}
        field = self.fields["programme"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [(pk, one.name) for pk, one in self.programmes.items()]

    def arguments(self) -> dict[str, Any]:
        return {name: value for name, value in super().arguments().items() if name != "programme"}

    def chosen(self) -> Programme | None:
        """The programme that was chosen, or the only one there is."""
        return self.programmes.get(self.data.get("programme", ""))


class CancelWorkshopForm(OperationForm):
    because = forms.CharField(label="Why is it cancelled?", max_length=200)


class RegisterForm(OperationForm):
    """One question for each person who stayed here that day."""

    def __init__(self, *args: Any, register: list[tuple[Stay, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {f"stay-{stay.pk}": stay for stay, _ in register}
        for stay, came in register:
            self.fields[f"stay-{stay.pk}"] = quietly_optional(
                forms.ChoiceField(
                    label=stay.resident.name,
                    choices=[("", "Nothing yet"), *Came.choices],
                    initial=came,
                    required=False,
                )
            )

    def arguments(self) -> dict[str, Any]:
        said = super().arguments()
        return {"came": {stay: said[name] for name, stay in self.people.items() if said[name]}}
