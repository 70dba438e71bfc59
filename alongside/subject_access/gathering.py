"""Gathers everything that is somebody's, and makes of it what is handed over."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import count
from pathlib import PurePath
from typing import Any
from uuid import UUID

from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from alongside.organisation.models import Staff
from alongside.retention.person import belongings
from alongside.retention.telling import journal_of
from alongside.rights.models import Sealed
from alongside.stays.models import Stay
from alongside.subject_access.models import AccessRequest, Decision, Mention
from alongside.subject_access.naming import field_in_words, table, table_in_words
from alongside.subject_access.others import Others, others_in
from alongside.subject_access.passages import (
    Decided,
    Passage,
    decided_in,
    named,
    passages_in,
    without,
)
from alongside.ui.pdf import make_pdf

UNDER_SEAL = "[withheld: under seal]"
SEALED = Sealed._meta.label
# What of a sealed record says something; the rest is that there is one, and of which kind.
SEALED_WORDS = ("title", "words", "lifted_because")
# Worked out from the rest, or of no meaning outside; secrets are nobody's to hand over.
LEFT_OUT = frozenset({"moments", "imports", "subject_access"})
SECRET = frozenset(
    {
        "signing_pin", "code", "digest", "strokes", "name_key", "subject_key", "words_key",
        "put_back",
    }
)  # fmt: skip

type Row = dict[str, Any]
type Records = dict[str, list[Row]]


@dataclasses.dataclass(slots=True)
class Files:
    """The files that go with a bundle: how each is called in it, and where it is kept."""

    kept: dict[str, str] = dataclasses.field(default_factory=dict)
    numbers: Iterator[int] = dataclasses.field(default_factory=lambda: count(1))

    def add(self, row: Row, name: str) -> str:
        """Take one along; what it is called in the bundle."""
        called = PurePath(named(row, name)).name
        path = f"files/{next(self.numbers):03} {called}"
        self.kept[path] = row[name]
        return path


def everything(stay: Stay, up_to: UUID | None = None) -> Records:
    """Every row of theirs by the name of its table, each as field and value.

    `up_to`: only what was there when that key was made.
    """
    told: Records = {}
    staff = dict(
        Staff.objects.filter(organisation=stay.scheme.organisation_id).values_list("pk", "name")
    )
    for one in reversed(belongings()):
        if one.model._meta.app_label in LEFT_OUT or one.model._meta.auto_created:
            continue
        found = one.of(stay.resident_id)
        if up_to:
            found = found.filter(pk__lte=up_to)
        rows = [_row(row, staff) for row in found.order_by("pk")]
        if rows:
            told[one.model._meta.label] = rows
    return told


def passages_of(stay: Stay, others: Others, up_to: UUID | None = None) -> Iterator[Passage]:
    """Every passage about others in the file, but for what is under seal: that is decided apart."""
    for label, rows in everything(stay, up_to).items():
        for row in rows if label != SEALED else ():
            yield from passages_in(label, row, others)


def rows_in(label: str, keys: set[UUID]) -> dict[UUID, Row]:
    """Records of one table, as they are told, by their keys; one query."""
    model = table(label)
    found = model._base_manager.filter(pk__in=keys) if model else ()
    return {one.pk: _row(one, {}) for one in found}


def sealed_of(stay: Stay) -> list[Sealed]:
    """Everything under seal in the file, also what was put right since; each is decided apart."""
    found = Sealed.objects.filter(resident=stay.resident_id).select_related(*Sealed.LOCK_WITH)
    return list(found.order_by("sealed_at", "pk"))


def bundle(request: AccessRequest, files: Files | None = None) -> dict[str, Any]:
    """What is handed over, in plain data, with everything withheld that was not released."""
    stay = request.stay
    mentions = list(Mention.objects.filter(request=request))
    told = _but_sealed(mentions, everything(stay, request.up_to))
    return {
        "about": stay.resident.name,
        "service": stay.scheme.name,
        "received": request.received_on.isoformat(),
        "records": _cleared(request, told, decided_in(mentions), files or Files()),
        "journal": [
            str(line)
            for line in journal_of(stay.resident_id)
            if request.made_at is None or line.at <= request.made_at
        ],
    }


def _cleared(request: AccessRequest, told: Records, decided: Decided, files: Files) -> Records:
    others = others_in(request.stay, request.also)
    return {
        label: rows
        if label == SEALED
        else [without(label, row, others, decided, partial(files.add, row)) for row in rows]
        for label, rows in told.items()
    }


def _but_sealed(mentions: list[Mention], told: Records) -> Records:
    """Without what is sealed, but for what somebody with the right to its kind has released."""
    released = [one.sealed_id for one in mentions if one.decision == Decision.RELEASE]
    open_now = {str(key) for key in released if key}
    shown = [
        row if row["id"] in open_now else {**row, **dict.fromkeys(SEALED_WORDS, UNDER_SEAL)}
        for row in told.get(SEALED, [])
    ]
    return {**told, SEALED: shown} if shown else told


def as_zip(request: AccessRequest) -> bytes:
    """The bundle as one file: to read (PDF), to carry elsewhere (JSON), and the files released."""
    files = Files()
    told = bundle(request, files)
    text = json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("everything.json", text)
        file.writestr("everything.pdf", _paper(told))
        for path, kept in files.kept.items():
            if not default_storage.exists(kept):
                file.writestr(f"{path}.missing.txt", "This file is not where it was kept.")
                continue
            with default_storage.open(kept) as content:
                file.writestr(path, content.read())
    return packed.getvalue()


def digest_of(request: AccessRequest) -> str:
    """SHA-256 of the records as they are handed over."""
    records = json.dumps(bundle(request)["records"], cls=DjangoJSONEncoder, sort_keys=True)
    return hashlib.sha256(records.encode()).hexdigest()


def _paper(told: Mapping[str, Any]) -> bytes:
    parts = [
        [
            table_in_words(label),
            [
                [[field_in_words(label, field), _said(value)] for field, value in row.items()]
                for row in rows
            ],
        ]
        for label, rows in told["records"].items()
    ]
    return make_pdf(
        "subject_access/everything.typ",
        {**{name: told[name] for name in ("about", "service", "received", "journal")},
         "parts": parts},
    )  # fmt: skip


def _row(row: models.Model, staff: Mapping[UUID, str]) -> Row:
    told: Row = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if field.name in SECRET or value in (None, "", [], {}):
            continue
        if field.related_model is Staff:
            value = staff.get(value, "a member of staff")
        elif isinstance(field, models.FileField):
            value = value.name
        elif isinstance(value, UUID):
            value = str(value)
        told[field.name] = value
    return told


def _said(value: Any) -> str:
    if isinstance(value, str):
        return value
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False).strip('"')
