"""What was agreed to be shared at the demo's hostel, and who looked at whose file."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.urls import reverse

from alongside.allocations.models import Allocation
from alongside.audit.actors import System
from alongside.audit.reading import Opened
from alongside.audit.reading import tell as tell_of_reading
from alongside.data_breaches.operations import (
    Known,
    close_breach,
    leave_untold,
    record_breach,
    report_breach,
    tell,
)
from alongside.demo.house import TELLER, House
from alongside.drafts import keeping
from alongside.exports.operations import content_of, fetch, take_out
from alongside.kit import clock
from alongside.kit.durations import Duration
from alongside.reports.operations import fix_figures
from alongside.retention.operations import set_hold
from alongside.retention.unfinished import expire_drafts
from alongside.sharing.operations import record_consent, share, withdraw_consent
from alongside.stays.models import Stay
from alongside.subject_access.operations import take_request
from alongside.team.operations.people import leave, take_on


def tell_what_is_kept(house: House, *, now: datetime) -> None:
    """Agreements that stand and one taken back, what was told, and a fortnight of looking."""
    found = Stay.objects.select_related(*Stay.LOCK_WITH).filter(
        scheme=house.scheme, moved_out_on=None
    )
    stays = list(found.order_by("moved_in_on")[:12])
    _sharing(house, stays, now)
    _looking(house, stays, now)
    _breaches(house, stays, now)
    _left_and_begun(house, now)
    _waiting_to_leave(house, now)
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


def _left_and_begun(house: House, now: datetime) -> None:
    """Somebody who left the team more than six years ago, and words that nobody finished."""
    scheme, grace, amina = house.scheme, house.first("manager"), house.first("key_worker")
    with clock.standing_at(now - timedelta(days=2600)):
        post = take_on(
            scheme, by=TELLER, name="Dermot Quigley", email="dermot.quigley@demo.example",
            role="night_worker", from_on=scheme.today(), line_manager=grace,
        )  # fmt: skip
    with clock.standing_at(now - timedelta(days=2300)):
        leave(post.staff, by=TELLER, last_day=scheme.today(), because="Moved to Leeds.")
    with clock.standing_at(now - timedelta(days=97)):
        keeping.keep(amina, f"report-{scheme.pk}", {"words": ["Not finished"]})
    with clock.standing_at(now - timedelta(days=5)):
        expire_drafts(scheme, by=System("the night"))
    with clock.standing_at(now - timedelta(days=12)):
        keeping.keep(amina, f"plan-{scheme.pk}", {"words": ["Half of it"]})
    at = Allocation.objects.filter(worker=amina, stay__scheme=scheme, until_on=None).first()
    if at:  # one that goes in a few days, so that Today says so
        with clock.standing_at(now - timedelta(days=84)):
            page = reverse("keywork:write-note", args=[at.stay_id])
            keeping.keep(amina, f"note-{at.stay_id}", {"text": ["He rang about"]}, at=page)


def _breaches(house: House, stays: list[Stay], now: datetime) -> None:
    """One that was settled in April, and one that came to light yesterday."""
    grace, amina, scheme = house.first("manager"), house.first("key_worker"), house.scheme
    known = now - timedelta(days=40)
    with clock.standing_at(known + timedelta(hours=2)):
        lost = Known(
            kind="lost", happened_at=known - timedelta(hours=14),
            what="A rucksack with the diary of the week was left on the 86 bus.", aware_at=known,
            known_by=house.first("night_worker"), how_many=11, seriousness="risk",
            at_once="The bus company was rung; it was handed in at the depot the same night.",
            seriousness_words="First names and times of sessions, no addresses.",
        )  # fmt: skip
        settled = record_breach(scheme, by=grace, known=lost)
    with clock.standing_at(known + timedelta(hours=20)):
        tell(
            settled, by=grace, whom="regulator", told_at=known + timedelta(hours=19),
            body="Information Commissioner’s Office", reference="IC-204418-K7",
            how="On their form; they took no further action.",
        )  # fmt: skip
        leave_untold(
            settled, by=grace, whom="people",
            because="The driver locked it away at once, and nobody outside had it in their hands.",
        )  # fmt: skip
    with clock.standing_at(known + timedelta(days=6)):
        close_breach(
            settled, by=grace,
            lessons="The diary stays in the office. Whoever goes out takes the telephone.",
        )  # fmt: skip
    with clock.standing_at(now - timedelta(hours=20)):
        read = Known(
            kind="wrong_person", happened_at=clock.now() - timedelta(hours=5),
            aware_at=clock.now() - timedelta(hours=1), known_by=amina, seriousness="high",
            what="The letter of the clinic to one of us was put under somebody else’s door.",
            people=[stays[5].resident], seriousness_words="It names a diagnosis.",
            at_once="It was fetched. It had been opened; whoever read it was spoken to.",
            cause=house.staff["support_worker"][0],
        )  # fmt: skip
        report_breach(scheme, by=amina, known=read)


def _leaving(house: House) -> None:
    """A list that was fetched and has expired by now."""
    grace = house.first("manager")
    made = take_out(
        house.scheme, by=grace, what="people", asked="", columns=["bed", "in", "out"], kind="csv",
        purpose="figures", words="The council’s housing team, for the count of beds in use.",
    )  # fmt: skip
    fetch(made, by=grace, content=content_of(made, grace))


def _waiting_to_leave(house: House, now: datetime) -> None:
    """Who lives here, by name: somebody else has to release it, until tomorrow."""
    with clock.standing_at(now - timedelta(hours=3)):
        take_out(
            house.scheme, by=house.first("key_worker"), what="people", asked="",
            columns=["name", "bed"], kind="xlsx", purpose="planning",
            words="The fire service, for the visit on Thursday.",
        )  # fmt: skip


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
                tell_of_reading(one, by=reader)
