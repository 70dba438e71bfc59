"""The forms of referrals: taking one, the interview, the decision, the offer of a bed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Any

from django import forms

from alongside.accommodation.models import Bed
from alongside.organisation.models import Scheme, Staff
from alongside.practice.words import Choice
from alongside.referrals import queries
from alongside.referrals.models import OfferEnd, Outcome, Referral
from alongside.referrals.operations.taking import INTERVIEW, SOMEBODY_NEW
from alongside.referrals.story import REASONS
from alongside.residents.models import PossibleDuplicate
from alongside.residents.queries import Match
from alongside.sheets.forms import SheetForm, sheet_form
from alongside.ui.forms import OperationForm

type Options = list[tuple[str, Any]]
IDENTITY = ("given_name", "family_name", "known_as", "born_on", "phone")
OWN_WORDS = "other"
NOT_SAID = "not_said"
NOBODY_YET = [("", "")]
WHOSE_FILE = (
    "We may have a file of this person already. Choose theirs, or say that this is somebody new."
)


def options(choices: Iterable[Choice]) -> Options:
    return [(choice.key, choice.says) for choice in choices]


def with_blank(choices: Iterable[Choice], says: str = "Choose") -> Options:
    return [("", says), *options(choices)]


def _long(label: str, *, help_text: str = "", required: bool = False) -> forms.CharField:
    box = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(
        label=label, help_text=help_text, widget=box, required=required, max_length=5000
    )


def _short(label: str, *, help_text: str = "", most: int = 200) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=most)


class NameAndBirthdayForm(forms.Form):
    """Just enough of a person to look for their file."""

    given_name = forms.CharField(required=False, max_length=200)
    family_name = forms.CharField(required=False, max_length=200)
    known_as = forms.CharField(required=False, max_length=200)
    born_on = forms.DateField(required=False)


class TakeReferralForm(OperationForm):
    """A referral on one page: who, who asks, where things stand, safety and consent."""

    says = {
        "received_on": "Write the day the referral came",
        "route": "Say who asks",
        "homelessness": "Say where they stand; “Not known yet” is an answer",
    }

    given_name = _short("First name")
    family_name = _short("Family name")
    known_as = _short("Name they wish to be called by")
    born_on = forms.DateField(label="Date of birth", required=False)
    person = forms.ChoiceField(
        label="Is it one of these people?", required=False, widget=forms.RadioSelect
    )
    gender = forms.ChoiceField(
        label="Gender", help_text="As they say it themselves.", required=False
    )
    gender_words = _short("Gender in their own words", most=60)
    phone = _short("Phone", most=80)
    received_on = forms.DateField(label="When did the referral come?")
    route = forms.ChoiceField(label="Who asks?", widget=forms.RadioSelect)
    referrer_agency = _short("Agency")
    referrer_name = _short("Name of whoever asks")
    referrer_contact = _short("How to reach them", help_text="Phone or e-mail.")
    homelessness = forms.ChoiceField(label="Where do they stand today?")
    homelessness_words = _short("Say more, if it is something else")
    last_slept = _short("Where did they sleep last night?")
    homeless_for = _short("For how long?", most=120)
    causes = _long("How did it come to that?")
    reason = _long("What is asked of us?", help_text="In their own words where you can.")
    risks = forms.MultipleChoiceField(
        label="Known risks", required=False, widget=forms.CheckboxSelectMultiple
    )
    risk_words = _long("What should staff know to keep everybody safe?")
    consent_on = forms.DateField(
        label="When did they agree that we keep this?",
        help_text="Leave it empty if nobody could ask them yet.",
        required=False,
    )
    no_consent_because = _short("If they have not agreed: why not?")

    def __init__(self, *args: Any, scheme: Scheme, reader: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.draft_key = f"referral-{scheme.slug}"
        pack = scheme.pack
        self._genders = pack.choices("genders")
        _offer(self, "gender", with_blank(self._genders))
        _offer(self, "route", options(pack.choices("referral_routes")))
        _offer(self, "homelessness", with_blank(pack.choices("homelessness_status")))
        _offer(self, "risks", options(pack.choices("known_risks")))
        matches = files_like(self.data, scheme, reader) if self.is_bound else []
        _offer(self, "person", person_options(matches, reader))
        self.has_matches = bool(matches)
        if self.has_matches:
            self.fields["person"].required = True
            self.fields["person"].error_messages["required"] = WHOSE_FILE

    def arguments(self) -> dict[str, Any]:
        given = super().arguments()
        identity = {name: given.pop(name) for name in IDENTITY}
        identity["gender"] = self._gender(given.pop("gender"), given.pop("gender_words"))
        return {"person": given.pop("person") or self._new(), "identity": identity, **given}

    def refuse(self, refusal: Any) -> None:
        super().refuse(refusal)
        if refusal.field == "person" and not self.has_matches:  # Somebody who lives here now.
            self.add_error("given_name", refusal.because)

    def _gender(self, key: str, words: str) -> str:
        if words or key in ("", NOT_SAID, OWN_WORDS):
            return words
        return self._genders[key].says

    def _new(self) -> str:
        return "" if self.has_matches else SOMEBODY_NEW


class HowHeldForm(OperationForm):
    """When an interview was held and by whom; the questions follow from the pack."""

    says = {"held_on": "Write the day of the interview", "interviewers": "Choose who held it"}

    held_on = forms.DateField(label="When was it held?")
    interviewers = forms.TypedMultipleChoiceField(
        label="Who held it?", widget=forms.CheckboxSelectMultiple
    )


def interview_form(referral: Referral, staff: list[Staff]) -> type[SheetForm]:
    """The pack's interview questions, with when it was held and by whom."""
    pack = referral.scheme.pack
    asked = sheet_form(pack.sheet(INTERVIEW), pack=pack)
    by_key = {str(one.pk): one for one in staff}
    least = pack.limit("interviewers_least").number

    class InterviewForm(asked):  # type: ignore[valid-type, misc]
        draft_key = f"interview-{referral.pk}"
        says = HowHeldForm.says

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            field = self.fields["interviewers"]
            field.choices = [(key, one.name) for key, one in by_key.items()]
            field.coerce = by_key.__getitem__
            field.help_text = f"At least {least}."

        def arguments(self) -> dict[str, Any]:
            held = {name: self.cleaned_data[name] for name in ("held_on", "interviewers")}
            return {**held, **super().arguments()}

    InterviewForm.base_fields = {**HowHeldForm.base_fields, **asked.base_fields}
    made: type[SheetForm] = InterviewForm
    return made


