"""The move, and leaving that nobody planned."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from alongside.moving_on.forms.fields import a_line, one_of, sentences
from alongside.stays.forms import StayForm


class MoveForm(StayForm):
    lists: ClassVar = {"tenure": "tenures", "aftercare": "aftercare_offers"}

    tenure = one_of("What kind of home is it?")
    address = a_line("Its address", required=True, longest=300)
    landlord = a_line("Who lets it?")
    leaves_on = forms.DateField(label="Which day do they leave here?")
    tenancy_starts_on = forms.DateField(label="When does the tenancy begin?")
    moves_in_on = forms.DateField(label="Which day do they move in there?")
    aftercare = one_of("Do they want support from us after the move?", radio=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"aftercare": "not_asked", **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        if not self.stay.scheme.pack.has("aftercare"):
            del self.fields["aftercare"]


class FellThroughForm(StayForm):
    reasons: ClassVar = {"reason": "move_fell_through"}

    reason = one_of("Why will it not happen?")
    words = sentences("Say more")


class GivenForm(StayForm):
    given_on = forms.DateField(label="When was it given to them?")
    words = a_line("Anything to add?")


class DepartureForm(StayForm):
    """How somebody left whom nobody expected to, in one sitting."""

    lists: ClassVar = {"kind": "leaving_kinds", "aftercare": "aftercare_offers"}
    reasons: ClassVar = {"reason": "unplanned_departure"}

    left_on = forms.DateField(label="Which day did they leave?")
    kind = one_of("How did the stay end?", radio=True)
    reason = one_of("Why?")
    words = sentences("What happened?")
    destination_known = forms.ChoiceField(
        label="Do we know where they went?",
        choices=(("yes", "Yes"), ("no", "No")),
        widget=forms.RadioSelect,
    )
    destination = a_line("Where?", longest=150)
    told = a_line(
        "Whom did you tell of a risk?", help_text="The outreach team, the police, family."
    )
    risk = sentences("What did you tell them?")
    no_risks_words = a_line("If there was nothing to tell, why?")
    aftercare = one_of("Do they want support from us after leaving?", radio=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        planned = {"planned"}
        kinds = [one for one in self.fields["kind"].choices if one[0] not in planned]  # type: ignore[attr-defined]
        self.offer("kind", kinds)

    def arguments(self) -> dict[str, Any]:
        given = super().arguments()
        return {**given, "destination_known": given["destination_known"] == "yes"}


class RiskForm(StayForm):
    told = a_line("Whom did you tell?", required=True)
    risk = sentences("What did you tell them?", required=True)
    told_on = forms.DateField(label="When?")
