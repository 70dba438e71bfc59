"""The texts of a scheme: the pack's, or the newer version that the scheme itself published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from alongside.agreements.models import AgreementText
from alongside.organisation.models import Scheme
from alongside.practice.agreements import Agreement
from alongside.practice.keyed import Keyed

RESIDENT = "resident"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One clause of a text, by the number a breach names it by."""

    key: str
    says: str
    can_be_breached: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """One version of one text. `published_on` is empty for the pack's own version."""

    key: str
    says: str
    version: str
    text: str
    clauses: tuple[Paragraph, ...]
    signed_by: tuple[str, ...]
    source: str
    replace_me: bool
    at_admission: bool
    asks_confidence: bool = False
    published_on: date | None = None
    published_by: str = ""
    what_changed: str = ""

    @property
    def is_signed(self) -> bool:
        """Whether the person is asked to sign it; a guide is only explained."""
        return RESIDENT in self.signed_by

    @property
    def worker_signs(self) -> bool:
        return any(role != RESIDENT for role in self.signed_by)

    def clause(self, key: str) -> Paragraph | None:
        return next((clause for clause in self.clauses if clause.key == key), None)


def texts_in_force(scheme: Scheme) -> Keyed[Text]:
    """Every text of the scheme in its newest version, in the pack's order. One query."""
    newest: dict[str, AgreementText] = {}
    rows = scheme.agreement_texts.select_related("published_by").order_by("published_at", "pk")
    for row in rows:
        newest[row.key] = row
    return Keyed(
        {
            agreement.key: _published(newest[agreement.key], agreement, scheme)
            if agreement.key in newest
            else _of_pack(agreement)
            for agreement in scheme.pack.agreements
        }
    )


def text_in_force(scheme: Scheme, key: str) -> Text:
    """One text in its newest version. KeyError when the pack has no such text."""
    return texts_in_force(scheme)[key]


def content_of(text: Text) -> dict[str, Any]:
    """Exactly what a person is shown, as plain data that a signature seals."""
    return {
        "title": text.says,
        "version": text.version,
        "text": text.text,
        "clauses": [[clause.key, clause.says] for clause in text.clauses],
    }


def clauses_from(rows: list[Mapping[str, Any]]) -> tuple[Paragraph, ...]:
    """The clauses of a published text, as they were kept."""
    return tuple(
        Paragraph(str(row["key"]), str(row["says"]), bool(row["can_be_breached"])) for row in rows
    )


def _of_pack(agreement: Agreement) -> Text:
    return Text(
        key=agreement.key,
        says=agreement.says,
        version=agreement.version,
        text=agreement.text.strip(),
        clauses=tuple(Paragraph(c.key, c.says, c.can_be_breached) for c in agreement.clauses),
        signed_by=agreement.signed_by,
        source=agreement.source,
        replace_me=agreement.replace_me,
        at_admission=agreement.at_admission,
        asks_confidence=agreement.asks_confidence,
    )


def _published(row: AgreementText, agreement: Agreement, scheme: Scheme) -> Text:
    return Text(
        key=agreement.key,
        says=agreement.says,
        version=row.version,
        text=row.text,
        clauses=clauses_from(row.clauses),
        signed_by=agreement.signed_by,
        source=agreement.source,
        replace_me=False,
        at_admission=agreement.at_admission,
        asks_confidence=agreement.asks_confidence,
        published_on=row.published_at.astimezone(scheme.zone).date(),
        published_by=row.published_by.name,
        what_changed=row.what_changed,
    )
