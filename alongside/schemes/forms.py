"""The forms of a scheme and its practice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any
from zoneinfo import available_timezones

from django import forms

from alongside.duties.facts import FACTS
from alongside.kit.durations import Duration
from alongside.organisation.models import Scheme, Staff
from alongside.organisation.queries import staff_at
from alongside.practice.changeable import Kind, Place, Value
from alongside.practice.checks import FIXED_PERIODS
from alongside.practice.clauses import fact_in_words
from alongside.practice.contents import About, Pack
from alongside.schemes.operations import length_of
from alongside.ui.forms import OperationForm, ask_again, use_native_controls

UNITS = (("days", "days"), ("weeks", "weeks"), ("months", "months"))
BECAUSE = {"because": "Say why it is otherwise here", "from_on": "Say from which day"}


class SchemeForm(OperationForm):
    """The record of a scheme."""

    says = {"name": "Enter the name of the service"}

    name = forms.CharField(label="Name", max_length=200)
    address = forms.CharField(label="Address", max_length=200, required=False)
    places = forms.IntegerField(
        label="Places", min_value=1, max_value=2000, required=False,
        help_text="How many people it is meant for. Beds are set up one by one.",
    )  # fmt: skip
    residential = forms.BooleanField(label="People live here", required=False)
    women_only = forms.BooleanField(
        label="For women only", required=False,
        help_text="A referral of somebody else is pointed out, with another service to try.",
    )  # fmt: skip
    practice_model = forms.CharField(
        label="Practice model", max_length=120, required=False,
        help_text="For instance Housing First, or Te Whare Tapa Whā.",
    )  # fmt: skip
    time_zone = forms.ChoiceField(label="Time zone", initial="Europe/London")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = [(zone, zone.replace("_", " ")) for zone in sorted(available_timezones())]
        self.fields["time_zone"].choices = zones  # type: ignore[attr-defined]

    @staticmethod
    def of(scheme: Scheme) -> dict[str, Any]:
        """What the record says now."""
        return {
            name: getattr(scheme, name) for name in SchemeForm.base_fields if hasattr(scheme, name)
        }


class NewSchemeForm(SchemeForm):
    """A scheme that is set up on screen: its record, its address here, and its pack."""

    field_order = ("name", "slug", "pack_key")

    slug = forms.SlugField(
        label="Short name", max_length=50,
        help_text="It stands in the address of its pages: letters and hyphens, such as mill-house.",
        error_messages={"invalid": "Use letters, figures and hyphens only, such as mill-house"},
    )  # fmt: skip
    pack_key = forms.ChoiceField(
        label="Practice pack", widget=forms.RadioSelect,
        help_text="Its words, roles, clocks and forms are there from the first page.",
    )  # fmt: skip

    def __init__(self, *args: Any, installed: list[About], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        newest = {about.id: about.says for about in installed}
        self.fields["pack_key"].choices = list(newest.items())  # type: ignore[attr-defined]


# What is said of an answer left empty, by what is asked for, where it is no word.
EMPTY: dict[Kind | None, str] = {
    Kind.PERIOD: "Choose how often",
    Kind.TEXT: "Write it in your own words",
    Kind.SWITCH: "Choose on or off",
}


class ChangeForm(OperationForm):
    """One value that is otherwise, for a scheme or for one person."""

    says = {**BECAUSE, "number": "Enter a number", "word": "Enter the word"}

    def __init__(self, *args: Any, there: Place, today: date, is_own: bool, **kwargs: Any) -> None:
        self.there = there
        super().__init__(*args, **kwargs)
        own = _ASKED[there.kind](there)
        more: dict[str, forms.Field] = {
            **own,
            **({"back": forms.BooleanField(label="As in the practice pack again", required=False)}
               if is_own else {}),
            "from_on": forms.DateField(label="From", initial=today),
            "because": forms.CharField(
                label="Why", widget=forms.Textarea(attrs={"rows": 3}), max_length=1000
            ),
        }  # fmt: skip
        self.add(more)

    def add(self, more: dict[str, forms.Field]) -> None:
        for name, field in more.items():
            use_native_controls(field)
            if field.required:
                kind = self.there.kind if name in ("word", "switch") else None
                words = EMPTY.get(kind) or self.says.get(name) or ask_again(field.label)
                field.error_messages["required"] = words
            self.fields[name] = field

    def arguments(self) -> dict[str, Any]:
        said = self.cleaned_data
        value = None if said.get("back") else self._value()
        return {
            "at": self.there.at, "value": value, "from_on": said["from_on"],
            "because": said["because"],
        }  # fmt: skip

    def _value(self) -> Value:
        said = self.cleaned_data
        match self.there.kind:
            case Kind.LENGTH:
                return length_of(said["number"], said["unit"])
            case Kind.SWITCH:
                return bool(said["switch"] == "on")
            case Kind.NUMBER:
                return int(said["number"])
        return str(said["word"]).strip()


class WordsForm(OperationForm):
    """What one thing is called for one person."""

    says = {**BECAUSE, "singular": "Enter the word", "plural": "Enter the word for several"}

    singular = forms.CharField(label="One", max_length=80)
    plural = forms.CharField(label="Several", max_length=80)
    possessive = forms.CharField(
        label="Of one", max_length=80, required=False,
        help_text="As in “the key worker’s notes”. Left as it is, it follows the word.",
    )  # fmt: skip
    back = forms.BooleanField(label="As for everybody here again", required=False)
    from_on = forms.DateField(label="From")
    because = forms.CharField(
        label="Why", widget=forms.Textarea(attrs={"rows": 3}), max_length=1000
    )

    def __init__(self, *args: Any, is_own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_own:
            del self.fields["back"]


class VaryForm(OperationForm):
    """Whether, and by whom, it is done for one person."""

    says = {"because": "Say why it is otherwise for them", "from_on": "Say from which day"}

    how = forms.ChoiceField(label="For this person", widget=forms.RadioSelect, initial="usual")
    to = forms.ModelChoiceField(
        Staff.objects.none(), label="By whom?", required=False, empty_label="Choose a colleague"
    )
    from_on = forms.DateField(label="From")
    because = forms.CharField(
        label="Why", widget=forms.Textarea(attrs={"rows": 3}), max_length=1000
    )

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = staff_at(scheme)  # type: ignore[attr-defined]
        self.fields["how"].choices = [  # type: ignore[attr-defined]
            ("usual", "As for everybody"), ("off", "Not owed"), ("given", "Done by somebody else"),
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("how") == "given" and not said.get("to"):
            self.add_error("to", "Choose who does it.")
        return said

    def arguments(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "off": said["how"] == "off", "to": said["to"] if said["how"] == "given" else None,
            "from_on": said["from_on"], "because": said["because"],
        }  # fmt: skip


def _number(there: Place) -> dict[str, forms.Field]:
    label = there.unit[:1].upper() + there.unit[1:] or "Number"
    return {
        "number": forms.IntegerField(
            label=label, min_value=0, max_value=100_000, initial=there.value
        )
    }


def _length(there: Place) -> dict[str, forms.Field]:
    now = Duration.parse(str(there.value))
    number, unit = next(
        ((getattr(now, unit), unit) for unit, _ in UNITS if getattr(now, unit)), (0, "days")
    )
    return {
        "number": forms.IntegerField(label="How long", min_value=0, max_value=1000, initial=number),
        "unit": forms.ChoiceField(label="Counted in", choices=UNITS, initial=unit),
    }


def _period(there: Place) -> dict[str, forms.Field]:
    choices = [(period, f"each {period}") for period in FIXED_PERIODS]
    return {"word": forms.ChoiceField(label="How often", choices=choices, initial=there.value)}


def _word(there: Place) -> dict[str, forms.Field]:
    return {"word": forms.CharField(label="Word", max_length=80, initial=there.value)}


def _text(there: Place) -> dict[str, forms.Field]:
    words = forms.CharField(
        label="In your own words", initial=there.value,
        max_length=200 if there.at[0] == "duties" else 300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    return {"word": words}


def _switch(there: Place) -> dict[str, forms.Field]:
    return {
        "switch": forms.ChoiceField(
            label="This is", choices=[("on", "On"), ("off", "Off")], widget=forms.RadioSelect,
            initial="on" if there.value else "off",
        )
    }  # fmt: skip


_ASKED = {
    Kind.NUMBER: _number,
    Kind.LENGTH: _length,
    Kind.PERIOD: _period,
    Kind.WORD: _word,
    Kind.TEXT: _text,
    Kind.SWITCH: _switch,
}


class AimForm(OperationForm):
    """One thing that the service is there for, in its own words."""

    says = {"says_it": "Write it in a sentence", "because": "Say why"}

    says_it = forms.CharField(
        label="What are we here for?", max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
    under = forms.ChoiceField(
        label="Under which aim?", required=False,
        help_text="Left empty it is an aim of its own; under one it is an objective of it.",
    )  # fmt: skip
    because = forms.CharField(
        label="Why", widget=forms.Textarea(attrs={"rows": 2}), max_length=1000
    )

    def __init__(self, *args: Any, pack: Pack, of: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        aims = [
            (aim.key, aim.says) for aim in pack.aims_in_order if not aim.under and aim.key != of
        ]
        self.fields["under"].choices = [("", "An aim of its own"), *aims]  # type: ignore[attr-defined]


class AddDutyForm(OperationForm):
    """Something that this scheme owes of its own."""

    says = {"says_it": "Say what is owed", "because": "Say why it is owed here"}

    says_it = forms.CharField(label="What is owed", max_length=200)
    anchor = forms.ChoiceField(label="Counted from")
    number = forms.IntegerField(label="Due how long after", min_value=0, max_value=1000, initial=1)
    unit = forms.ChoiceField(label="Counted in", choices=UNITS, initial="weeks")
    for_each = forms.BooleanField(
        label="Each time that happens", required=False,
        help_text="Without it, it is owed once for every person.",
    )  # fmt: skip
    owner = forms.ChoiceField(label="Who owes it")
    done_by = forms.ChoiceField(
        label="Closed by",
        help_text="Nobody ticks a duty: the record of what was done closes it.",
    )
    because = forms.CharField(
        label="Why", widget=forms.Textarea(attrs={"rows": 3}), max_length=1000
    )

    def __init__(self, *args: Any, pack: Pack, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        facts = sorted((fact_in_words(name), name) for name in FACTS)
        known = [(name, words[:1].upper() + words[1:]) for words, name in facts]
        self.fields["anchor"].choices = known  # type: ignore[attr-defined]
        self.fields["done_by"].choices = known  # type: ignore[attr-defined]
        self.initial.setdefault("anchor", "admission")
        roles = [(role.key, role.says) for role in pack.roles if role.case_access]
        self.fields["owner"].choices = roles  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        said = super().arguments()
        return {
            "says": said["says_it"], "due": length_of(said["number"], said["unit"]),
            **{name: said[name] for name in ("anchor", "for_each", "owner", "done_by", "because")},
        }  # fmt: skip


class BecauseForm(OperationForm):
    """Only why."""

    says = {"because": "Say why"}

    because = forms.CharField(
        label="Why", widget=forms.Textarea(attrs={"rows": 3}), max_length=1000
    )


class AdoptForm(OperationForm):
    """Another version from a day on."""

    says = {"because": "Say why the practice changes", "from_on": "Say from which day"}

    to = forms.ChoiceField(label="Version", widget=forms.RadioSelect)
    from_on = forms.DateField(label="From")
    because = forms.CharField(
        label="Why", widget=forms.Textarea(attrs={"rows": 3}), max_length=1000
    )

    def __init__(
        self,
        *args: Any,
        offered: list[About],
        broken: Iterable[tuple[str, Sequence[object]]],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            *((about.version, f"{about.version}: {about.says}") for about in offered),
            *((version, f"{version}: cannot be used yet") for version, _ in broken),
        ]
        self.initial.setdefault("from_on", today)


class RehearseForm(forms.Form):
    """Which version, over which days. Sent by GET, so that the page can be kept and sent on."""

    use_required_attribute = False

    version = forms.ChoiceField(label="Version")
    from_on = forms.DateField(
        label="From", error_messages={"required": "Say from which day"},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    until_on = forms.DateField(
        label="Until", error_messages={"required": "Say until which day"},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip

    def __init__(self, *args: Any, offered: list[About], today: date, **kwargs: Any) -> None:
        last_month = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
        kwargs.setdefault("initial", {"from_on": last_month, "until_on": today})
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.fields["version"].choices = [  # type: ignore[attr-defined]
            (about.version, f"{about.version}: {about.says}") for about in reversed(offered)
        ]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("from_on") and said.get("until_on") and said["until_on"] < said["from_on"]:
            self.add_error("until_on", "The last day is before the first. Choose a later day.")
        return said
