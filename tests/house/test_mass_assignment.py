"""A form changes only its own fields, whatever else is sent with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.urls import reverse

from alongside.documents.models import Document
from alongside.documents.tests.corpus import PDF
from alongside.organisation.models import Membership, Staff
from alongside.rights.models import Limit, Sealed
from alongside.testing.cast import Cast

PLANTED = "cnry-planted"
# What differs between two rows that were made alike.
OWN = {"id", "file", "email", "username", "name", "initials", "password", "staff"}

type Asked = Callable[[Cast, str], tuple[str, dict[str, Any]]]

FORMS: dict[str, tuple[type[models.Model], Asked]] = {
    "a document": (
        Document,
        lambda cast, _: (
            reverse("documents:add", args=[cast.tomasz.pk]),
            {"kind": "letter", "title": "A letter", "dated_on": "2026-04-20",
             "file": SimpleUploadedFile("a.pdf", PDF)},
        ),
    ),
    "something sealed": (
        Sealed,
        lambda cast, _: (
            reverse("rights:seal", args=[cast.tomasz.pk]),
            {"kind": "health", "title": "A test", "words": "Not known yet"},
        ),
    ),
    "somebody new": (
        Membership,
        lambda cast, n: (
            reverse("team:take-on", args=["mill-house"]),
            {"name": f"Una {n}", "email": f"{n}@harbour.example", "role": "key_worker",
             "from_on": "2026-04-20", "line_manager": str(cast.grace.pk)},
        ),
    ),
    "a limit": (
        Limit,
        lambda cast, n: (
            reverse("rights:limit", args=[cast.tomasz.pk]),
            {"kind": "never", "because": "Kin.",
             "staff": [str((cast.amina if n == "one" else cast.owen).pk)]},
        ),
    ),
}  # fmt: skip


def _last(model: type[models.Model]) -> dict[str, Any]:
    row = model._default_manager.order_by("-pk")[0]
    return {
        field.name: getattr(row, field.attname)
        for field in model._meta.concrete_fields
        if field.name not in OWN
    }


@pytest.fixture(autouse=True)
def _files_of_their_own(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.goal("G9")
@pytest.mark.parametrize("form", FORMS)
def test_what_a_form_does_not_ask_it_does_not_take(client, cast, form, tally):
    model, asks = FORMS[form]
    client.force_login(cast.grace)
    address, asked = asks(cast, "one")
    assert client.post(address, asked).status_code == 302
    alone = _last(model)

    fields = {field.attname for field in model._meta.concrete_fields}
    fields |= {field.name for field in model._meta.concrete_fields}
    fields |= {field.name for field in Staff._meta.concrete_fields} | {"is_superuser", "by"}
    address, asked = asks(cast, "two")
    own = client.get(address).context["form"].fields.keys()
    extra = dict.fromkeys(fields - own, PLANTED)
    assert client.post(address, {**extra, **asked}).status_code in {302, 422}

    with_more = _last(model)
    same = [name for name in alone if with_more[name] == alone[name]]
    tally(len(same), of=len(alone))
