"""What duties and stages may know of agreements and breaches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from alongside.agreements.models import AgreementText, Breach, Explanation
from alongside.agreements.texts import Text, texts_in_force
from alongside.duties.engine import Happening
from alongside.duties.facts import provides
from alongside.duties.rows import provides_from
from alongside.kit.together import read
from alongside.signatures.models import Party, Signature
from alongside.signatures.queries import by_record
from alongside.stays.models import Stay

ANSWERS = [Explanation, Signature]


@provides("agreement.answered", reads=ANSWERS)
def answered(stay: Stay, of: str) -> Sequence[Happening]:
    """The days on which a text was signed or refused, or explained where nobody signs it."""
    texts = texts_in_force(stay.scheme)
    days: list[Happening] = []
    for told, marks in _told(stay, of):
        text = texts.get(told.key)
        if text and text.is_signed:
            days += [
                Happening(_day(stay, mark.signed_at), _version(told.key, told.version))
                for mark in marks
                if mark.party == Party.RESIDENT
            ]
        else:
            days.append(Happening(told.explained_on, _version(told.key, told.version)))
    return sorted(days)


@provides("agreements.signed", reads=ANSWERS)
def signed(stay: Stay, of: str) -> Sequence[date]:
    """The days on which a text had been signed by everybody who signs it, in any version."""
    texts = texts_in_force(stay.scheme)
    return sorted(
        day
        for told, marks in _told(stay, of)
        if (text := texts.get(told.key)) and (day := _signed_by_all(stay, text, marks))
    )


@provides("agreement.new_version", reads=[AgreementText])
def new_version(stay: Stay, of: str) -> Sequence[Happening]:
    """The days since they moved in on which the version now in force of a text came out."""
    return sorted(
        Happening(text.published_on, _version(text.key, text.version))
        for text in texts_in_force(stay.scheme)
        if text.published_on
        and text.published_on > stay.moved_in_on
        and (stay.moved_out_on is None or text.published_on <= stay.moved_out_on)
        and of in ("", text.key)
    )


@provides("agreement.refused", reads=ANSWERS)
def refused(stay: Stay, of: str) -> Sequence[Happening]:
    """The days on which they did not want to sign a text."""
    return sorted(Happening(_day(stay, no.signed_at), str(no.pk)) for no, _ in _refusals(stay))


@provides("agreement.offered_again", reads=ANSWERS)
def offered_again(stay: Stay, of: str) -> Sequence[Happening]:
    """For each text they did not sign, the first day it was explained or answered again."""
    days = []
    for no, later in _refusals(stay):
        again = [_day(stay, mark.signed_at) for _, marks in later for mark in marks
                 if mark.signed_at > no.signed_at]  # fmt: skip
        again += [other.explained_on for other, _ in later if other.recorded_at > no.signed_at]
        if again:
            days.append(Happening(min(again), str(no.pk)))
    return sorted(days)


@provides_from(
    "breaches.none_open", reads=[Breach], rows=lambda stay, _: [Breach.objects.filter(stay=stay)]
)
def none_open(stay: Stay, of: str, breaches: Sequence[Breach]) -> Sequence[date]:
    """Since when no breach waits to be resolved; no day while one does."""
    if any(breach.resolved_at is None for breach in breaches):
        return []
    resolved = [_day(stay, breach.resolved_at) for breach in breaches if breach.resolved_at]
    return [max(resolved, default=stay.moved_in_on)]


@provides("breaches.prompt_review", reads=[Breach])
def prompt_review(stay: Stay, of: str) -> Sequence[Happening]:
    """The days on which one clause had not been kept so often that a review is called for."""
    often = stay.scheme.pack.limit("breaches_of_one_clause").number
    times: dict[tuple[str, str], int] = {}
    days = []
    for breach in Breach.objects.that_count().filter(stay=stay).order_by("happened_on", "pk"):
        clause = (breach.key, breach.clause)
        times[clause] = times.get(clause, 0) + 1
        if times[clause] % often == 0:
            days.append(Happening(breach.happened_on, str(breach.pk)))
    return days


def _told(stay: Stay, of: str) -> Iterator[tuple[Explanation, list[Signature]]]:
    rows = Explanation.objects.filter(stay=stay).order_by("explained_on", "recorded_at")
    found = rows.filter(key=of) if of else rows
    signed = Signature.objects.filter(record_id__in=found.order_by().values("pk"))
    read(found, signed := signed.order_by("signed_at"))
    marks = by_record(signed)
    for row in found:
        yield row, marks.get(row.pk, [])


def _refusals(
    stay: Stay,
) -> Iterator[tuple[Signature, list[tuple[Explanation, list[Signature]]]]]:
    told = list(_told(stay, ""))
    for explanation, marks in told:
        same = [(other, said) for other, said in told if other.key == explanation.key]
        for mark in marks:
            if mark.refused:
                yield mark, same


def _signed_by_all(stay: Stay, text: Text, marks: list[Signature]) -> date | None:
    given = {mark.party: _day(stay, mark.signed_at) for mark in marks if not mark.refused}
    wanted = [Party.RESIDENT, *([Party.WORKER] if text.worker_signs else [])]
    if not text.is_signed or any(party not in given for party in wanted):
        return None
    return max(given[party] for party in wanted)


def _version(key: str, version: str) -> str:
    return f"{key} {version}"


def _day(stay: Stay, at: datetime) -> date:
    return at.astimezone(stay.scheme.zone).date()
