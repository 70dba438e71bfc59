"""Sets up the second organisation: its services, whoever works there, their rooms."""

from __future__ import annotations

from datetime import date, timedelta

from alongside.accommodation.operations import add_bed
from alongside.demo.elsewhere.people import DOMAIN, ORGANISATION, SERVICES, Service
from alongside.demo.house import TELLER, House
from alongside.organisation.models import Organisation, Scheme, Staff
from alongside.organisation.operations import employ, found_organisation, give_role, open_scheme
from alongside.paperwork.operations import fill_in_about_the_team
from alongside.practice.rules import WhenPassed
from alongside.schemes.operations import amend_scheme

BEDS_SHOWN = 20
SOON_OUT = timedelta(days=240)  # forty days after today
PLAIN = str.maketrans("āēīōūĀĒĪŌŪ", "aeiouAEIOU")


def found_elsewhere(opened_on: date) -> list[House]:
    """The organisation with its five services. To Harbour Trust none of it exists."""
    organisation = found_organisation(
        Organisation(name=ORGANISATION, slug="kowhai-and-oak"), by=TELLER
    )
    return [_open(organisation, service, opened_on) for service in SERVICES]


def _open(organisation: Organisation, service: Service, opened_on: date) -> House:
    scheme = open_scheme(
        organisation, by=TELLER, name=service.name, slug=service.slug, pack_key=service.pack,
        time_zone=service.time_zone, address=service.address, women_only=service.women_only,
        residential=service.residential,
    )  # fmt: skip
    staff: dict[str, list[Staff]] = {}
    manager: Staff | None = None
    for name, role in service.staff:
        person = employ(
            organisation, by=TELLER, name=name, initials="".join(word[0] for word in name.split()),
            email=f"{'.'.join(name.translate(PLAIN).lower().split())}@{DOMAIN}",
        )  # fmt: skip
        give_role(scheme, by=TELLER, staff=person, role=role, from_on=opened_on,
                  line_manager=manager)  # fmt: skip
        manager = manager or person
        staff.setdefault(role, []).append(person)
    leader = staff[service.staff[0][1]][0]
    _train(scheme, leader, [one for held in staff.values() for one in held], opened_on)
    amend_scheme(
        scheme, by=leader, name=scheme.name, time_zone=scheme.time_zone,
        address=scheme.address, women_only=scheme.women_only, residential=scheme.residential,
        places=service.places, practice_model=service.model,
    )  # fmt: skip
    scheme.refresh_from_db()
    many = min(service.places or 0, BEDS_SHOWN) if service.rooms else 0
    beds = [
        add_bed(scheme, by=TELLER, name=f"{service.rooms}{number}", order=number,
                floor="Upstairs" if number > many // 2 else "Downstairs")
        for number in range(1, many + 1)
    ]  # fmt: skip
    return House(scheme, beds, staff)


def _train(scheme: Scheme, leader: Staff, team: list[Staff], opened_on: date) -> None:
    """What the roles ask for was seen; one training soon runs out, and a few were never shown."""
    cases = {role.key for role in scheme.pack.roles if role.holds_cases}
    for number, person in enumerate(team):
        roles = set(person.roles_at(scheme.pk))
        for gate in scheme.pack.training_gates:
            must = gate.when_missing is not WhenPassed.WARN and bool(roles & cases)
            if person == leader or not (must or roles & set(gate.roles)):
                continue
            if not must and number % 3 == 0:
                continue
            until = opened_on + SOON_OUT if gate.valid_for and number % 2 else None
            fill_in_about_the_team(
                scheme, by=leader, key="training", worker=person,
                answers={
                    "gate": gate.key, "what": gate.evidence, "seen_by": leader.name,
                    "expires_on": until.isoformat() if until else "",
                },
            )  # fmt: skip
