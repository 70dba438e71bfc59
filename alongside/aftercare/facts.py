"""What is owed after a move: when it began, what was signed, missed, made sure of and decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from alongside.aftercare.models import Answer, Contact, Decision, Episode


def begun(episode: Episode) -> list[date]:
    """The day the home was secured."""
    return [episode.secured_on]


def plan_signed(episode: Episode) -> list[date]:
    """The days on which a plan was signed by both."""
    days = episode.plans.filter(in_force_on__isnull=False).order_by("in_force_on")
    return [day for day in days.values_list("in_force_on", flat=True) if day]


def decided(episode: Episode) -> list[date]:
    """Since when each decision counts: approved by a leader, accepted by the agency."""
    days = [one.counts_on for one in episode.decisions.all()]
    return sorted(day for day in days if day)


def declined(episode: Episode) -> list[date]:
    """The day on which support was first declined."""
    found = episode.offers.filter(answer=Answer.DECLINED).order_by("offered_on")
    return list(found.values_list("offered_on", flat=True)[:1])


def offered_again(episode: Episode) -> list[date]:
    """The days on which it was offered again after it was declined."""
    first, *_ = [*episode.offers.filter(answer=Answer.DECLINED).order_by("offered_on", "pk"), None]
    if first is None:
        return []
    later = episode.offers.filter(pk__gt=first.pk).order_by("offered_on")
    return list(later.values_list("offered_on", flat=True))


def missed_in_a_row(contacts: Sequence[Contact], many: int) -> list[Contact]:
    """The contact with which each run of missed ones reached that many; one done ends a run."""
    reached, run = [], 0
    for contact in contacts:
        run = run + 1 if contact.result == Contact.Result.MISSED else 0
        if run == many:
            reached.append(contact)
            run = 0
    return reached


def recorded_contacts(episode: Episode) -> list[Contact]:
    """Contacts that were made or missed, in the order they were planned."""
    known = [Contact.Result.DONE, Contact.Result.MISSED]
    return list(episode.contacts.filter(result__in=known).order_by("planned_on", "pk"))


def alerts(episode: Episode) -> list[Contact]:
    """Where the pack's number of missed contacts in a row was reached."""
    many = int(episode.scheme.pack.limit("aftercare_missed_in_a_row"))
    return missed_in_a_row(recorded_contacts(episode), many)


def unanswered_alert(episode: Episode) -> Contact | None:
    """The last of the missed contacts after which nobody has made sure that they are safe."""
    reached = alerts(episode)
    if not reached:
        return None
    last = reached[-1]
    since = last.happened_on or last.planned_on
    checked = episode.welfare_checks.filter(checked_on__gte=since).exists()
    seen = episode.contacts.filter(result=Contact.Result.DONE, happened_on__gte=since).exists()
    return None if checked or seen else last


def waiting(episode: Episode) -> list[Decision]:
    """Decisions that wait for a leader or an agency."""
    return [one for one in episode.decisions.all() if not one.counts and not one.refused_on]
