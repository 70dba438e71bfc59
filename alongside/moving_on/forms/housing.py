"""Providers, applications, papers, viewings and offers."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from alongside.moving_on.forms.fields import a_line, offer_workers, one_of, sentences, worker
from alongside.moving_on.models import Application, Offer, Provider, Viewing
from alongside.organisation.models import Scheme
from alongside.stays.forms import StayForm
from alongside.ui.forms import OperationForm


class ProviderForm(OperationForm):
    """Somebody who lets homes."""

    name = a_line("What are they called?", required=True)
    kind = one_of("What are they?")
    contact = a_line("Whom do we speak to?")
    phone = a_line("Telephone", longest=80)
    email = forms.EmailField(label="E-mail", required=False, max_length=254)
    words = sentences("What should one know?")

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = scheme.pack.choices("housing_provider_kinds")
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (choice.key, choice.says) for choice in kinds
        ]


class ApplicationForm(StayForm):
    lists: ClassVar = {"kind": "housing_applications"}

    kind = one_of("What kind of application?", radio=True)
    provider = forms.ModelChoiceField(
        label="Which provider, if one on our list?",
        queryset=Provider.objects.none(),
        required=False,
        empty_label="Another, or none",
    )
    where = a_line("Where was it made, if not there?")
    applied_on = forms.DateField(label="When?")
    reference = a_line("Its reference", longest=80)
    their_choice = forms.BooleanField(label="This is their own choice", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"their_choice": True, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        field = self.fields["provider"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = Provider.objects.filter(scheme_id=self.stay.scheme_id, ended_on=None)


class RatingForm(StayForm):
    rating = a_line("Which rating, or how many points?", required=True, longest=40)
    rated_on = forms.DateField(label="Since when?")
    words = sentences("How did it come about?")


class EvidenceForm(StayForm):
    what = a_line("Which paper is missing?", required=True)
    asked_on = forms.DateField(label="When was it asked for?")


class SentForm(StayForm):
    sent_on = forms.DateField(label="When was it sent?")


class EndApplicationForm(StayForm):
    lists: ClassVar = {"result": "application_results"}

    result = one_of("What came of it?", radio=True)
    ended_on = forms.DateField(label="When?")
    words = sentences("Say more")


class ViewingForm(StayForm):
    address = a_line("Where is the home?", required=True, longest=300)
    landlord = a_line("Who lets it?")
    starts_at = forms.DateTimeField(label="When?")
    accompanied_by = worker("Who goes along?", required=False)
    alone_words = a_line("If nobody goes along, why?")
    application = forms.ModelChoiceField(
        label="For which application?",
        queryset=Application.objects.none(),
        required=False,
        empty_label="None",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_workers(self, "accompanied_by", self.stay)
        field = self.fields["application"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = Application.objects.filter(stay=self.stay, ended_on=None).select_related(
            "stay__scheme"
        )


class CoachForm(StayForm):
    coached_on = forms.DateField(label="When did you talk it through?")
    words = sentences("What was talked through?", required=True,
                  help_text="How to meet the landlord, what to ask, what to bring.")  # fmt: skip


class ViewingResultForm(StayForm):
    lists: ClassVar = {"result": "viewing_results"}

    result = one_of("How did it go?", radio=True)
    their_view = sentences("What do they think of the home?")
    landlord_says = sentences("What did the landlord say?")


class OfferForm(StayForm):
    address = a_line("Which home?", required=True, longest=300)
    landlord = a_line("Who offers it?")
    offered_on = forms.DateField(label="When was it offered?")
    answer_by = forms.DateField(label="By when must they answer?", required=False)
    viewing = forms.ModelChoiceField(
        label="After which viewing?",
        queryset=Viewing.objects.none(),
        required=False,
        empty_label="None",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["viewing"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = Viewing.objects.filter(stay=self.stay)


class AnswerForm(StayForm):
    reasons: ClassVar = {"reason": "offer_refused"}

    answer = forms.ChoiceField(
        label="What is the answer?", choices=Offer.Answer.choices, widget=forms.RadioSelect
    )
    answered_on = forms.DateField(label="When?")
    reason = one_of("If they refused it, why?", required=False)
    words = sentences("In their own words")


class SearchForm(StayForm):
    searched_on = forms.DateField(label="When?")
    where = a_line("Where did you look?", required=True)
    found = sentences("What was found, and what came of it?", required=True)
