"""Reporting a data breach, keeping its record, telling of it or deciding not to, closing it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from alongside.audit.operation import operation
from alongside.data_breaches.models import (
    Account,
    AffectedPerson,
    Closing,
    DataBreach,
    Telling,
    Whom,
)
from alongside.data_breaches.queries import accounts_of, clocks_of, owed_by, standing_closing
from alongside.kit import clock
from alongside.kit.refusal import NotPermitted, Refused
from alongside.organisation.models import Membership, Scheme, Staff
from alongside.practice.actions import Action
from alongside.residents.models import Resident
from alongside.stays.models import Stay


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What one account says, apart from its order and its writer."""

    what: str
    kind: str
    aware_at: datetime
    known_by: Staff
    at_once: str
    seriousness: str
    happened_at: datetime | None = None
    how_many: int | None = None
    people: Sequence[Resident] = ()
    seriousness_words: str = ""
    cause: Staff | None = None


def already_closed(breach: DataBreach) -> Refused | None:
    """Nothing more is written about a breach that is closed."""
    if standing_closing(breach) is None:
        return None
    return Refused("This breach is closed.", instead="Open it again first, and say why.")


def not_closed(breach: DataBreach) -> Refused | None:
    """Only what is closed is opened again."""
    if standing_closing(breach):
        return None
    return Refused("This breach is open.", instead="Go on with it as it is.")


@operation("data_breach.recorded", needs=Action.KEEP_DATA_BREACHES)
def record_breach(scheme: Scheme, *, by: Staff, known: Known) -> DataBreach:
    """Write a data breach into the register. From `aware_at` on its clocks run.

    Refused without anybody it is about (named or counted), for times to come, and to whoever
    caused it.

    Source: UK GDPR Article 33(5); Privacy Act 2020, Part 6; the practice's list says how serious.
    """
    return _begin(scheme, known, by)


@operation("data_breach.reported", needs=None)
def report_breach(scheme: Scheme, *, by: Staff, known: Known) -> DataBreach:
    """Report a data breach, as anybody may who works here: it is in the register at once.

    Whoever reports sees what they wrote and whether it is settled, and nothing else. Refused as
    `record_breach` is, and to whoever does not work here.

    Source: UK GDPR Article 33(1): the clock runs from when any of us knows.
    """
    if not Membership.objects.current(scheme.today()).filter(scheme=scheme, staff=by).exists():
        raise NotPermitted("You do not work here.", instead="Report it where you work.")
    return _begin(scheme, known, by)


@operation("data_breach.corrected", needs=None, unless=already_closed)
def correct_breach(breach: DataBreach, *, by: Staff, because: str, known: Known) -> Account:
    """Put right what is known of a breach: a new account, beside the earlier one, that says why.

    If it is more or less serious than before, a decision not to tell is made anew.
    """
    _keeps(breach, by)
    _require(because, "because", "What was known is put right.", "Say what you learned since.")
    latest = breach.accounts.get(replaced_at=None)
    latest.replaced_at = clock.now()
    latest.save(update_fields=["replaced_at"])
    return _write(breach, known, by=by, number=latest.number + 1, because=because.strip())


@operation("data_breach.told", needs=None, unless=already_closed)
def tell(
    breach: DataBreach,
    *,
    by: Staff,
    whom: str,
    told_at: datetime,
    body: str,
    reference: str = "",
    how: str = "",
) -> Telling:
    """Write down that the regulator or the people were told: whom, when, and the reference.

    Refused for a time to come, and before the breach was known.
    """
    _keeps(breach, by)
    account = breach.accounts.get(replaced_at=None)
    _not_to_come(told_at, "told_at")
    if told_at < account.aware_at:
        raise Refused(
            "Nobody knew of it then.", instead="Look at the day and the hour.", field="told_at"
        )
    _require(body, "body", "Somebody was told.", "Say whom.")
    return Telling.objects.create(
        breach=breach, whom=Whom(whom), told_at=told_at, body=body.strip(),
        reference=reference.strip(), how=how.strip(), seriousness=account.seriousness,
        decided_by=by,
    )  # fmt: skip


@operation("data_breach.left_untold", needs=None, unless=already_closed)
def leave_untold(breach: DataBreach, *, by: Staff, whom: str, because: str) -> Telling:
    """Decide that the regulator or the people are not told, with the reason.

    Source: UK GDPR Articles 33(1) and 34(3); Privacy Act 2020, section 116.
    """
    _keeps(breach, by)
    _require(because, "because", "Not telling needs its reason.", "Say why nobody is told.")
    account = breach.accounts.get(replaced_at=None)
    return Telling.objects.create(
        breach=breach, whom=Whom(whom), because=because.strip(), seriousness=account.seriousness,
        decided_by=by,
    )  # fmt: skip


