"""Signing on the screen or on paper, saying no, and choosing a PIN. Other rooms use the forms.

A page that takes a signature gives one of these forms to "signatures/sign_form.html" and carries
it out with its own operation, which takes `mark=` (a yes) or `no=`:

    form = SignForm.from_request(request)
    if form.carry_out(operations.agree_as_resident, plan, by=request.user): ...
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms

from alongside.practice.keyed import Keyed
from alongside.practice.pack import Pack
from alongside.practice.words import Choice
from alongside.signatures.models import Method
from alongside.signatures.signing import Mark, No
from alongside.ui.forms import OperationForm
from alongside.ui.signature import SignatureField

SHORT = {"class": "house-input--short"}
PIN = {"inputmode": "numeric", "autocomplete": "off", **SHORT}


def pin_field(label: str, help_text: str = "", *, required: bool = False) -> forms.CharField:
    """A PIN: figures, never shown, never filled in by the browser."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=20,
        widget=forms.PasswordInput(attrs=PIN),
    )


class SignForm(OperationForm):
    """One person's yes. How they sign follows from what they give: strokes, PIN or a witness."""

    strokes = SignatureField(label="Your signature", required=False)
    pin = pin_field("Or your PIN")
    witness = forms.CharField(
        label="Or signed on paper, in front of",
        help_text="The name of somebody who saw it. Keep the paper on the file.",
        required=False,
        max_length=200,
    )

    def __init__(self, *args: Any, says: str = "", **kwargs: Any) -> None:
        """`says` names the person who is to sign."""
        super().__init__(*args, **kwargs)
        if says:
            self.fields["strokes"].label = f"Signature of {says}"
            self.fields["pin"].label = f"Or the PIN of {says}"

    def arguments(self) -> dict[str, Any]:
        return {"mark": self.mark()}

    def mark(self) -> Mark:
        """How they signed: a drawing before a PIN, a PIN before paper."""
        given = self.cleaned_data
        drawn, pin, witness = given["strokes"], given.get("pin"), given["witness"].strip()
        if drawn:
            return Mark(method=Method.DRAWN, strokes=drawn, witness=witness)
        if pin:
            return Mark(method=Method.PIN, pin=pin, witness=witness)
        if witness:
            return Mark(method=Method.PAPER, witness=witness)
        return Mark()


class SignForColleagueForm(SignForm):
    """A worker's yes in the place of a colleague who is away, and why they are."""

    reason = forms.ChoiceField(label="Why are they not signing themselves?", choices=())
    reason_words = forms.CharField(label="Say more", required=False, max_length=400)
    field_order = ["reason", "reason_words", "strokes", "pin", "witness"]

    def __init__(self, *args: Any, pack: Pack, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reasons = pack.reasons("substitute_signature")
        self.fields["reason"].choices = choices_of(self.reasons)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        require_more(self, self.reasons, given.get("reason", ""), "reason_words")
        return given

    def arguments(self) -> dict[str, Any]:
        given = self.cleaned_data
        reason = in_words(self.reasons, given["reason"], given["reason_words"])
        return {"mark": self.mark(), "reason": reason}


class RefuseToSignForm(OperationForm):
    """A person's no: why, which parts, who was there, and when it is offered again."""

    reason = forms.ChoiceField(label="Why do they not want to sign?", choices=())
    reason_words = forms.CharField(label="In their own words", required=False, max_length=1000)
    disagrees_with = forms.CharField(
        label="Which parts do they disagree with?",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    witness = forms.CharField(label="Who was there?", required=False, max_length=200)
    next_offer_on = forms.DateField(label="When do we offer it again?", required=False)

    def __init__(self, *args: Any, pack: Pack, today: date, **kwargs: Any) -> None:
        again = today + timedelta(days=int(pack.limit("wait_to_offer_signature_again")))
        kwargs["initial"] = {"next_offer_on": again, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.today, self.reasons = today, pack.reasons("refusal_to_sign")
        self.fields["reason"].choices = choices_of(self.reasons)  # type: ignore[attr-defined]

    def clean_next_offer_on(self) -> date | None:
        day: date | None = self.cleaned_data["next_offer_on"]
        if day and day < self.today:
            raise forms.ValidationError("That day is over. Choose one that is still to come.")
        return day

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        require_more(self, self.reasons, given.get("reason", ""), "reason_words")
        return given

    def arguments(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "no": No(
                reason=in_words(self.reasons, given["reason"], given["reason_words"]),
                disagrees_with=given["disagrees_with"],
                witness=given["witness"],
                next_offer_on=given["next_offer_on"],
            )
        }


class PinForm(OperationForm):
    """A new PIN, typed twice."""

    pin = pin_field("New PIN", "At least four figures that nobody would guess.", required=True)
    again = pin_field("The same PIN again", required=True)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("pin") and given.get("again") and given["pin"] != given["again"]:
            self.add_error("again", "The two are not the same. Type the new PIN twice.")
        return given

    def arguments(self) -> dict[str, Any]:
        return {"pin": self.cleaned_data["pin"]}


def choices_of(listed: Keyed[Choice]) -> list[tuple[str, str]]:
    """A list of the pack as the choices of a field, with nothing chosen yet."""
    return [("", "Choose one"), *((choice.key, choice.says) for choice in listed)]


def require_more(form: forms.Form, listed: Keyed[Choice], key: str, field: str) -> None:
    """Some answers mean nothing without words: ask for them beside the field."""
    choice = listed.get(key)
    if choice and choice.needs_text and not form.cleaned_data.get(field, "").strip():
        form.add_error(field, f"Say more about “{choice.says}”")


def in_words(listed: Keyed[Choice], key: str, words: str) -> str:
    """The answer as it is kept: what the list says, and what the person added."""
    said = listed[key].says
    return f"{said}: {words.strip()}" if words.strip() else said
