"""What is owed after a move: when it began, what was signed, missed, made sure of and decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q
from django.urls import reverse

from alongside.aftercare.models import (
    AftercareOffer,
    AftercarePlan,
    Answer,
    Contact,
    Decision,
    Episode,
    WelfareCheck,
)
from alongside.duties.engine import Happening
from alongside.duties.facts import provides
from alongside.duties.subjects import About, subject_kind

KIND = "aftercare"


@subject_kind(
    KIND,
    model=Episode,
    named=["episode"],
    reads=[Episode],
    rows=lambda: Episode.objects.select_related(*Episode.LOCK_WITH),
    current=lambda scheme: Q(stay__scheme=scheme, closed_on=None, cancelled_on=None),
)
def about_aftercare(episode: Episode) -> About:
    """The weeks of support after a move, which go on when the stay has ended."""
    return About(
        row=episode,
        scheme=episode.scheme,
        starts_on=episode.secured_on,
        ended_on=episode.closed_on or episode.cancelled_on,
        stay=episode.stay,
        says=f"{episode.stay.resident}, after the move",
        url=reverse("aftercare:aftercare", args=[episode.stay_id]),
    )


@provides("aftercare.begun", subject=KIND, reads=[Episode])
def begun(episode: Episode, of: str) -> Sequence[date]:
    """The day the home was secured, unless they did not want support or the move fell through."""
    wanted = episode.answer != Answer.DECLINED and episode.cancelled_on is None
    return [episode.secured_on] if wanted else []


@provides("aftercare.declined", subject=KIND, reads=[Episode, AftercareOffer])
def declined(episode: Episode, of: str) -> Sequence[date]:
    """The day the home was secured, if they once said that they do not want support."""
    once = episode.offers.filter(answer=Answer.DECLINED).exists()
    return [episode.secured_on] if once and episode.cancelled_on is None else []


@provides("aftercare.plan_signed", subject=KIND, reads=[AftercarePlan])
def plan_signed(episode: Episode, of: str) -> Sequence[date]:
    """The days on which a plan was signed by both."""
    days = episode.plans.filter(in_force_on__isnull=False).order_by("in_force_on")
    return [day for day in days.values_list("in_force_on", flat=True) if day]


@provides("aftercare.decided", subject=KIND, reads=[Decision])
def decided(episode: Episode, of: str) -> Sequence[date]:
    """Since when each decision counts: approved by a leader, accepted by the agency."""
    days = [one.counts_on for one in episode.decisions.all()]
    return sorted(day for day in days if day)


@provides("aftercare.offered_again", subject=KIND, reads=[AftercareOffer])
def offered_again(episode: Episode, of: str) -> Sequence[date]:
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


@provides("aftercare.missed_in_a_row", subject=KIND, reads=[Contact])
def runs_missed(episode: Episode, of: str) -> Sequence[Happening]:
    """The day of the contact with which each run of missed ones was long enough to be looked at."""
    return [Happening(_day_of(one), str(one.pk)) for one in alerts(episode)]


@provides("aftercare.seen_safe", subject=KIND, reads=[Contact, WelfareCheck])
def seen_safe(episode: Episode, of: str) -> Sequence[Happening]:
    """The first day after each such run on which somebody looked, or met them."""
    checked = episode.welfare_checks.values_list("checked_on", flat=True)
    met = episode.contacts.filter(result=Contact.Result.DONE).values_list("happened_on", flat=True)
    days = sorted([*checked, *(day for day in met if day)])
    found = []
    for one in alerts(episode):
        after = next((day for day in days if day >= _day_of(one)), None)
        if after:
            found.append(Happening(after, str(one.pk)))
    return found


def _day_of(contact: Contact) -> date:
    return contact.happened_on or contact.planned_on


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
