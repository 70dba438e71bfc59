"""What is owed after a move: when it began, what was signed, missed, made sure of and decided."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Model, Q, prefetch_related_objects
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
from alongside.duties.facts import Days, provides
from alongside.duties.subjects import About, subject_kind

KIND = "aftercare"


@subject_kind(
    KIND,
    model=Episode,
    named=["episode"],
    reads=[Episode],
    rows=lambda: Episode.objects.select_related(*Episode.LOCK_WITH),
    current=lambda scheme: Q(stay__scheme=scheme, closed_on=None, cancelled_on=None),
    follows="stay",
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


BESIDE = ("offers", "plans", "decisions", "contacts", "welfare_checks")


def _provides(
    name: str, reads: Sequence[type[Model]]
) -> Callable[[Callable[[Episode, str], Days]], Callable[[Episode, str], Days]]:
    """A fact of an episode; of many at once what hangs on them is read together."""

    def register(ask: Callable[[Episode, str], Days]) -> Callable[[Episode, str], Days]:
        def many(episodes: Sequence[Episode], of: str) -> dict[UUID, Days]:
            prefetch_related_objects(episodes, *BESIDE)
            return {episode.pk: ask(episode, of) for episode in episodes}

        return provides(name, subject=KIND, reads=reads, many=many)(ask)

    return register


@_provides("aftercare.begun", reads=[Episode])
def begun(episode: Episode, of: str) -> Sequence[date]:
    """The day the home was secured, unless they did not want support or the move fell through."""
    wanted = episode.answer != Answer.DECLINED and episode.cancelled_on is None
    return [episode.secured_on] if wanted else []


@_provides("aftercare.declined", reads=[Episode, AftercareOffer])
def declined(episode: Episode, of: str) -> Sequence[date]:
    """The day the home was secured, if they once said that they do not want support."""
    once = any(offer.answer == Answer.DECLINED for offer in episode.offers.all())
    return [episode.secured_on] if once and episode.cancelled_on is None else []


@_provides("aftercare.plan_signed", reads=[AftercarePlan])
def plan_signed(episode: Episode, of: str) -> Sequence[date]:
    """The days on which a plan was signed by all who have to."""
    return sorted(plan.in_force_on for plan in episode.plans.all() if plan.in_force_on)


@_provides("aftercare.decided", reads=[Decision])
def decided(episode: Episode, of: str) -> Sequence[date]:
    """Since when each decision counts: approved by a leader, accepted by the agency."""
    days = [one.counts_on for one in episode.decisions.all()]
    return sorted(day for day in days if day)


@_provides("aftercare.offered_again", reads=[AftercareOffer])
def offered_again(episode: Episode, of: str) -> Sequence[date]:
    """The days on which it was offered again after it was declined."""
    offers = sorted(episode.offers.all(), key=lambda offer: (offer.offered_on, offer.pk))
    first = next((offer for offer in offers if offer.answer == Answer.DECLINED), None)
    return [offer.offered_on for offer in offers if first and offer.pk > first.pk]


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
    found = [contact for contact in episode.contacts.all() if contact.result in known]
    return sorted(found, key=lambda contact: (contact.planned_on, contact.pk))


def alerts(episode: Episode) -> list[Contact]:
    """Where the pack's number of missed contacts in a row was reached."""
    many = int(episode.scheme.pack.limit("aftercare_missed_in_a_row"))
    return missed_in_a_row(recorded_contacts(episode), many)


@_provides("aftercare.missed_in_a_row", reads=[Contact])
def runs_missed(episode: Episode, of: str) -> Sequence[Happening]:
    """The day of the contact with which each run of missed ones was long enough to be looked at."""
    return [Happening(_day_of(one), str(one.pk)) for one in alerts(episode)]


@_provides("aftercare.seen_safe", reads=[Contact, WelfareCheck])
def seen_safe(episode: Episode, of: str) -> Sequence[Happening]:
    """The first day after each such run on which somebody looked, or met them."""
    checked = [check.checked_on for check in episode.welfare_checks.all()]
    done = [one for one in episode.contacts.all() if one.result == Contact.Result.DONE]
    days = sorted([*checked, *(one.happened_on for one in done if one.happened_on)])
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
