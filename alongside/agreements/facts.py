"""What duties and stages may know of agreements and breaches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from uuid import UUID

from alongside.agreements.models import AgreementText, Breach, Explanation
from alongside.agreements.texts import Text, texts_in_force
from alongside.duties.engine import Happening
from alongside.duties.facts import provides, provides_where
from alongside.duties.rows import provides_from
from alongside.kit.together import read
from alongside.practice.keyed import Keyed
from alongside.signatures.models import Party, Signature
from alongside.signatures.queries import by_record
from alongside.stays.models import Stay

ANSWERS = [Explanation, Signature]


type Told = list[tuple[Explanation, list[Signature]]]


def _told(stay: Stay, of: str) -> Told:
    rows = Explanation.objects.filter(stay=stay).order_by("explained_on", "recorded_at")
    found = rows.filter(key=of) if of else rows
    signed = Signature.objects.filter(record_id__in=found.order_by().values("pk"))
    read(found, signed := signed.order_by("signed_at"))
    marks = by_record(signed)
    return [(row, marks.get(row.pk, [])) for row in found]


def _told_of_many(stays: Sequence[Stay], of: str) -> dict[UUID, Told]:
    rows = Explanation.objects.filter(stay__in=stays).order_by("explained_on", "recorded_at")
    found = list(rows.filter(key=of) if of else rows)
    marks = by_record(
        Signature.objects.filter(record_id__in=[row.pk for row in found]).order_by("signed_at")
    )
    told: dict[UUID, Told] = {}
    for row in found:
        told.setdefault(row.stay_id, []).append((row, marks.get(row.pk, [])))
    return told


def _many(
    tells: Callable[[Stay, Told, Keyed[Text]], list[Happening]], *, narrowed: bool = False
) -> Callable[[Sequence[Stay], str], dict[UUID, list[Happening]]]:
    """The same fact for many stays: what they were told is read once, and the texts per scheme."""

    def many(stays: Sequence[Stay], of: str) -> dict[UUID, list[Happening]]:
        told = _told_of_many(stays, of if narrowed else "")
        schemes = {stay.scheme_id: stay.scheme for stay in stays}
        texts = {key: texts_in_force(scheme) for key, scheme in schemes.items()}
        by_key = {stay.pk: stay for stay in stays}
        return {
            key: tells(by_key[key], those, texts[by_key[key].scheme_id])
            for key, those in told.items()
        }

    return many


def _answers(stay: Stay, told: Told, texts: Keyed[Text]) -> list[Happening]:
    days: list[Happening] = []
    for one, marks in told:
        text = texts.get(one.key)
        if text and text.is_signed:
            days += [
                Happening(_day(stay, mark.signed_at), _version(one.key, one.version))
                for mark in marks
                if mark.party == Party.RESIDENT
            ]
        else:
            days.append(Happening(one.explained_on, _version(one.key, one.version)))
    return sorted(days)


@provides("agreement.answered", reads=ANSWERS, many=_many(_answers, narrowed=True))
def answered(stay: Stay, of: str) -> Sequence[Happening]:
    """The days on which a text was signed or refused, or explained where nobody signs it."""
    return _answers(stay, _told(stay, of), texts_in_force(stay.scheme))


@provides("agreements.signed", reads=ANSWERS)
def signed(stay: Stay, of: str) -> Sequence[date]:
    """The days on which a text had been signed by everybody who signs it, in any version."""
    texts = texts_in_force(stay.scheme)
    return sorted(
        day
        for told, marks in _told(stay, of)
        if (text := texts.get(told.key)) and (day := _signed_by_all(stay, text, marks))
    )


def _new_versions_of_many(stays: Sequence[Stay], of: str) -> dict[UUID, list[Happening]]:
    texts = {stay.scheme_id: stay.scheme for stay in stays}
    in_force = {key: texts_in_force(scheme) for key, scheme in texts.items()}
    return {stay.pk: _came_out(stay, of, in_force[stay.scheme_id]) for stay in stays}


@provides("agreement.new_version", reads=[AgreementText], many=_new_versions_of_many)
def new_version(stay: Stay, of: str) -> Sequence[Happening]:
    """The days since they moved in on which the version now in force of a text came out."""
    return _came_out(stay, of, texts_in_force(stay.scheme))


def _came_out(stay: Stay, of: str, texts: Iterable[Text]) -> list[Happening]:
    return sorted(
        Happening(text.published_on, _version(text.key, text.version))
        for text in texts
        if text.published_on
        and text.published_on > stay.moved_in_on
        and (stay.moved_out_on is None or text.published_on <= stay.moved_out_on)
        and of in ("", text.key)
    )


def _refused_days(stay: Stay, told: Told, texts: Keyed[Text]) -> list[Happening]:
    return sorted(Happening(_day(stay, no.signed_at), str(no.pk)) for no, _ in _refusals(told))


@provides("agreement.refused", reads=ANSWERS, many=_many(_refused_days))
def refused(stay: Stay, of: str) -> Sequence[Happening]:
    """The days on which they did not want to sign a text."""
    return _refused_days(stay, _told(stay, ""), Keyed())


def _offered_days(stay: Stay, told: Told, texts: Keyed[Text]) -> list[Happening]:
    days = []
    for no, later in _refusals(told):
        again = [_day(stay, mark.signed_at) for _, marks in later for mark in marks
                 if mark.signed_at > no.signed_at]  # fmt: skip
        again += [other.explained_on for other, _ in later if other.recorded_at > no.signed_at]
        if again:
            days.append(Happening(min(again), str(no.pk)))
    return sorted(days)


@provides("agreement.offered_again", reads=ANSWERS, many=_many(_offered_days))
def offered_again(stay: Stay, of: str) -> Sequence[Happening]:
    """For each text they did not sign, the first day it was explained or answered again."""
    return _offered_days(stay, _told(stay, ""), Keyed())


@provides_from(
    "breaches.none_open", reads=[Breach], rows=lambda stay, _: [Breach.objects.filter(stay=stay)]
)
def none_open(stay: Stay, of: str, breaches: Sequence[Breach]) -> Sequence[date]:
    """Since when no breach waits to be resolved; no day while one does."""
    if any(breach.resolved_at is None for breach in breaches):
        return []
    resolved = [_day(stay, breach.resolved_at) for breach in breaches if breach.resolved_at]
    return [max(resolved, default=stay.moved_in_on)]


@provides_where(
    "breaches.prompt_review",
    reads=[Breach],
    rows=lambda: Breach.objects.all(),
)
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


def _refusals(told: Told) -> Iterator[tuple[Signature, Told]]:
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
