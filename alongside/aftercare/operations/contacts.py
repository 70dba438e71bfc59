"""Visits and calls, making sure that somebody is safe, and what concerns the tenancy."""

from __future__ import annotations

from datetime import date

from alongside.aftercare.models import (
    Contact,
    Episode,
    TenancyConcern,
    TenancyStep,
    WelfareCheck,
)
from alongside.aftercare.operations.checks import (
    episode_has_ended,
    has_ended,
    require_listed,
    require_past,
    require_words,
)
from alongside.audit.operation import operation
from alongside.kit.refusal import Refused
from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.stays.models import Stay


@operation("aftercare_contact.planned", needs=Action.PROVIDE_AFTERCARE, unless=has_ended)
def plan_contact(episode: Episode, *, by: Staff, kind: str, planned_on: date) -> Contact:
    """Plan one more visit or call. `kind` is a key of the list `aftercare_contacts`."""
    require_listed(episode.scheme, "aftercare_contacts", kind, field="kind")
    if planned_on < episode.secured_on:
        raise Refused(
            "The home is not theirs yet on that day.",
            instead="Choose a later one.",
            field="planned_on",
        )
    return Contact.objects.create(episode=episode, kind=kind, planned_on=planned_on, recorded_by=by)


def is_recorded(contact: Contact) -> Refused | None:
    """What came of a contact is recorded once."""
    if contact.result:
        return Refused("This is recorded already.", instead="Write a note about what is wrong.")
    return episode_has_ended(contact)


@operation("aftercare_contact.recorded", needs=Action.PROVIDE_AFTERCARE, unless=is_recorded)
def record_contact(
    contact: Contact,
    *,
    by: Staff,
    result: str,
    happened_on: date,
    words: str = "",
    missed_because: str = "",
) -> Contact:
    """Record that a contact was made, was missed and why, or is no longer planned.

    Refused for a day to come, and when it was missed for no reason on `contact_missed`.
    Source: key worker position description (source 000), regular contact.
    """
    if result not in Contact.Result.values:
        raise Refused("That is not a result.", instead="Choose one.", field="result")
    require_past(contact.scheme, happened_on, field="happened_on")
    if result == Contact.Result.MISSED:
        if missed_because not in contact.scheme.pack.reasons("contact_missed"):
            raise Refused(
                "A missed contact needs its reason.",
                instead="Choose the nearest.",
                field="missed_because",
            )
        contact.missed_because = missed_because
    contact.result, contact.happened_on, contact.result_by = result, happened_on, by
    contact.words = words
    contact.save(update_fields=["result", "happened_on", "result_by", "words", "missed_because"])
    return contact


@operation("aftercare.welfare_checked", needs=Action.PROVIDE_AFTERCARE, unless=has_ended)
def check_welfare(
    episode: Episode, *, by: Staff, checked_on: date, safe: bool, words: str
) -> WelfareCheck:
    """Record that somebody made sure they are safe, and what was found."""
    require_past(episode.scheme, checked_on, field="checked_on")
    return WelfareCheck.objects.create(
        episode=episode,
        checked_on=checked_on,
        safe=safe,
        words=require_words(words, field="words"),
        recorded_by=by,
    )


@operation("tenancy.concern_raised", needs=Action.KEEP_TENANCY)
def raise_concern(
    stay: Stay, *, by: Staff, topic: str, concern: str, raised_on: date, parties: str = ""
) -> TenancyConcern:
    """Record something about the tenancy to see to. `topic` is a key of `tenancy_topics`.

    Source: key worker position description (source 000), benefits, budgeting and neighbour
    relations; named worker policy (source 002).
    """
    require_listed(stay.scheme, "tenancy_topics", topic, field="topic")
    require_past(stay.scheme, raised_on, field="raised_on")
    return TenancyConcern.objects.create(
        stay=stay,
        topic=topic,
        concern=require_words(concern, field="concern"),
        parties=parties,
        raised_on=raised_on,
        recorded_by=by,
    )


def is_resolved(concern: TenancyConcern) -> Refused | None:
    """A concern is resolved once."""
    if concern.resolved_on is None:
        return None
    return Refused("This is resolved.", instead="Raise it again if it came back.")


@operation("tenancy.step_taken", needs=Action.KEEP_TENANCY, unless=is_resolved)
def add_tenancy_step(
    concern: TenancyConcern, *, by: Staff, done_on: date, words: str
) -> TenancyStep:
    """Record what was done about a concern."""
    require_past(concern.scheme, done_on, field="done_on")
    return TenancyStep.objects.create(
        concern=concern, done_on=done_on, words=require_words(words, field="words"), recorded_by=by
    )


@operation("tenancy.concern_resolved", needs=Action.KEEP_TENANCY, unless=is_resolved)
def resolve_concern(
    concern: TenancyConcern, *, by: Staff, resolved_on: date, result: str
) -> TenancyConcern:
    """Record how a concern ended."""
    require_past(concern.scheme, resolved_on, field="resolved_on")
    concern.result = require_words(result, field="result")
    concern.resolved_on, concern.resolved_by = resolved_on, by
    concern.save(update_fields=["resolved_on", "resolved_by", "result"])
    return concern
