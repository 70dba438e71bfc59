"""What the pages about rights ask."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404

from alongside.allocations.models import LEAD, Allocation
from alongside.audit.models import Reading
from alongside.audit.reading import quarter_of
from alongside.kit import clock
from alongside.organisation.models import Membership, Scheme, Staff
from alongside.practice.actions import Action
from alongside.practice.rules import Limit as PackLimit
from alongside.residents.names import name_key
from alongside.rights.models import SEALS, Limit, LimitKind, Opening, Sealed
from alongside.stays.looking import InEmergency
from alongside.stays.models import Stay


def limits_of(stay: Stay) -> list[Limit]:
    """The lists of somebody’s file, standing ones first."""
    found = Limit.objects.filter(resident_id=stay.resident_id)
    rows = found.select_related("staff", "set_by", "ended_by")
    return list(rows.order_by("ended_at", "kind", "staff__name", "pk")[:100])


def named_in(stay: Stay, kind: LimitKind) -> set[UUID]:
    """Who stands on one of the two lists of a file."""
    found = Limit.objects.standing().filter(resident_id=stay.resident_id, kind=kind)
    return set(found.values_list("staff_id", flat=True))


def limit_for(stay: Stay, pk: UUID) -> Limit:
    """A line of a list of this file."""
    found = Limit.objects.standing().select_related("staff")
    return get_object_or_404(found, pk=pk, resident_id=stay.resident_id)


def whom_to_tell(stay: Stay, *, but: Staff) -> list[Staff]:
    """Who hears that a file was opened: those who review it there, and if they are too few,
    those who do so elsewhere in the organisation; first those to whom the file is open."""
    here, fewest = _reviewers([stay.scheme], but), stay.scheme.pack.limit("emergency_told").number
    if len(here) < fewest:
        others = Scheme.objects.filter(organisation_id=stay.scheme.organisation_id)
        elsewhere = _reviewers(
            others.exclude(pk=stay.scheme_id).select_related("organisation"), but
        )
        here += [one for one in elsewhere if one not in here]
    closed = Limit.objects.filter(resident_id=stay.resident_id)
    shut = {one.pk for one in here if closed.closing_to(one.pk).exists()}
    return sorted(here, key=lambda one: one.pk in shut)[: max(fewest, len(here) - len(shut))]


def led_by_one_shut_out(scheme: Scheme, viewer: Staff) -> QuerySet[Stay]:
    """Whose key worker may not open their file, so that nobody sees what is owed to them: after
    “this person is close to me”, or when a list was made without them."""
    only = Limit.objects.standing().filter(
        resident=OuterRef("resident"), kind=LimitKind.ONLY, staff=OuterRef(OuterRef("worker"))
    )
    closed = Q(kind=LimitKind.NEVER, staff=OuterRef("worker")) | Q(kind=LimitKind.ONLY) & ~Exists(
        only
    )
    shut = Limit.objects.standing().filter(closed, resident=OuterRef("stay__resident"))
    led = Allocation.objects.current().filter(Exists(shut), role=LEAD)
    mine = Stay.objects.visible_to(viewer).current().filter(scheme=scheme)
    return mine.filter(pk__in=led.values("stay_id"))


def _reviewers(schemes: object, but: Staff) -> list[Staff]:
    found: dict[UUID, Staff] = {}
    for scheme in schemes:  # type: ignore[attr-defined]
        roles = [r.key for r in scheme.pack.roles if Action.REVIEW_BREAK_GLASS in r.may]
        here = Membership.objects.current(scheme.today()).filter(scheme=scheme, role__in=roles)
        for one in here.select_related("staff").order_by("staff__name"):
            if one.staff_id != but.pk and not one.staff.has_left(scheme.today()):
                found.setdefault(one.staff_id, one.staff)
    return list(found.values())


def stay_of_somebody(staff: Staff, name: str, born_on: date) -> Stay | None:
    """The latest stay of whoever has that whole name and birthday, unless never for this person."""
    never = Limit.objects.standing().filter(
        resident=OuterRef("resident"), kind=LimitKind.NEVER, staff=staff
    )
    found = Stay.objects.filter(
        ~Exists(never), resident__organisation_id=staff.organisation_id, resident__born_on=born_on
    )
    for stay in found.select_related(*Stay.LOCK_WITH).order_by("-moved_in_on", "-pk"):
        if name_key(name) in {name_key(stay.resident.name), name_key(stay.resident.legal_name)}:
            return stay
    return None


def open_already(staff: Staff, name: str, born_on: date) -> Stay | None:
    """The latest stay of that person, if their file is open to this member of staff anyway."""
    stay = stay_of_somebody(staff, name, born_on)
    return stay if stay and staff.may(Action.READ_FILE, stay) else None


def said_beforehand(organisation_id: UUID) -> dict[str, str]:
    """For how long a file opens in an emergency, and how many are told at least: as the practices
    of the services say, for nobody knows yet at which of them it is."""
    packs = [
        one.pack
        for one in Scheme.objects.filter(organisation=organisation_id).select_related(
            "organisation"
        )
    ]
    told = {"lasts": "emergency_opening", "told": "emergency_told"}
    return {name: _from_to([pack.limit(key) for pack in packs]) for name, key in told.items()}


def _from_to(limits: Sequence[PackLimit]) -> str:
    numbers = sorted({one.number for one in limits})
    return " to ".join(str(one) for one in numbers[:: max(len(numbers) - 1, 1)])


def read_during(opening: Opening) -> QuerySet[Reading]:
    """What of the file was read while it stood open, in that order.

    A part is written down once a quarter of an hour: what was opened twice within one, by two
    openings, stands with both.
    """
    found = Reading.objects.filter(
        resident_id=opening.resident_id, actor_id=opening.staff_id,
        quarter__gte=quarter_of(opening.opened_at), at__lte=opening.closed_at or opening.until_at,
    )  # fmt: skip
    return found.order_by("at", "number")


def emergencies_of(resident_id: UUID) -> list[InEmergency]:
    """When this file stood open to whom in an emergency."""
    found = Opening.objects.filter(resident=resident_id)
    rows = found.values_list("staff_id", "opened_at", Coalesce("closed_at", "until_at"))
    return [InEmergency(*row) for row in rows]


def my_opening(staff: Staff) -> Opening | None:
    """The file this person has open in an emergency just now."""
    return Opening.objects.for_page().open_at(clock.now()).filter(staff=staff).first()


def openings_shown(staff: Staff, *, reviewed: bool) -> QuerySet[Opening]:
    """Openings this person may review, or that were; the oldest that waits first."""
    found = Opening.objects.visible_to(staff).for_page().exclude(staff=staff)
    if reviewed:
        return found.exclude(reviewed_at=None).order_by("-reviewed_at", "-pk")
    return found.unreviewed().order_by("opened_at", "pk")


def openings_to_review(staff: Staff, scheme: Scheme) -> QuerySet[Opening]:
    """Those that wait for somebody other than who opened, at one scheme."""
    waiting = Opening.objects.visible_to(staff).unreviewed().filter(stay__scheme=scheme)
    return waiting.exclude(staff=staff)


def opening_for(staff: Staff, pk: UUID) -> Opening:
    """That opening, for those who review it or made it."""
    mine = Q(pk__in=Opening.objects.visible_to(staff).values("pk")) | Q(staff=staff)
    return get_object_or_404(Opening.objects.for_page().filter(mine), pk=pk)


def sealed_in(stay: Stay, *, staff: Staff) -> list[Sealed]:
    """What is sealed in a file and may be read by this person, without the words."""
    kinds = [kind for kind, action in SEALS.items() if staff.may(action, stay)]
    found = Sealed.objects.filter(resident_id=stay.resident_id, kind__in=kinds, corrected_by=None)
    found = found.filter(lifted_at=None)
    return list(found.for_page().defer("words", "put_back").order_by("kind", "-sealed_at")[:100])


def sealed_for(staff: Staff, pk: UUID) -> Sealed:
    """That sealed thing, for those who may open the file and have the right to its kind."""
    found = get_object_or_404(Sealed.objects.visible_to(staff).for_page(), pk=pk)
    if not staff.may(SEALS[found.kind], found):
        return get_object_or_404(Sealed.objects.none())
    return found
