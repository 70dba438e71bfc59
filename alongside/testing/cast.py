"""The people of every test, of the demo's documentation and of the screenshots.

Amina is Tomasz's key worker at Mill House. Grace manages Mill House. Owen works at Quay
Street, so to him nothing at Mill House exists. All of them are invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from alongside.accommodation.models import Bed
from alongside.accommodation.operations import add_bed
from alongside.audit.actors import System
from alongside.audit.operation import as_one
from alongside.organisation.models import Organisation, Scheme, Staff
from alongside.organisation.operations import employ, found_organisation, give_role, open_scheme
from alongside.paperwork.operations import fill_in_about_the_team
from alongside.practice.rules import WhenPassed
from alongside.residents.models import Resident
from alongside.residents.operations import register_resident
from alongside.stays.models import Stay
from alongside.stays.operations import begin_stay
from alongside.testing.replay import replayed

SETTING_UP = System("setting up")
OPENED = date(2025, 1, 6)
MOVED_IN = date(2026, 3, 2)


@dataclass(frozen=True)
class Cast:
    """Two schemes of one provider, the staff of both, and the first resident."""

    organisation: Organisation
    mill_house: Scheme
    quay_street: Scheme
    amina: Staff
    grace: Staff
    owen: Staff
    tomasz: Stay
    beds: list[Bed]


@replayed
def assemble(pack_key: str = "staged-hostel") -> Cast:
    """Bring the cast on stage, all of it by operations; what follows is worked out once."""
    with as_one():
        return _assembled(pack_key)


def _assembled(pack_key: str) -> Cast:
    harbour = found_organisation(Organisation(name="Harbour Trust", slug="harbour"), by=SETTING_UP)
    mill_house, quay_street = (
        open_scheme(harbour, by=SETTING_UP, name=name, slug=slug, pack_key=pack_key)
        for name, slug in (("Mill House", "mill-house"), ("Quay Street", "quay-street"))
    )
    grace = a_member_of_staff(mill_house, "Grace Okafor", "manager")
    amina = a_member_of_staff(mill_house, "Amina Yusuf", "key_worker", line_manager=grace)
    if "coordinator" in mill_house.pack.roles:
        give_role(
            mill_house,
            by=SETTING_UP,
            staff=amina,
            role="coordinator",
            from_on=OPENED,
            line_manager=grace,
        )
    owen = a_member_of_staff(quay_street, "Owen Price", "manager")
    beds = [
        add_bed(mill_house, by=SETTING_UP, name=f"1{letter}", floor="First floor", order=number)
        for number, letter in enumerate("ABCD")
    ]
    nowak = a_resident(mill_house, "Tomasz", "Nowak", born_on=date(1990, 5, 17))
    tomasz = begin_stay(mill_house, by=grace, resident=nowak, bed=beds[0], moved_in_on=MOVED_IN)
    # As the pages find them: with what they need at hand, and nothing remembered.
    return Cast(harbour, mill_house, quay_street, amina, grace, owen, tomasz, beds)


def a_member_of_staff(
    scheme: Scheme, name: str, role: str, line_manager: Staff | None = None
) -> Staff:
    """Somebody who works at the scheme in that role."""
    first, last = name.lower().split()[0], name.lower().split()[-1]
    staff = employ(
        scheme.organisation,
        by=SETTING_UP,
        name=name,
        email=f"{first}.{last}@harbour.example",
        initials="".join(word[0] for word in name.split()),
    )
    give_role(
        scheme, by=SETTING_UP, staff=staff, role=role, from_on=OPENED, line_manager=line_manager
    )
    show_what_is_asked(scheme, staff, role)
    return staff


def show_what_is_asked(scheme: Scheme, staff: Staff, role: str) -> None:
    """They have learned what the practice lets nobody hold the role without; a leader says so."""
    asked = [
        gate
        for gate in scheme.pack.training_gates
        if (role in gate.roles or scheme.pack.role(role).holds_cases)
        and gate.when_missing is not WhenPassed.WARN
    ]
    leaders = Staff.objects.filter(memberships__scheme=scheme, memberships__role="manager")
    leader = leaders.exclude(pk=staff.pk).first() if asked else None
    if leader is None:
        return
    for gate in asked:
        fill_in_about_the_team(
            scheme, by=leader, key="training", worker=staff,
            answers={"gate": gate.key, "what": "Seen by the manager"},
        )  # fmt: skip


def a_resident(
    scheme: Scheme, given_name: str, family_name: str, *, born_on: date | None = None
) -> Resident:
    """Somebody on file at the scheme's organisation."""
    return register_resident(
        scheme, by=SETTING_UP, given_name=given_name, family_name=family_name, born_on=born_on
    )
