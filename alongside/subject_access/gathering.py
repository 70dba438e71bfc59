"""Gathers everything that is somebody's, and finds what in it is about others."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from alongside.organisation.models import Staff
from alongside.residents.models import Resident
from alongside.retention.person import belongings
from alongside.retention.telling import journal_of
from alongside.rights.models import Sealed
from alongside.stays.models import Stay
from alongside.subject_access.models import AccessRequest, Decision, Mention
from alongside.subject_access.naming import field_in_words, table_in_words
from alongside.ui.pdf import make_pdf

WITHHELD = "[withheld: about somebody else]"
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
# Fields that hold another person by their nature; each is decided one by one.
ABOUT_OTHERS = {
    "residents.Contact": ("name", "phone", "wishes"),
    "residents.Resident": ("next_of_kin",),
    "reviews.Wish": ("name", "contact", "words"),
    "reviews.Invitation": ("name", "contact", "sharing_words"),
    "referrals.Referral": ("referrer_name", "referrer_contact"),
    "moving_on.Viewing": ("landlord_says",),
    "moving_on.RiskTold": ("told", "risk"),
    "plans.Disagreement": ("who", "words"),
    "rights.Lifting": ("because", "answer_words"),
    "rights.Limit": ("because", "ended_because"),
    "rights.Opening": ("reason", "because"),
}
SHORTEST = 3
AROUND = 60

type Row = dict[str, Any]


def everything(stay: Stay) -> dict[str, list[Row]]:
    """Every row of theirs by the name of its table, each as field and value."""
    told: dict[str, list[Row]] = {}
    staff = dict(
        Staff.objects.filter(organisation=stay.scheme.organisation_id).values_list("pk", "name")
    )
    for one in reversed(belongings()):
        if one.model._meta.app_label in LEFT_OUT or one.model._meta.auto_created:
            continue
        rows = [_row(row, staff) for row in one.of(stay.resident_id).order_by("pk")]
        if rows:
            told[one.model._meta.label] = rows
    return told


def mentions_in(stay: Stay, told: Mapping[str, list[Row]]) -> Iterator[tuple[str, str, str]]:
    """Words about others: the words, where they stand, and what stands around them."""
    names, own = _names_of_others(stay), {stay.resident.name, stay.resident.legal_name}
    for label, rows in told.items():
        for row in rows if label != SEALED else ():
            for field, value in row.items():
                for text in _texts(value):
                    if text in own:
                        continue
                    if field in ABOUT_OTHERS.get(label, ()):
                        yield text, f"{label}.{field}", ""
                        continue
                    for name in names:
                        if name in text:
                            at = text.index(name)
                            around = text[max(0, at - AROUND) : at + len(name) + AROUND]
                            yield name, f"{label}.{field}", around


def sealed_of(stay: Stay) -> list[Sealed]:
    """Everything under seal in the file, also what was put right since; each is decided apart."""
    found = Sealed.objects.filter(resident=stay.resident_id).select_related(*Sealed.LOCK_WITH)
    return list(found.order_by("sealed_at", "pk"))


def bundle(request: AccessRequest) -> dict[str, Any]:
    """What is handed over, in plain data, with everything withheld that was not released."""
    stay = request.stay
    hidden = sorted(
        Mention.objects.filter(request=request, sealed=None)
        .exclude(decision=Decision.RELEASE)
        .values_list("words", flat=True),
        key=len,
        reverse=True,
    )
    return {
        "about": stay.resident.name,
        "service": stay.scheme.name,
        "received": request.received_on.isoformat(),
        "records": _without(_but_sealed(request, everything(stay)), hidden),
        "journal": [str(line) for line in journal_of(stay.resident_id)],
    }


def _but_sealed(request: AccessRequest, told: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """Without what is sealed, but for what somebody with the right to its kind has released."""
    released = Mention.objects.filter(request=request, decision=Decision.RELEASE)
    open_now = {str(key) for key in released.values_list("sealed", flat=True) if key}
    shown = [
        row if row["id"] in open_now else {**row, **dict.fromkeys(SEALED_WORDS, UNDER_SEAL)}
        for row in told.get(SEALED, [])
    ]
    return {**told, SEALED: shown} if shown else told


def as_zip(request: AccessRequest) -> bytes:
    """The bundle as one file: to read (PDF) and to carry elsewhere (JSON)."""
    told = bundle(request)
    text = json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("everything.json", text)
        file.writestr("everything.pdf", _paper(told))
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


def _names_of_others(stay: Stay) -> list[str]:
    """The full names of everybody else we support, and of this person's contacts."""
    others = Resident.objects.filter(organisation=stay.scheme.organisation_id)
    names = {one.name for one in others.exclude(pk=stay.resident_id)}
    names |= {one.legal_name for one in others.exclude(pk=stay.resident_id)}
    names |= set(stay.resident.contacts.values_list("name", flat=True))
    own = {stay.resident.name, stay.resident.legal_name}
    return sorted(name for name in names - own if len(name) >= SHORTEST)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def _without(value: Any, hidden: Iterable[str]) -> Any:
    if isinstance(value, str):
        for words in hidden:
            value = value.replace(words, WITHHELD)
        return value
    if isinstance(value, dict):
        return {key: _without(one, hidden) for key, one in value.items()}
    return [_without(one, hidden) for one in value] if isinstance(value, list) else value


def _said(value: Any) -> str:
    if isinstance(value, str):
        return value
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False).strip('"')
