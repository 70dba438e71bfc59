"""What is asked about stages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile

from alongside.documents.gate import KNOWN
from alongside.practice.stages import Stage
from alongside.stages.models import Verdict
from alongside.stages.standing import Line
from alongside.stays.forms import StayForm
from alongside.stays.models import Stay

MEGABYTE = 1024 * 1024


class EvidenceForm(StayForm):
    lists: ClassVar = {"kind": "evidence_kinds"}

    line = forms.ChoiceField(label="Which part of the task?", required=False)
    kind = forms.ChoiceField(label="What is it?")
    happened_on = forms.DateField(label="When was it?")
    words = forms.CharField(label="What does it show?", widget=forms.Textarea, required=False)
    file = forms.FileField(label="A file or photo", required=False, help_text=f"{KNOWN}.")

    def __init__(self, *args: Any, stay: Stay, lines: Iterable[Line], **kwargs: Any) -> None:
        super().__init__(*args, stay=stay, **kwargs)
        self.offer("line", [(one.key, one.part or one.says) for one in lines])
        if len(self.fields["line"].choices) <= 2:  # type: ignore[attr-defined]  # noqa: PLR2004
            self.fields["line"].widget = forms.HiddenInput()

    def clean_file(self) -> UploadedFile[bytes] | None:
        file: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if file is None:
            return None
        most = self.stay.scheme.pack.limit("evidence_file").number
        if (file.size or 0) > most * MEGABYTE:
            raise forms.ValidationError(
                f"The file is larger than {most} megabytes. Make it smaller."
            )
        return file


class ReadingForm(StayForm):
    reasons: ClassVar = {"reason": "evidence_rejected"}

    verdict = forms.ChoiceField(
        label="Does it show it?", choices=Verdict.choices, widget=forms.RadioSelect
    )
    reason = forms.ChoiceField(label="If not, why?", required=False)
    words = forms.CharField(label="Anything to add?", widget=forms.Textarea, required=False)


class DisputeForm(StayForm):
    words = forms.CharField(label="What do they say?", widget=forms.Textarea)


class ConfirmForm(StayForm):
    words = forms.CharField(label="What have you seen?", widget=forms.Textarea)
    happened_on = forms.DateField(label="When?", required=False)


class NotApplicableForm(StayForm):
    reasons: ClassVar = {"reason": "not_applicable"}

    reason = forms.ChoiceField(label="Why does it not apply?")
    words = forms.CharField(label="In your own words", widget=forms.Textarea, required=False)
    agreed_on = forms.DateField(label="When did you agree this with them?")


class WaiverForm(StayForm):
    reasons: ClassVar = {"reason": "waiver"}

    reason = forms.ChoiceField(label="Why is it waived?")
    words = forms.CharField(label="In your own words", widget=forms.Textarea, required=False)
    agreed_on = forms.DateField(label="When did you talk about it with them?", required=False)


class SubstituteForm(WaiverForm):
    reasons: ClassVar = {"reason": "substitution"}

    reason = forms.ChoiceField(label="Why is it replaced?")
    replaced_by = forms.CharField(label="What is done instead?", max_length=200)


class ApplyForm(StayForm):
    words = forms.CharField(label="Anything to add?", widget=forms.Textarea, required=False)


class LapseForm(StayForm):
    reasons: ClassVar = {"reason": "lapse"}

    reason = forms.ChoiceField(label="Why does it no longer hold?")
    lapsed_on = forms.DateField(label="Since when?")
    words = forms.CharField(label="In your own words", widget=forms.Textarea, required=False)


class PromoteForm(StayForm):
    promoted_on = forms.DateField(label="From which day?")


class PromoteEarlyForm(StayForm):
    reasons: ClassVar = {"reason": "early_promotion"}

    stage = forms.ChoiceField(label="To which stage?")
    reason = forms.ChoiceField(label="Why now?")
    words = forms.CharField(label="In your own words", widget=forms.Textarea, required=False)
    promoted_on = forms.DateField(label="From which day?")

    def __init__(self, *args: Any, stay: Stay, stages: Iterable[Stage], **kwargs: Any) -> None:
        super().__init__(*args, stay=stay, **kwargs)
        self.offer("stage", [(one.key, one.says) for one in stages])


class DemoteForm(StayForm):
    reasons: ClassVar = {"reason": "demotion"}

    stage = forms.ChoiceField(label="Back to which stage?")
    reason = forms.ChoiceField(label="Why?")
    tasks = forms.MultipleChoiceField(
        label="Which lapsed tasks is it about?",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    words = forms.CharField(
        label="In your own words",
        widget=forms.Textarea,
        required=False,
        help_text="They read this on their own pages, and can answer it.",
    )
    starts_at = forms.DateTimeField(
        label="From when?",
        help_text="What the higher stages opened ends then, and booked nights out beyond what"
        " this stage allows are cancelled. What they did stays verified.",
    )

    def __init__(
        self,
        *args: Any,
        stay: Stay,
        stages: Iterable[Stage],
        lapsed: Iterable[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, stay=stay, **kwargs)
        self.offer("stage", [(one.key, one.says) for one in stages])
        field = self.fields["tasks"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101
        field.choices = list(lapsed)
        if not field.choices:
            del self.fields["tasks"]


class KeepForm(StayForm):
    words = forms.CharField(label="Why does the stage stay?", widget=forms.Textarea)


class ToldForm(StayForm):
    told_on = forms.DateField(label="When did you tell them?")
    answer = forms.CharField(
        label="What did they say?",
        widget=forms.Textarea,
        required=False,
        help_text="They can also complain: tell them how.",
    )


class LiftForm(StayForm):
    because = forms.CharField(label="Why is it lifted?", widget=forms.Textarea)


class NoteForm(StayForm):
    words = forms.CharField(label="What do you want to note?", widget=forms.Textarea)


class NothingToCompareForm(StayForm):
    words = forms.CharField(
        label="Anything to add?",
        max_length=400,
        required=False,
        help_text="For example what you talked about, and why nothing is done yet.",
    )


class ReconcileForm(StayForm):
    lists: ClassVar = {"outcome": "reconciliation_outcomes"}

    outcome = forms.ChoiceField(label="What does the evidence say?", widget=forms.RadioSelect)
    words = forms.CharField(label="Anything to add?", max_length=400, required=False)