@operation("data_breach.closed", needs=None, unless=already_closed)
def close_breach(breach: DataBreach, *, by: Staff, lessons: str) -> Closing:
    """Close a breach, with what was learned and what is done otherwise now.

    Refused while nobody has told the regulator and the people, or decided not to.
    """
    _keeps(breach, by)
    waiting = [one for one in clocks_of(breach, accounts_of(breach)[0]) if not one.settled]
    if waiting:
        raise Refused(
            f"It is not settled whether {waiting[0].whom.label} are told."
            if waiting[0].whom is Whom.PEOPLE
            else f"It is not settled whether {waiting[0].whom.label} is told.",
            instead="Tell them, or write down why not.",
        )
    _require(lessons, "lessons", "A breach is closed with what was learned.", "Say what changes.")
    return Closing.objects.create(breach=breach, lessons=lessons.strip(), closed_by=by)


@operation("data_breach.reopened", needs=None, unless=not_closed)
def reopen_breach(breach: DataBreach, *, by: Staff, because: str) -> Closing:
    """Open a closed breach again, with the reason."""
    _keeps(breach, by)
    _require(because, "because", "Opening it again needs its reason.", "Say what came to light.")
    closing = breach.closings.get(reopened_at=None)
    closing.reopened_at, closing.reopened_by = clock.now(), by
    closing.reopened_because = because.strip()
    closing.save(update_fields=["reopened_at", "reopened_by", "reopened_because"])
    return closing


def _write(breach: DataBreach, known: Known, *, by: Staff, number: int, because: str) -> Account:
    _check(breach.scheme, known, by)
    said = {one.name: getattr(known, one.name) for one in fields(known)}
    people = list(said.pop("people"))
    said["how_many"] = known.how_many if known.how_many is not None else len(people)
    account = Account.objects.create(
        breach=breach, number=number, because=because, written_by=by, **said
    )
    AffectedPerson.objects.bulk_create(
        AffectedPerson(account=account, resident=one) for one in people
    )
    return account


def _check(scheme: Scheme, known: Known, by: Staff) -> None:
    _require(known.what, "what", "A breach is described.", "Say what happened.")
    _require(known.at_once, "at_once", "Something is done at once.", "Say what, or “nothing yet”.")
    _not_to_come(known.aware_at, "aware_at")
    for choices, key, field in (
        ("data_breach_kinds", known.kind, "kind"),
        ("data_breach_seriousness", known.seriousness, "seriousness"),
    ):
        if key not in scheme.pack.choices(choices):
            raise Refused("That is not on the list.", instead="Choose one of them.", field=field)
    if known.cause == by:
        raise Refused(
            "Whoever caused a breach does not keep its record.",
            instead="Ask a colleague who keeps the register to write it down.",
            field="cause",
        )
    if any(one.organisation_id != scheme.organisation_id
           for one in (known.known_by, known.cause) if one):  # fmt: skip
        raise Refused("They do not work for us.", instead="Choose a colleague.", field="known_by")
    _about_somebody(scheme, known)


def _about_somebody(scheme: Scheme, known: Known) -> None:
    named = {one.pk for one in known.people}
    lived = Stay.objects.filter(scheme=scheme, resident__in=named).values("resident").distinct()
    if lived.count() != len(named):
        raise Refused(
            "Somebody who is named has never lived here.",
            instead="Choose from the people of this service.",
            field="people",
        )
    if known.how_many is None and not named:
        raise Refused(
            "A breach is about somebody’s data.",
            instead="Tick whose, or say of how many people.",
            field="how_many",
        )
    if known.how_many is not None and known.how_many < max(len(named), 1):
        raise Refused("That is fewer than are named.", instead="Count everybody.", field="how_many")


def _begin(scheme: Scheme, known: Known, by: Staff) -> DataBreach:
    breach = DataBreach.objects.create(scheme=scheme, recorded_by=by)
    _write(breach, known, by=by, number=1, because="")
    return breach


def _keeps(breach: DataBreach, by: Staff) -> None:
    """Whoever keeps the register, or owes something of this breach since no keeper may; and never
    whoever caused it."""
    if (
        not by.may(Action.KEEP_DATA_BREACHES, breach)
        and not owed_by(by).filter(subject_id=breach.pk).exists()
    ):
        raise NotPermitted(
            "Your role here does not include this.",
            instead="Ask a manager to do it, or to change your role.",
        )
    if breach.accounts.filter(cause=by).exists():
        raise Refused(
            "Whoever caused a breach does not keep its record.",
            instead="Leave it to a colleague who keeps the register.",
        )


def _not_to_come(at: datetime, field: str) -> None:
    if at > clock.now():
        raise Refused("That has not happened yet.", instead="Look at the hour.", field=field)


def _require(words: str, field: str, because: str, instead: str) -> None:
    if not words.strip():
        raise Refused(because, instead=instead, field=field)
