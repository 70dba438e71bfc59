"""The bed board: every bed of a scheme, whose it is, for whom it is kept, or why nobody has it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import groupby
from uuid import UUID

from django.db.models import Max

from alongside.accommodation.models import Bed, Fault, OutOfUse
from alongside.organisation.models import Scheme
from alongside.referrals.models import Offer
from alongside.referrals.queries import reserved_beds
from alongside.residents.models import Resident
from alongside.stays.models import Stay


class BedState(StrEnum):
    """What a bed is today. Out of use counts before a fault; a person before everything."""

    OCCUPIED = "occupied"
    KEPT = "kept"
    OUT_OF_USE = "out_of_use"
    UNFIT = "unfit"
    FREE = "free"


SAYS = {
    BedState.OCCUPIED: ("Occupied", "info"),
    BedState.KEPT: ("Kept", "stage"),
    BedState.OUT_OF_USE: ("Out of use", "bad"),
    BedState.UNFIT: ("Free, not fit yet", "warn"),
    BedState.FREE: ("Free", "good"),
}


@dataclass(frozen=True, slots=True)
class Space:
    """One bed as the board shows it."""

    bed: Bed
    stay: Stay | None = None
    offer: Offer | None = None
    closure: OutOfUse | None = None
    faults: Sequence[Fault] = ()
    void_since: date | None = None

    @property
    def state(self) -> BedState:
        if self.stay:
            return BedState.OCCUPIED
        if self.closure:
            return BedState.OUT_OF_USE
        if self.offer:
            return BedState.KEPT
        return BedState.UNFIT if self.faults else BedState.FREE

    @property
    def says(self) -> str:
        return SAYS[self.state][0]

    @property
    def tone(self) -> str:
        return SAYS[self.state][1]

    @property
    def person(self) -> Resident | None:
        """Who lives in it, or for whom it is kept."""
        if self.stay:
            return self.stay.resident
        return self.offer.referral.resident if self.offer else None

    def is_free(self) -> bool:
        return self.state in (BedState.FREE, BedState.UNFIT)


@dataclass(frozen=True, slots=True)
class Floor:
    """The beds of one floor."""

    name: str
    spaces: list[Space]


@dataclass(frozen=True, slots=True)
class Board:
    """All floors, and how many beds are what."""

    floors: list[Floor]
    without_bed: list[Stay] = field(default_factory=list)

    @property
    def spaces(self) -> list[Space]:
        return [space for floor in self.floors for space in floor.spaces]

    def count(self, *states: BedState) -> int:
        return sum(space.state in states for space in self.spaces)

    @property
    def total(self) -> int:
        return len(self.spaces)

    @property
    def free(self) -> int:
        return self.count(BedState.FREE, BedState.UNFIT)

    @property
    def free_of(self) -> str:
        """How many are free, of all: "3 of 28"."""
        return f"{self.free} of {self.total}"

    @property
    def occupied_of(self) -> str:
        return f"{self.occupied} of {self.total}"

    @property
    def occupied(self) -> int:
        return self.count(BedState.OCCUPIED)

    @property
    def kept(self) -> int:
        return self.count(BedState.KEPT)

    @property
    def out_of_use(self) -> int:
        return self.count(BedState.OUT_OF_USE)


def bed_board(scheme: Scheme) -> Board:
    """Every bed that is not closed, by floor, as it stands today. Six queries."""
    today = scheme.today()
    beds = list(Bed.objects.filter(scheme=scheme, closed_on=None).order_by("order", "name"))
    ended = Stay.objects.filter(scheme=scheme, bed__isnull=False, moved_out_on__isnull=False)
    last_left = dict(ended.order_by().values_list("bed").annotate(last=Max("moved_out_on")))
    stays = list(Stay.objects.for_page().current().filter(scheme=scheme))
    at_home = {stay.bed_id: stay for stay in stays}
    kept = {offer.bed_id: offer for offer in reserved_beds(scheme)}
    closed = {one.bed_id: one for one in OutOfUse.objects.on(today).filter(bed__scheme=scheme)}
    faults: dict[UUID, list[Fault]] = {}
    for fault in Fault.objects.filter(bed__scheme=scheme, mended_on=None):
        faults.setdefault(fault.bed_id, []).append(fault)
    spaces = [
        Space(
            bed,
            stay=at_home.get(bed.pk),
            offer=kept.get(bed.pk),
            closure=closed.get(bed.pk),
            faults=faults.get(bed.pk, []),
            void_since=None if bed.pk in at_home else last_left.get(bed.pk),
        )
        for bed in beds
    ]
    known = {bed.pk for bed in beds}
    return Board(_by_floor(spaces), [stay for stay in stays if stay.bed_id not in known])


def _by_floor(spaces: list[Space]) -> list[Floor]:
    """Floors in the order of their first bed; beds keep their order."""
    first: dict[str, int] = {}
    for place, space in enumerate(spaces):
        first.setdefault(space.bed.floor, place)
    ordered = sorted(spaces, key=lambda space: first[space.bed.floor])
    return [
        Floor(name, list(group)) for name, group in groupby(ordered, key=lambda one: one.bed.floor)
    ]
