"""What is asked when one writes to colleagues."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from alongside.conversations.queries import NOBODY
from alongside.organisation.models import Staff, StaffQuerySet
from alongside.stays.models import Stay
from alongside.ui.forms import OperationForm

LONGEST = 8000


def text(label: str, help_text: str = "", *, rows: int = 6) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


def reason(label: str) -> forms.CharField:
    return forms.CharField(label=label, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


class BeginForm(OperationForm):
    """To whom, about whom, and what."""

    says = {
        "to": "Choose at least one colleague",
        "subject": "Say in a few words what it is about",
        "text": "Write something",
    }
    field_order = ("stay", "to", "subject", "text")

    stay = forms.ChoiceField(
        label="Is it about somebody who lives here?", required=False,
        help_text="Then only colleagues who may open their file can read it. It is part of their "
        "record, and they are given it when they ask for their own data.",
    )  # fmt: skip
    to = forms.ModelMultipleChoiceField(
        Staff.objects.none(), label="Who is to read it?", widget=forms.CheckboxSelectMultiple
    )
    subject = forms.CharField(
        label="What is it about?", max_length=120,
        help_text="A few words, and nobody’s name: others may see your list.",
    )  # fmt: skip
    text = text("Your message")

    def __init__(
        self, *args: Any, key: str, people: Iterable[Stay], staff: StaffQuerySet, **kwargs: Any
    ) -> None:
        self.draft_key = key
        super().__init__(*args, **kwargs)
        self.people = {str(stay.pk): stay for stay in people}
        listed = [(pk, stay.resident.name) for pk, stay in self.people.items()]
        self.fields["stay"].choices = [("", "No"), *listed]  # type: ignore[attr-defined]
        self.fields["to"].queryset = staff  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        said = super().arguments()
        return {**said, "to": list(said["to"]), "stay": self.people.get(said["stay"])}


class ReplyForm(OperationForm):
    """One more message."""

    says = {"text": "Write something"}

    text = text("Your message", rows=4)

    def __init__(self, *args: Any, key: str, **kwargs: Any) -> None:
        self.draft_key = key
        super().__init__(*args, **kwargs)


class ReadForm(OperationForm):
    """Nothing is asked: the button says it."""


class PutRightForm(OperationForm):
    """The words as they are to be, and why."""

    says = {"text": "Write something", "because": "Say why it is put right"}

    text = text("Your message, as it is to be")
    because = reason("Why is it put right?")

    def __init__(self, *args: Any, key: str, **kwargs: Any) -> None:
        self.draft_key = key
        super().__init__(*args, **kwargs)


class AddForm(OperationForm):
    """Whom to let in, and why."""

    says = {"staff": "Choose a colleague", "because": "Say why they are added"}

    staff = forms.ModelChoiceField(
        Staff.objects.none(), label="Whom do you add?", empty_label="Choose a colleague",
        help_text="They can read everything that was written so far.",
    )  # fmt: skip
    because = reason("Why?")

    def __init__(self, *args: Any, staff: StaffQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["staff"].queryset = staff  # type: ignore[attr-defined]


class BecauseForm(OperationForm):
    """Only why."""

    says = {"because": "Say why"}

    because = reason("Why?")


class ClosingForm(BecauseForm):
    """What came of it."""

    says = {"because": "Say what came of it"}

    because = reason("What came of it?")


class FilterForm(forms.Form):
    """A filter; nothing is written. What cannot be read is no filter."""

    use_required_attribute = False
    q = forms.CharField(label="Words to look for", required=False, max_length=100)
    about = forms.ChoiceField(label="About whom", required=False)

    def __init__(self, asked: Any, *, people: Iterable[Stay]) -> None:
        super().__init__(asked, label_suffix="")
        listed = [(str(one.pk), one.resident.name) for one in people]
        about = self.fields["about"]
        assert isinstance(about, forms.ChoiceField)  # noqa: S101
        about.choices = [("", "Anybody"), (NOBODY, "About nobody"), *listed]
        self.is_valid()

    @property
    def whom(self) -> str:
        said: str = self.cleaned_data.get("about", "")
        return said if said in ("", NOBODY) else str(UUID(said))

    @property
    def words(self) -> str:
        said: str = self.cleaned_data.get("q", "")
        return said
