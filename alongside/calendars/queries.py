"""What stands in somebody's calendar, and whose address it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from alongside.calendars.events import Event
from alongside.calendars.models import CalendarAddress, digest_of
from alongside.keywork.models import Booking
from alongside.organisation.models import Staff
from alongside.practice.contents import Pack
from alongside.reviews.models import Review
from alongside.stays.models import Stay

MOST = 500
INITIALS = "calendar_initials"


def open_address(staff: Staff) -> CalendarAddress | None:
    """The address that works now, if there is one."""
    return CalendarAddress.objects.filter(staff=staff, closed_at=None).first()


def owner_of(secret: str) -> Staff | None:
    """Whose calendar is read at the address with this secret, if it works and they work here."""
    found = CalendarAddress.objects.select_related("staff").filter(
        digest=digest_of(secret), closed_at=None, staff__is_active=True
    )
    address = found.first()
    return address.staff if address else None


def events_of(staff: Staff) -> list[Event]:
    """Sessions booked with somebody and reviews they lead, of which nothing has come yet."""
    sessions = Booking.objects.visible_to(staff).for_page().open().filter(worker=staff)
    reviews = Review.objects.visible_to(staff).for_page().booked().filter(led_by=staff)
    sessions, reviews = (
        sessions.order_by("-starts_at")[:MOST],
        reviews.order_by("-planned_on")[:MOST],
    )
    return [*map(session_event, sessions), *map(review_event, reviews)]


def session_event(booking: Booking) -> Event:
    """A booked session: when, where, and what the practice lets stand of the person."""
    pack = booking.stay.pack
    venue = pack.choices("venues").get(booking.venue)
    return Event(
        key=booking.pk,
        says=_says(pack, pack.term("session").singular, booking.stay),
        starts=booking.starts_at,
        ends=booking.ends_at,
        place=", ".join(part for part in (str(venue or ""), booking.place) if part),
    )


def review_event(review: Review) -> Event:
    """A booked review; of the whole day when no time is agreed."""
    pack = review.scheme.pack
    starts: datetime | None = None
    if review.planned_time:
        local = datetime.combine(review.planned_on, review.planned_time)
        starts = local.replace(tzinfo=review.scheme.zone)
    return Event(
        key=review.pk,
        says=_says(pack, pack.reviews[review.kind].says, review.stay),
        starts=starts or review.planned_on,
        ends=starts + timedelta(hours=1) if starts else review.planned_on + timedelta(days=1),
        place=review.place,
    )


def _says(pack: Pack, what: str, stay: Stay) -> str:
    return " ".join([what.capitalize(), *_of(pack, stay)])


def _of(pack: Pack, stay: Stay) -> Iterator[str]:
    """The bed or the initials, as on the sheet on the wall, where the practice lets them out."""
    if pack.has(INITIALS):
        yield f"({stay.bed or stay.resident.initials})"