class DecideReferralForm(OperationForm):
    """Yes, wait, no: with the reason, the day, and when people were told."""

    says = {"outcome": "Choose what was decided", "reason": "Choose the reason"}

    outcome = forms.ChoiceField(label="What was decided?", widget=forms.RadioSelect)
    reason = forms.ChoiceField(label="Why?")
    words = _long("In your own words")
    override_reason = forms.ChoiceField(
        label="Why take them in although the rule says otherwise?", required=False
    )
    override_words = _short("More about setting the rule aside")
    decided_on = forms.DateField(label="When was it decided?")
    communicated_on = forms.DateField(
        label="When were the person and whoever referred them told?",
        help_text="Leave it empty if they do not know yet.",
        required=False,
    )
    communicated_how = _short("How were they told?", help_text="By phone, by letter, in person.")

    def __init__(self, *args: Any, scheme: Scheme, rules_broken: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pack = scheme.pack
        decisions = list(pack.choices("referral_decisions"))
        _offer(self, "outcome", options(decisions))
        _offer(self, "reason", _grouped(scheme, decisions))
        _offer(self, "override_reason", with_blank(pack.reasons("rule_override"), "No reason"))
        if not rules_broken:
            del self.fields["override_reason"], self.fields["override_words"]

    def clean_reason(self) -> str:
        """The reason without the decision it is listed under; it must be the one chosen."""
        listed_under, _, reason = str(self.cleaned_data["reason"]).partition(":")
        if self.cleaned_data.get("outcome", listed_under) != listed_under:
            raise forms.ValidationError("That reason belongs to another decision. Choose again.")
        return reason


class RedirectReferralForm(OperationForm):
    """Where a referral is sent on to, and why."""

    says = {"to": "Choose where to", "reason": "Choose the reason"}

    to = forms.TypedChoiceField(label="Send it on to", widget=forms.RadioSelect)
    reason = forms.ChoiceField(label="Why?")
    words = _long("In your own words")
    on = forms.DateField(label="On which day?")

    def __init__(
        self, *args: Any, referral: Referral, schemes: list[Scheme], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        by_key = {str(scheme.pk): scheme for scheme in schemes}
        _offer(self, "to", [(key, scheme.name) for key, scheme in by_key.items()])
        _coerce(self, "to", by_key)
        reasons = referral.scheme.pack.reasons(REASONS[Outcome.REDIRECT])
        blank: Options = [("", "Choose")]
        _offer(self, "reason", blank + [(one.key, one.says) for one in reasons])


class CommunicateDecisionForm(OperationForm):
    """When the person and whoever referred them were told."""

    communicated_on = forms.DateField(label="When were they told?")
    communicated_how = _short("How?", help_text="By phone, by letter, in person.")


class ScreenReferralForm(OperationForm):
    """That the rules were read and the referrer was called."""

    on = forms.DateField(label="When did you screen it?")


class ReferralNoteForm(OperationForm):
    """What was learned later, or is to be put right."""

    says = {"text": "Write the note"}

    happened_on = forms.DateField(label="When was it?")
    text = _long("Note", required=True)


class OfferBedForm(OperationForm):
    """Which bed, and until when it is kept."""

    says = {"bed": "Choose a bed"}

    bed = forms.TypedChoiceField(label="Which bed?", widget=forms.RadioSelect)
    kept_until = forms.DateField(
        label="Keep it until", help_text="That day counts. After it the bed is free again."
    )
    fault_override = _short("If it is not fit: why must it do all the same?")

    def __init__(self, *args: Any, beds: list[Bed], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_key = {str(bed.pk): bed for bed in beds}
        _offer(self, "bed", [(key, _described(bed)) for key, bed in by_key.items()])
        _coerce(self, "bed", by_key)
        self.fields["bed"].error_messages["invalid_choice"] = (
            "That bed is not free any more. Choose one that is."
        )
        if not any(_faults(bed) for bed in beds):
            del self.fields["fault_override"]


class AcceptOfferForm(OperationForm):
    on = forms.DateField(label="When did they say yes?")


class KeepLongerForm(OperationForm):
    kept_until = forms.DateField(label="Keep it until", help_text="That day counts.")


class EndOfferForm(OperationForm):
    """They said no, or we take it back."""

    because = forms.ChoiceField(
        label="How did it end?",
        widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in (OfferEnd.REFUSED, OfferEnd.WITHDRAWN)],
    )
    on = forms.DateField(label="On which day?")
    words = _short("In a few words")


class DecideDuplicateForm(OperationForm):
    """Whether two files are of one person."""

    decision = forms.ChoiceField(
        label="Are these two files of one person?",
        widget=forms.RadioSelect,
        choices=PossibleDuplicate.Decision.choices,
    )

    def __init__(self, *args: Any, proposal: PossibleDuplicate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposal = proposal

    def arguments(self) -> dict[str, Any]:
        return {**super().arguments(), "proposal": self.proposal}


def files_like(data: Any, scheme: Scheme, reader: Staff) -> list[Match]:
    """Earlier files like what has been typed so far."""
    typed = NameAndBirthdayForm(data)
    typed.is_valid()
    said = typed.cleaned_data
    born: date | None = said.get("born_on")
    return queries.possible_files(scheme, reader=reader, name=queries.name_of(said), born_on=born)


def person_options(matches: list[Match], reader: Staff) -> Options:
    """The files to choose from, and somebody new; nothing to choose when there are none."""
    if not matches:
        return list(NOBODY_YET)
    described = queries.described(matches, reader=reader)
    return [*described, (SOMEBODY_NEW, "None of them: this is somebody new")]


class PersonForm(forms.Form):
    """The question whether somebody is known already, by itself."""

    person = forms.ChoiceField(label="Is it one of these people?", widget=forms.RadioSelect)

    def __init__(self, *args: Any, choices: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "person", choices)


def _grouped(scheme: Scheme, decisions: list[Choice]) -> Options:
    grouped: Options = [("", "Choose")]
    for decision in decisions:
        reasons = scheme.pack.reasons(REASONS[Outcome(decision.key)])
        grouped.append(
            (decision.says, [(f"{decision.key}:{one.key}", one.says) for one in reasons])
        )
    return grouped


def _offer(form: forms.Form, name: str, choices: Options) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
    field.choices = choices


def _coerce(form: forms.Form, name: str, by_key: dict[str, Any]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 - for the type checker
    field.coerce = partial(_look_up, by_key)


def _look_up(by_key: dict[str, Any], key: str) -> Any:
    return by_key[key]


def _faults(bed: Bed) -> list[str]:
    return [fault.words for fault in bed.faults.all() if fault.mended_on is None]


def _described(bed: Bed) -> str:
    """A bed as one chooses it: its name, floor, what it has, and what is wrong with it."""
    parts = [part for part in (bed.floor, bed.features) if part]
    parts += [f"not fit: {words}" for words in _faults(bed)]
    return f"{bed.name} ({', '.join(parts)})" if parts else bed.name
