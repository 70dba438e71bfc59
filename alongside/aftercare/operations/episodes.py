"""Beginning the support after a move, moving its days with the move, and cancelling it."""

from __future__ import annotations

from datetime import date, timedelta

from alongside.aftercare.models import AftercareOffer, Answer, Episode
from alongside.aftercare.operations.checks import (
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
from alongside.stays.operations import close_case, keep_case_open


def is_off(stay: Stay) -> Refused | None:
    """Where the practice has no support after moving on, none is begun."""
    if stay.scheme.pack.has("aftercare"):
        return None
    return Refused(
        "Support after moving on is not offered here.",
        instead="Ask whoever sets up your practice pack to switch it on.",
    )


def days_of(tenancy_starts_on: date, moves_in_on: date, stay: Stay) -> tuple[date, date]:
    """The day the home is secured, and the day until which support is given."""
    secured_on = max(tenancy_starts_on, moves_in_on)
    length = int(stay.scheme.pack.limit("aftercare_length"))
    return secured_on, secured_on + timedelta(days=length)


@operation("aftercare.opened", needs=Action.PROVIDE_AFTERCARE, unless=is_off)
def open_aftercare(
    stay: Stay,
    *,
    by: Staff,
    address: str,
    tenure: str,
    tenancy_starts_on: date,
    moves_in_on: date,
    answer: str = Answer.NOT_ASKED,
    words: str = "",
) -> Episode:
    """Begin the support after a move, with what they said to the offer of it.

    The clock starts on the later of the two days. The case stays open, with the same worker.

    Refused where it is not offered, when it has begun already, for a home that is not
    permanent, and for a day before they came. Source: key worker position description (source
    000), a further 12 weeks once a more permanent place to live has been secured.
    """
    require_listed(stay.scheme, "permanent_tenures", tenure, field="tenure")
    require_listed(stay.scheme, "aftercare_offers", answer, field="answer")
    secured_on, until_on = days_of(tenancy_starts_on, moves_in_on, stay)
    if moves_in_on < stay.moved_in_on:
        raise Refused(
            "They moved in here after that day.", instead="Check the date.", field="moves_in_on"
        )
    episode = Episode.objects.create(
        stay=stay,
        address=require_words(address, field="address"),
        tenure=tenure,
        tenancy_starts_on=tenancy_starts_on,
        moves_in_on=moves_in_on,
        secured_on=secured_on,
        until_on=until_on,
        practice=stay.scheme.practice_name,
        recorded_by=by,
    )
    keep_case_open(stay, by=by)
    if answer != Answer.NOT_ASKED:
        answer_offer(episode, by=by, answer=answer, words=words, offered_on=stay.scheme.today())
        episode.refresh_from_db()
    return episode


@operation("aftercare.answered", needs=Action.PROVIDE_AFTERCARE, unless=has_ended)
def answer_offer(
    episode: Episode, *, by: Staff, answer: str, offered_on: date, words: str = ""
) -> AftercareOffer:
    """Record what they said to the offer. Declined twice it is closed; nobody is pressed.

    Refused for a day to come. Source: key worker position description (source 000).
    """
    require_listed(episode.scheme, "aftercare_offers", answer, field="answer")
    require_past(episode.scheme, offered_on, field="offered_on")
    declined_before = episode.offers.filter(answer=Answer.DECLINED).exists()
    offer = AftercareOffer.objects.create(
        episode=episode, offered_on=offered_on, answer=answer, words=words, recorded_by=by
    )
    episode.answer = answer
    if answer == Answer.DECLINED and declined_before:
        episode.closed_on, episode.closed_by = episode.scheme.today(), by
        episode.outcome = "declined"
        close_case(episode.stay, by=by)
    episode.save(update_fields=["answer", "closed_on", "closed_by", "outcome"])
    return offer


@operation("aftercare.dates_changed", needs=Action.PROVIDE_AFTERCARE, unless=has_ended)
def change_dates(
    episode: Episode,
    *,
    by: Staff,
    address: str,
    tenure: str,
    tenancy_starts_on: date,
    moves_in_on: date,
) -> Episode:
    """Bring the clock up to date with a move that was set anew, or with when it really was.

    An extension that was approved keeps its length.
    """
    require_listed(episode.scheme, "permanent_tenures", tenure, field="tenure")
    longer = episode.until_on - days_of(episode.tenancy_starts_on, episode.moves_in_on,
                                        episode.stay)[1]  # fmt: skip
    secured_on, until_on = days_of(tenancy_starts_on, moves_in_on, episode.stay)
    episode.address, episode.tenure = require_words(address, field="address"), tenure
    episode.tenancy_starts_on, episode.moves_in_on = tenancy_starts_on, moves_in_on
    episode.secured_on, episode.until_on = secured_on, until_on + longer
    episode.save(
        update_fields=[
            "address", "tenure", "tenancy_starts_on", "moves_in_on", "secured_on", "until_on",
        ]
    )  # fmt: skip
    return episode


@operation("aftercare.cancelled", needs=Action.PROVIDE_AFTERCARE, unless=has_ended)
def cancel_aftercare(episode: Episode, *, by: Staff, because: str) -> Episode:
    """Cancel the support because the move did not happen; nothing counts of it in any figure."""
    episode.cancelled_because = require_words(because, field="because")
    episode.cancelled_on, episode.cancelled_by = episode.scheme.today(), by
    episode.save(update_fields=["cancelled_on", "cancelled_by", "cancelled_because"])
    close_case(episode.stay, by=by)
    return episode
