"""What was agreed to be shared at the demo's hostel, and who looked at whose file."""

from __future__ import annotations

from datetime import datetime, timedelta

from alongside.audit.reading import Opened, tell
from alongside.demo.house import House
from alongside.exports.operations import content_of, fetch, take_out
from alongside.kit import clock
from alongside.kit.durations import Duration
from alongside.reports.operations import fix_figures
from alongside.retention.operations import set_hold
from alongside.sharing.operations import record_consent, share, withdraw_consent
from alongside.stays.models import Stay
from alongside.subject_access.operations import take_request


def tell_what_is_kept(house: House, *, now: datetime) -> None:
    """Agreements that stand and one taken back, what was told, and a fortnight of looking."""
    found = Stay.objects.select_related(*Stay.LOCK_WITH).filter(
        scheme=house.scheme, moved_out_on=None
    )
    stays = list(found.order_by("moved_in_on")[:12])
    _sharing(house, stays, now)
    _looking(house, stays, now)
    with clock.standing_at(now - timedelta(days=6)):
        asked_on = house.scheme.today()
        take_request(
            stays[4], by=house.first("manager"), received_on=asked_on, identity_on=asked_on,
            words="Everything, for the solicitor.",
        )  # fmt: skip
        _leaving(house)
        for back in (1, 2):
            fix_figures(
                house.scheme, by=house.first("manager"),
                month=Duration(months=back).before(asked_on.replace(day=1)),
            )  # fmt: skip
        set_hold(stays[5], by=house.first("manager"), because="A complaint is being looked into.")


def _leaving(house: House) -> None:
    """A list that was fetched and has expired by now."""
    grace = house.first("manager")
    made = take_out(
        house.scheme, by=grace, what="people", asked="", columns=["bed", "in", "out"], kind="csv",
        purpose="figures", words="The council’s housing team, for the count of beds in use.",
    )  # fmt: skip
    fetch(made, by=grace, content=content_of(made, grace))


def _sharing(house: House, stays: list[Stay], now: datetime) -> None:
    amina, today = house.first("key_worker"), house.scheme.today()
    first, second, third = stays[:3]
    with clock.standing_at(now - timedelta(days=20)):
        for stay in (first, second):
            agreed = record_consent(
                stay, by=amina, agency="Citizens Advice", purpose="benefits",
                scope=["contact", "money"], given_by="self", capacity="can", how="signed",
                given_on=house.scheme.today(),
            )  # fmt: skip
        record_consent(
            first, by=amina, agency="Canal Street Surgery", purpose="health",
            scope=["contact", "health"], given_by="self", capacity="can", how="spoken",
            given_on=house.scheme.today(),
        )  # fmt: skip
    with clock.standing_at(now - timedelta(days=12)):
        share(
            first, by=amina, agency="Citizens Advice", purpose="benefits", scope=["money"],
            what="Which benefits are in payment, for the appeal.", how="call",
            told_on=house.scheme.today(),
        )  # fmt: skip
    with clock.standing_at(now - timedelta(days=2)):
        withdraw_consent(
            agreed, by=amina, withdrawn_on=house.scheme.today(),
            withdrawn_words="I would rather talk to them myself.",
        )  # fmt: skip
        share(
            third, by=house.first("manager"), agency="Children’s services", purpose="safeguarding",
            scope=["risk"], what="That a child may be unsafe at the weekend visits.", how="call",
            told_on=today - timedelta(days=2), ground="safeguarding",
            ground_words="What was said could mean that the child is hurt.",
            wish_words="They asked us not to. The child comes first, and they know that we rang.",
        )  # fmt: skip


def _looking(house: House, stays: list[Stay], now: datetime) -> None:
    """The same few people every day, as it is; each opening told as a page tells it."""
    parts = ("overview", "notes", "plan", "sessions", "details")
    readers = [house.first("key_worker"), house.first("manager"), house.first("coordinator")]
    for days in range(14, 0, -1):
        with clock.standing_at(now - timedelta(days=days, hours=days % 5)):
            for number, stay in enumerate(stays[:6]):
                reader = readers[(days + number) % len(readers)]
                part = parts[(days * 3 + number) % len(parts)]
                one = Opened(stay.scheme.organisation_id, stay.scheme_id, stay.resident_id, part)
                tell(one, by=reader)
