"""Sets up the organisation of the demo: two hostels, their staff, their beds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from alongside.accommodation.models import Bed
from alongside.accommodation.operations import add_bed, take_out_of_use
from alongside.audit.actors import System
from alongside.demo.people import LEADS_THE_MANAGER, STAFF
from alongside.organisation.models import Organisation, Scheme, Staff
from alongside.organisation.operations import employ, found_organisation, give_role, open_scheme

TELLER = System("the demo")
PASSWORD = "walk alongside me"  # noqa: S105  for a demo on one's own machine
PACK = "staged-hostel"
FLOORS = (("Ground floor", "G", 6), ("First floor", "1", 8), ("Second floor", "2", 8),
          ("Top floor", "3", 6))  # fmt: skip


@dataclass(frozen=True, slots=True)
class House:
    """A hostel, its beds in order, and its staff by name and by role."""

    scheme: Scheme
    beds: list[Bed]
    staff: dict[str, list[Staff]]

    def first(self, role: str) -> Staff:
        return self.staff[role][0]


def found(opened_on: date) -> tuple[House, House]:
    """The organisation with its two hostels. To each the other's people do not exist."""
    harbour = found_organisation(
        Organisation(name="Harbour Trust", slug="harbour-trust"), by=TELLER
    )
    mill = open_scheme(
        harbour, by=TELLER, name="Mill House", slug="mill-house", pack_key=PACK,
        address="12 Mill Lane, Harbour",
    )  # fmt: skip
    quay = open_scheme(
        harbour, by=TELLER, name="Quay Street", slug="quay-street", pack_key=PACK,
        address="3 Quay Street, Harbour", women_only=True,
    )  # fmt: skip
    return _mill_house(harbour, mill, opened_on), _quay_street(harbour, quay, opened_on)


def _mill_house(harbour: Organisation, mill: Scheme, opened_on: date) -> House:
    staff: dict[str, list[Staff]] = {}
    above = _employ(harbour, *LEADS_THE_MANAGER)
    manager: Staff | None = None
    for name, email, role, initials in STAFF:
        person = _employ(harbour, name, email, initials)
        give_role(
            mill, by=TELLER, staff=person, role=role, from_on=opened_on,
            line_manager=manager or above,
        )  # fmt: skip
        manager = manager or person
        staff.setdefault(role, []).append(person)
    give_role(mill, by=TELLER, staff=above, role="manager", from_on=opened_on)
    beds = [
        add_bed(mill, by=TELLER, name=f"{letter}{number}", floor=floor, order=order)
        for order, (floor, letter, number) in enumerate(
            (floor, letter, number)
            for floor, letter, many in FLOORS
            for number in range(1, many + 1)
        )
    ]
    return House(mill, beds, staff)


def _quay_street(harbour: Organisation, quay: Scheme, opened_on: date) -> House:
    owen = _employ(harbour, "Owen Price", "owen.price", "OP")
    tess = _employ(harbour, "Tess Varley", "tess.varley", "TV")
    give_role(quay, by=TELLER, staff=owen, role="manager", from_on=opened_on)
    give_role(quay, by=TELLER, staff=tess, role="key_worker", from_on=opened_on, line_manager=owen)
    beds = [
        add_bed(quay, by=TELLER, name=f"Q{number}", floor="Ground floor", order=number)
        for number in range(1, 7)
    ]
    return House(quay, beds, {"manager": [owen], "key_worker": [tess]})


def close_a_bed(house: House, bed: Bed, *, on: date) -> None:
    """One bed is being repaired, so that the board has something to show."""
    take_out_of_use(bed, by=house.first("manager"), from_on=on, reason="New window being fitted")


def _employ(harbour: Organisation, name: str, email: str, initials: str) -> Staff:
    return employ(
        harbour,
        by=TELLER,
        name=name,
        email=f"{email}@harbour.example",
        initials=initials,
        # One hash is slow enough; the others come in with one click.
        password=PASSWORD if name == STAFF[0][0] else None,
    )
