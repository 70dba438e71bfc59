"""Forms whose fields are the arguments of one operation."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any, ClassVar, Self, cast
from uuid import UUID, uuid4

from django import forms
from django.conf import settings
from django.db.models import DateTimeField, QuerySet, UUIDField

from alongside.audit.models import Once
from alongside.audit.operation import Operation
from alongside.kit import clock
from alongside.kit.prepared import prepared
from alongside.kit.refusal import ChangedMeanwhile, Refused
from alongside.ui.plain_words import speak_plainly

if TYPE_CHECKING:
    from django.forms.boundfield import BoundField
    from django.http import HttpRequest, QueryDict

# What the browser must be told for its own date and time controls, and how it wants the value.
NATIVE = {
    forms.DateInput: ("date", "%Y-%m-%d"),
    forms.DateTimeInput: ("datetime-local", "%Y-%m-%dT%H:%M"),
    forms.TimeInput: ("time", "%H:%M"),
}
OURS = ("once", "version")
# What a page sends as a version. A superscript two is a digit, too, and no number.
A_VERSION = re.compile(r"[0-9]{1,9}")

NOTHING_SAID = forms.Field.default_error_messages["required"]
"""What a field says that was left empty, when nobody found better words for it."""


class OperationForm(forms.Form):
    """A form whose cleaned fields are the keyword arguments of one operation.

    `says` gives a field its own words for being left empty: `{"held_on": "Say when you met."}`.
    A field without them is asked for by its label. `draft_key` names the draft that keeps what
    is typed; leave it empty when nothing need be kept. `same_words_once` makes one record of the
    same words that are sent again, also from a page that was opened anew.
    """

    says: ClassVar[dict[str, str]] = {}
    draft_key = ""
    same_words_once: ClassVar[bool] = False
    use_required_attribute = False  # The page answers in words, not the browser in a bubble.
    theirs: dict[str, str]

    once = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.theirs = {}
        self.initial.setdefault("once", uuid4().hex)
        self._plain: set[int] = set()
        self._looked_through = False
        self._speak_plainly()
        for name, field in self.fields.items():
            use_native_controls(field)
            if field.required:
                field.error_messages["required"] = self.says.get(name) or ask_again(field.label)

    def __getitem__(self, name: str) -> BoundField:
        """A field as it is shown: one that a room has added since has its own control too."""
        shown = super().__getitem__(name)
        use_native_controls(shown.field)
        if self._looked_through and name in self.errors:
            self._keep_as_typed(shown)
        return shown

    def _keep_as_typed(self, shown: BoundField) -> None:
        """Their own control for a day or a time throws away what is none: show it as text."""
        typed, widget = str(shown.data or ""), shown.field.widget
        shape = next((one for kind, (_, one) in NATIVE.items() if type(widget) is kind), None)
        if shape and typed and not _has_shape(typed, shape):
            widget.input_type = "text"

    def full_clean(self) -> None:
        """Also the fields that a room has added since speak plainly."""
        self._speak_plainly()
        super().full_clean()
        self._looked_through = self.is_bound

    def _speak_plainly(self) -> None:
        for name, field in self.fields.items():
            if id(field) not in self._plain:
                self._plain.add(id(field))
                speak_plainly(field)
                if field.error_messages["required"] == NOTHING_SAID:
                    field.error_messages["required"] = self.says.get(name) or ask_again(field.label)

    @classmethod
    def from_request(cls, request: HttpRequest, **kwargs: Any) -> Self:
        """The form as it was sent, or a fresh one. `kwargs` go to the form: `initial`, choices."""
        if request.method != "POST":
            return cls(**kwargs)
        sent: QueryDict = request.POST
        if cls.same_words_once:
            again = request.POST.copy()
            again["once"] = token_of_words(request).hex
            sent = again
        return cls(sent, request.FILES, **kwargs)

    def arguments(self) -> dict[str, Any]:
        """What goes to the operation; overridden where questions are not arguments."""
        return {name: value for name, value in self.cleaned_data.items() if name not in OURS}

    def carry_out[R](
        self, act: Callable[..., R], subject: Any, *, by: Any, **known: Any
    ) -> R | None:
        """Do it. None when there is nothing to do yet, or when the form now says why not.

        `once` goes to every operation; `version` to one that names it; `known` is what the page
        knows and does not ask.
        """
        if not self.is_valid():
            return None
        try:
            return act(subject, by=by, **known, **self.arguments(), **self._guards(act))
        except ChangedMeanwhile as change:
            self.show_both_texts(change)
        except Refused as refusal:
            self.refuse(refusal)
        return None

    def refuse(self, refusal: Refused) -> None:
        """Put a refusal beside the field it is about, or above the form."""
        at = refusal.field if refusal.field in self.fields else None
        self.add_error(at, f"{refusal.because} {refusal.instead}")

    def show_both_texts(self, change: ChangedMeanwhile) -> None:
        """Keep what was typed and set what the other person wrote beside it.

        Sending the form again then means "mine, knowing theirs", so the version moves on.
        """
        self.theirs = {name: text for name, text in change.theirs.items() if name in self.fields}
        self.refuse(change)
        if version := change.version:
            again = cast("QueryDict", self.data).copy()
            again[self.add_prefix("version")] = str(version)
            self.data = again

    def what_they_wrote(self) -> Iterator[tuple[str, str, str]]:
        """Label, their text and yours, for every field that two people wrote."""
        for name, text in self.theirs.items():
            yield str(self[name].label), text, str(self[name].value() or "")

    def _guards(self, act: Callable[..., object]) -> dict[str, Any]:
        guards: dict[str, Any] = {}
        if isinstance(act, Operation) and (once := token(self.cleaned_data.get("once"))):
            guards["once"] = once
        version = self.cleaned_data.get("version") or ""
        if A_VERSION.fullmatch(version) and "version" in inspect.signature(act).parameters:
            guards["version"] = int(version)
        return guards


def token_of_words(request: HttpRequest) -> UUID:
    """One token for the same words sent to the same page by the same browser within some minutes.

    Whoever goes back and sends again what the browser has kept has a fresh page with a token of
    its own; the words say that it is the same. Other words from the same page are another record.
    The token is of a stretch of time as long as that; one that was used shortly before the stretch
    began still counts.
    """
    now, within = clock.now(), settings.SAME_WORDS_WITHIN
    stretch = int(now.timestamp()) // within
    before = _token_in(request, stretch - 1)
    used = _used_since.at_once(token=before, since=now - timedelta(seconds=within))
    return before if used else _token_in(request, stretch)


@prepared(token=UUIDField(), since=DateTimeField())
def _used_since(token: Any, since: Any) -> QuerySet[Once]:
    return Once.objects.filter(token=token, at__gt=since)


def _token_in(request: HttpRequest, stretch: int) -> UUID:
    sent = sorted(
        (name, values)
        for name, values in request.POST.lists()
        if name not in {"once", "csrfmiddlewaretoken"}
    )
    said = json.dumps([request.session.session_key, request.path, stretch, sent])
    return UUID(bytes=sha256(said.encode()).digest()[:16], version=4)


def token(text: str | None) -> UUID | None:
    """The idempotency token of a form, or None when it was tampered with."""
    try:
        return UUID(text or "")
    except ValueError:
        return None


def quietly_optional[F: forms.Field](field: F) -> F:
    """A field that may stay empty where saying so would mislead: a row of a register, one of two
    ways to answer."""
    field.quietly_optional = True  # type: ignore[attr-defined]
    return field


def use_native_controls(field: forms.Field) -> None:
    """Give dates and times the control of the reader's own phone or computer."""
    for kind, (input_type, shape) in NATIVE.items():
        if type(field.widget) is kind:
            field.widget.input_type = input_type
            field.widget.format = shape


def _has_shape(typed: str, shape: str) -> bool:
    try:
        datetime.strptime(typed, shape)  # noqa: DTZ007  # only whether a browser could show it
    except ValueError:
        return False
    return True


def ask_again(label: object) -> str:
    """A sentence for a required field left empty, when the form has no better one."""
    words = str(label or "this").strip()
    return f"Answer “{words}”" if words.endswith("?") else f"Fill in “{words}”"
