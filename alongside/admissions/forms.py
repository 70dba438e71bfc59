"""The forms of an admission's steps, of the induction, and of moving on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from alongside.accommodation.models import Bed
from alongside.admissions.models import Admission, Induction
from alongside.agreements.models import Understanding
from alongside.agreements.texts import Text
from alongside.organisation.models import Staff
from alongside.practice.pack import Pack
from alongside.signatures.forms import choices_of, require_more
from alongside.ui.forms import OperationForm

A_LINE = 400


class Chosen(forms.ChoiceField):
    """One of the records a page offers, as the record."""

    def offer(self, records: Iterable[Any], says: str = "Choose one") -> None:
        self.records = {str(record.pk): record for record in records}
        self.choices = [("", says), *((key, str(one)) for key, one in self.records.items())]

    def clean(self, value: Any) -> Any:
        return self.records.get(super().clean(value))


class SeveralChosen(forms.MultipleChoiceField):
    """Several of the records a page offers, as the records."""

    widget = forms.CheckboxSelectMultiple

    def offer(self, records: Iterable[Any]) -> None:
        self.records = {str(record.pk): record for record in records}
        self.choices = [(key, str(one)) for key, one in self.records.items()]

    def clean(self, value: Any) -> Any:
        return [self.records[key] for key in super().clean(value)]


class BeginForm(OperationForm):
    """Who comes, when there is no referral."""

    given_name = forms.CharField(label="First name", required=False, max_length=200)
    family_name = forms.CharField(label="Family name", required=False, max_length=200)
    in_emergency = forms.BooleanField(
        label="This is an emergency",
        help_text="They need a bed now. The least one must know is enough; the rest can wait until "
        "the morning.",
        required=False,
    )


class BeginFromReferralForm(OperationForm):
    """Begin from an accepted referral: there is nothing more to ask."""

    in_emergency = BeginForm.base_fields["in_emergency"]


class ArrivalForm(OperationForm):
    """Bed, day and time."""

    bed = Chosen(label="Which bed?")
    moved_in_on = forms.DateField(label="Which day do they move in?")
    moved_in_at = forms.TimeField(label="At what time?", required=False)
    service_charge = forms.DecimalField(
        label="What do they pay towards services each week?",
        required=False,
        min_value=0,
        max_digits=8,
        decimal_places=2,
    )

    says = {"bed": "Choose a bed", "moved_in_on": "Say which day they move in"}

    def __init__(
        self, *args: Any, admission: Admission, beds: Iterable[Bed], today: date, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {
            "bed": str(admission.bed_id or ""),
            "moved_in_on": admission.moved_in_on or today,
            "moved_in_at": admission.moved_in_at,
            "service_charge": admission.service_charge,
        }
        super().__init__(*args, **kwargs)
        kept = [admission.bed] if admission.bed else []
        field = self.fields["bed"]
        assert isinstance(field, Chosen)  # noqa: S101
        field.offer({bed.pk: bed for bed in [*kept, *beds]}.values())


class KeyWorkerForm(OperationForm):
    """Who is their key worker, or stands in for now."""

    worker = Chosen(label="Who?")
    only_for_now = forms.BooleanField(
        label="Only for now, until a lasting one is named", required=False
    )
    reason = forms.ChoiceField(
        label="Why them?",
        help_text="Needed when somebody else has more room and fits better.",
        required=False,
        choices=(),
    )
    words = forms.CharField(label="Say more", required=False, max_length=A_LINE)

    says = {"worker": "Name somebody, if only for now"}

    def __init__(
        self, *args: Any, admission: Admission, staff: Iterable[Staff], **kwargs: Any
    ) -> None:
        kwargs["initial"] = {
            "worker": str(admission.key_worker_id or ""),
            "only_for_now": admission.only_for_now,
            "reason": admission.chosen_because,
            "words": admission.chosen_words,
        }
        super().__init__(*args, **kwargs)
        self.reasons = admission.scheme.pack.reasons("allocation")
        field = self.fields["worker"]
        assert isinstance(field, Chosen)  # noqa: S101
        field.offer(staff)
        self.fields["reason"].choices = choices_of(self.reasons)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        require_more(self, self.reasons, given.get("reason", ""), "words")
        return given


class ContactsForm(OperationForm):
    """Whom to call in an emergency: one, perhaps a second, or why nobody."""

    name = forms.CharField(label="Whom should we call?", required=False, max_length=200)
    relation = forms.CharField(label="Who are they to them?", required=False, max_length=120)
    phone = forms.CharField(label="Telephone", required=False, max_length=80)
    second_name = forms.CharField(label="And somebody else?", required=False, max_length=200)
    second_relation = forms.CharField(label="Who are they?", required=False, max_length=120)
    second_phone = forms.CharField(label="Their telephone", required=False, max_length=80)
    no_contact_because = forms.CharField(
        label="Or why there is nobody", required=False, max_length=A_LINE
    )

    def __init__(self, *args: Any, admission: Admission, **kwargs: Any) -> None:
        first, second = [*admission.contacts, {}, {}][:2]
        kwargs["initial"] = {
            **first,
            **{f"second_{key}": value for key, value in second.items()},
            "no_contact_because": admission.no_contact_because,
        }
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """What was said of somebody without a name is asked about, not dropped."""
        given = super().clean() or {}
        for prefix in ("", "second_"):
            said = given.get(f"{prefix}relation") or given.get(f"{prefix}phone")
            if said and not given.get(f"{prefix}name"):
                self.add_error(f"{prefix}name", "Say who that is. A first name will do.")
        if given.get("name") and given.get("no_contact_because"):
            self.add_error(
                "no_contact_because", "There is somebody to call. Leave this empty, or them."
            )
        return given

    def arguments(self) -> dict[str, Any]:
        given = self.cleaned_data
        both = [
            {key: given[f"{prefix}{key}"] for key in ("name", "relation", "phone")}
            for prefix in ("", "second_")
        ]
        return {
            "contacts": [contact for contact in both if contact["name"]],
            "no_contact_because": given["no_contact_because"],
        }


class TextsForm(OperationForm):
    """Which texts were explained on arrival, and how. None means: not today."""

    keys = forms.MultipleChoiceField(
        label="Which were explained?",
        help_text="Leave all open if none could be today; they stay owed. Signing comes later.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    language = forms.CharField(label="In which language?", required=False, max_length=80)
    way = forms.ChoiceField(label="How?", required=False, choices=())
    understanding = forms.ChoiceField(
        label="Did they understand?",
        choices=Understanding.choices,
        initial=Understanding.YES,
        widget=forms.RadioSelect,
    )
    copies_given = forms.BooleanField(label="They have copies in their hands", required=False)

    def __init__(
        self, *args: Any, admission: Admission, texts: Iterable[Text], pack: Pack, **kwargs: Any
    ) -> None:
        kept = admission.texts
        kwargs["initial"] = {**kept, "copies_given": kept.get("copy_given", False)}
        kwargs["initial"].setdefault("understanding", Understanding.YES)
        super().__init__(*args, **kwargs)
        self.fields["keys"].choices = [(text.key, text.says) for text in texts]  # type: ignore[attr-defined]
        self.fields["way"].choices = choices_of(pack.choices("explained_how"))  # type: ignore[attr-defined]


class FinishForm(OperationForm):
    """Nothing is asked; everything is there."""


class AbandonForm(OperationForm):
    """Why they did not move in."""

    because = forms.CharField(label="Why do they not move in?", max_length=A_LINE)


class LateForm(OperationForm):
    """Why the induction is later than the day they moved in."""

    late_because = forms.ChoiceField(label="Why is it later?", choices=())
    late_words = forms.CharField(label="Say more", required=False, max_length=A_LINE)

    def __init__(self, *args: Any, pack: Pack, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.late_reasons = pack.reasons("late_induction")
        self.fields["late_because"].choices = choices_of(self.late_reasons)  # type: ignore[attr-defined]


class PlanInductionForm(LateForm):
    """The earliest day on which the induction can be held."""

    planned_on = forms.DateField(label="On which day will it be held?")
    field_order = ["planned_on", "late_because", "late_words"]


class HoldInductionForm(LateForm):
    """When it was held, who was there, and why it was late if it was."""

    held_on = forms.DateField(label="When was it held?")
    attended = SeveralChosen(label="Who of the team was there?")
    resident_came = forms.ChoiceField(
        label="Were they there?", choices=Induction.Attendance.choices, widget=forms.RadioSelect
    )
    field_order = ["held_on", "attended", "resident_came", "late_because", "late_words"]

    def __init__(self, *args: Any, staff: Iterable[Staff], today: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"held_on": today, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        field = self.fields["attended"]
        assert isinstance(field, SeveralChosen)  # noqa: S101
        field.offer(staff)
        self.fields["late_because"].required = False
        self.fields["late_because"].label = "If it was late, why?"


class RefuseInductionForm(OperationForm):
    """They did not want it: why, and when it is offered again."""

    offered_on = forms.DateField(label="When was it offered?")
    reason = forms.CharField(
        label="Why did they not want it?",
        help_text="In their own words.",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    next_offer_on = forms.DateField(label="When do we offer it again?")


class MoveOnForm(OperationForm):
    """When, why and where to."""

    moved_out_on = forms.DateField(label="Which day did they leave?")
    left_because = forms.ChoiceField(label="How did the stay end?", choices=())
    left_words = forms.CharField(
        label="Say more about it",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    destination = forms.ChoiceField(label="Where do they go?", choices=())
    destination_words = forms.CharField(label="Which place?", required=False, max_length=150)

    def __init__(self, *args: Any, pack: Pack, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lists = {
            "left_because": (pack.choices("leaving_kinds"), "left_words"),
            "destination": (pack.choices("leaving_places"), "destination_words"),
        }
        for name, (listed, _) in self.lists.items():
            self.fields[name].choices = choices_of(listed)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for name, (listed, words) in self.lists.items():
            require_more(self, listed, given.get(name, ""), words)
        return given
