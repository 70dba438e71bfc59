"""The time after a move, for the demo of a service that offers it. Builders take who acts."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from alongside.aftercare import operations
from alongside.aftercare.models import Episode
from alongside.kit import clock
from alongside.organisation.models import Staff
from alongside.signatures.signing import Mark, No
from alongside.stays.models import Stay


def support_after(
    stay: Stay, *, by: Staff, secured_on: date, ink: Mark, address: str = "4 Canal Street"
) -> Episode:
    """Support that opened on the day they moved, with a plan signed by both that day.

    The practice must offer it (`aftercare`); the stay may have ended already.
    """
    with clock.standing_at(_at(stay, secured_on, 14)):
        episode = operations.open_aftercare(
            stay, by=by, address=address, tenure="private", tenancy_starts_on=secured_on,
            moves_in_on=secured_on, answer="accepted", words="Yes, please come by.",
        )  # fmt: skip
        plan = operations.write_aftercare_plan(
            episode, by=by, home_every="P2W", community_every="P4W", where="The library cafe",
            goals="To keep this home, and not be alone in it.", help_with="Bills and the meter.",
        )  # fmt: skip
        operations.sign_as_resident(plan, by=by, mark=ink)
        operations.sign_as_worker(plan, by=by, mark=ink)
    return episode


def whanau_say_no(episode: Episode, *, by: Staff, ink: Mark, later_yes: bool) -> None:
    """Whānau did not sign the plan, the day after; a week on, with a word about it, they did."""
    plan, stay = episode.plans.get(), episode.stay
    with clock.standing_at(_at(stay, episode.secured_on + timedelta(days=1), 10)):
        operations.refuse_as_further(
            plan, by=by, party="whanau", name="Mere Tautari",
            no=No(reason="Once in two weeks is too little at first.", witness=by.name,
                  next_offer_on=clock.today(stay.scheme.time_zone) + timedelta(weeks=1)),
        )  # fmt: skip
    if later_yes:
        with clock.standing_at(_at(stay, episode.secured_on + timedelta(days=8), 10)):
            operations.sign_as_further(plan, by=by, party="whanau", name="Mere Tautari", mark=ink)


def contacts_until(episode: Episode, *, by: Staff, now: datetime, missed_last: int = 0) -> None:
    """Every contact so far was made, but for the last few, which were missed."""
    due = list(episode.contacts.filter(result="", planned_on__lt=now.date()).order_by("planned_on"))
    made = due[: len(due) - missed_last]
    for contact in due:
        with clock.standing_at(_at(episode.stay, contact.planned_on, 15)):
            if contact in made:
                operations.record_contact(
                    contact, by=by, result="done", happened_on=contact.planned_on,
                    words="In good spirits. Looked through the bills together.",
                )  # fmt: skip
            else:
                operations.record_contact(
                    contact, by=by, result="missed", happened_on=contact.planned_on,
                    missed_because="not_there",
                )  # fmt: skip


def a_neighbour(stay: Stay, *, by: Staff, now: datetime) -> None:
    """A concern about the tenancy that is being seen to."""
    with clock.standing_at(now - timedelta(days=6)):
        concern = operations.raise_concern(
            stay, by=by, topic="neighbours", concern="Music until two in the morning.",
            parties="Flat 3", raised_on=clock.today(),
        )  # fmt: skip
    with clock.standing_at(now - timedelta(days=2)):
        operations.add_tenancy_step(
            concern, by=by, done_on=clock.today(), words="Went round together; swapped numbers."
        )


def a_longer_support(episode: Episode, *, by: Staff, leader: Staff, now: datetime) -> None:
    """Six weeks more, asked for by the worker and approved by the leader."""
    with clock.standing_at(now - timedelta(days=3)):
        asked = operations.decide_aftercare(
            episode, by=by, kind="extend", reason="Two weeks of rent are owed.",
            extend_until=episode.until_on + timedelta(weeks=6),
        )  # fmt: skip
        operations.approve_extension(asked, by=leader)


def _at(stay: Stay, day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), stay.scheme.zone)
