"""The forms of documents."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings

from alongside.documents.gate import KINDS, KNOWN
from alongside.organisation.models import Scheme
from alongside.ui.forms import OperationForm

ENDINGS = ",".join(f".{one}" for one in KINDS)


def _file() -> forms.FileField:
    return forms.FileField(
        label="The file",
        help_text=f"{KNOWN}, at most {settings.UPLOAD_MEGABYTES} megabytes.",
        widget=forms.ClearableFileInput(attrs={"accept": ENDINGS}),
    )


class AddForm(OperationForm):
    """A file, and what it is."""

    kind = forms.ChoiceField(label="What is it?")
    title = forms.CharField(label="Its title", max_length=160)
    dated_on = forms.DateField(label="Of which day?")
    restricted = forms.BooleanField(
        label="Only for those who may read restricted entries", required=False
    )
    file = _file()

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        kinds = scheme.pack.choices("document_kinds")
        field.choices = [("", "Choose one"), *((one.key, one.says) for one in kinds)]


class ReplaceForm(OperationForm):
    dated_on = forms.DateField(label="Of which day is the newer version?")
    file = _file()
