"""Fourteen kinds of people in eight relations to Tomasz, and what the table says of each at a door.

The table is two files: `rules.toml` says what a role must include to come in at an address and to
change something there; the policy says whose records one sees. A cell is a door, a method, a role
and a relation; what it must answer is worked out here and nowhere in the house.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.test import Client
from django.urls import reverse

from alongside.accommodation.operations import add_bed
from alongside.config.doors import rules
from alongside.kit import clock, wall
from alongside.organisation.models import Membership, Organisation, Scheme, Staff
from alongside.organisation.operations import found_organisation, open_scheme
from alongside.portal.views.guests import KEY, Guest
from alongside.practice import pack as practice
from alongside.practice.actions import Action
from alongside.rights.models import Limit
from alongside.stays.models import Stay
from alongside.stays.operations import begin_stay
from alongside.testing.cast import MOVED_IN, OPENED, SETTING_UP, Cast, a_member_of_staff, a_resident
from tests.house.doors import Door

# A provider's own directory, with the two roles that the shipped practice has not.
PRACTICE = Path(__file__).parent / "practice"
STRANGER, RESIDENT = "a stranger", "a resident"
METHODS = ("GET", "POST", "HEAD", "OPTIONS", "DELETE")
# By role, what the person is here: nobody we know, a resident by their PIN, or a role of the pack.
ROLES = {
    "anonymous": STRANGER,
    "resident": RESIDENT,
    "relative or advocate": STRANGER,
    "support worker": "support_worker",
    "key worker": "key_worker",
    "night staff": "night_worker",
    "team leader": "coordinator",
    "manager": "manager",
    "service administrator": "administrator",
    "organisation administrator": "administrator",
    "privacy officer": "privacy_officer",
    "commissioner": "commissioner",
    "integration token": STRANGER,
    "leaver": "key_worker",
}
# Whoever has one of these sees nobody's words anywhere, wherever they work.
SEES_NOBODY = {"service administrator", "organisation administrator", "commissioner"}


class Relation(StrEnum):
    """How somebody stands to Tomasz. The second word is where they work or live."""

    OWN = "own"
    SAME_SERVICE = "same service"
    OTHER_SERVICE = "other service"
    OTHER_ORGANISATION = "other organisation"
    EXCLUDED = "excluded by name"
    ALLOWED = "restricted and allowed"
    NOT_ALLOWED = "restricted and not"
    SELF_OR_KIN = "self or kin"


NAMED = (Relation.EXCLUDED, Relation.SELF_OR_KIN)
RESTRICTED = (Relation.ALLOWED, Relation.NOT_ALLOWED)
ELSEWHERE = (Relation.OTHER_SERVICE, Relation.OTHER_ORGANISATION)
HIDDEN = {*ELSEWHERE, *NAMED, Relation.NOT_ALLOWED}

# Keys in an address that are of the house or of a colleague, and not of one person.
OF_THE_HOUSE = {
    "bed_id", "staff_id", "slot_id", "fault_id", "turn_id", "clocking_id", "swap_id", "run_id",
    "contingency_id", "absence_id", "admission_id", "referral_id",
    "membership_id", "stand_in_id", "provider_id", "month_id", "export_id", "data_breach_id",
    "spending_id", "figures_id", "leaver_id", "staff_hold_id", "staff_erasure_id", "other_duty_id",
    "conversation_id", "message_id", "member_id",
}  # fmt: skip
ROOMS_OF_THE_HOUSE = {
    "workshops:register", "workshops:cancel-workshop", "drafts:draft", "paperwork:team-form",
    "paperwork:service-form", "retention:answer", "retention:keep",  # of somebody who left
}  # fmt: skip


# What the very thing asks for that is tried with: a sealed line on health, a promotion, coverage.
OF_THE_THING = {
    "exports:take-out": Action.READ_REPORTS,
    "rights:correct": Action.READ_SEALED_HEALTH,
    "rights:leave-sealed": Action.READ_SEALED_HEALTH,
    "rights:lift": Action.READ_SEALED_HEALTH,
    "rights:lift-it": Action.READ_SEALED_HEALTH,
    "rights:lifting": Action.READ_SEALED_HEALTH,
    "rights:take-back": Action.READ_SEALED_HEALTH,
    "rights:unseal": Action.READ_SEALED_HEALTH,
    "stages:move": Action.PROMOTE,
}
# Doors of whoever asked for a thing, and of nobody else: none of these people did.
OF_WHOEVER_ASKED = {"exports:file"}
# What is sent to a door that is told in its form, and not in its address, where one wants to go.
SENDS = {"organisation:choose-scheme": "scheme=mill-house"}


def is_of_one_person(door: Door) -> bool:
    keys = {name for name, kind in door.parts if kind == "uuid"}
    of_staff = door.name.startswith("signin:") or door.name in ROOMS_OF_THE_HOUSE
    return bool(keys - OF_THE_HOUSE) and not of_staff


def is_somewhere(door: Door) -> bool:
    """Whether the address names a house, or something in one."""
    sent = door.name in SENDS
    return sent or "scheme" in door.wants or any(kind == "uuid" for _, kind in door.parts)


class Expected(StrEnum):
    """What the table says: sign in first, not for this role, not there at all, or come in."""

    SIGN_IN = "is asked to sign in"
    NO_RIGHT = "is refused for the role"
    MISSING = "finds nothing there"
    ONLY_LOOKS = "comes in and changes nothing"
    COMES_IN = "comes in"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a browser of their own, signed in as far as they can be."""

    role: str
    relation: Relation
    client: Client
    session: str
    staff: Staff | None = None

    def __str__(self) -> str:
        return f"{self.role}, {self.relation}"

    def may(self, action: str) -> bool:
        return (
            self.staff is not None
            and action in practice.pack("staged-hostel").role(ROLES[self.role]).may
        )

    def asks(self, method: str, address: str, sends: str = "") -> Any:
        """The answer to one request; what the last one did to the browser is forgotten."""
        self.client.cookies.clear()
        if self.session:
            self.client.cookies[settings.SESSION_COOKIE_NAME] = self.session
        kind = "application/x-www-form-urlencoded"
        return self.client.generic(method, address, sends if method == "POST" else "", kind)


def expected(door: Door, method: str, person: Person) -> Expected:
    """What the table says of one cell."""
    rule = rules()[door.name]
    if person.staff is None or person.role == "leaver":
        return Expected.SIGN_IN
    wanted = {rule.see, rule.also} & {*Action}
    wanted |= {OF_THE_THING[door.name]} if door.name in OF_THE_THING else set()
    if "stay_id" in door.wants:
        wanted.add(Action.READ_FILE)  # whatever else a page of somebody's file asks for
    # None of these people is ever whom a page of one of us is about.
    wanted |= {rule.others} - {""}
    if not all(person.may(right) for right in wanted):
        return Expected.NO_RIGHT
    if person.relation in ELSEWHERE and is_somewhere(door):
        return Expected.MISSING
    if person.relation in HIDDEN and is_of_one_person(door):
        return Expected.MISSING
    may_act = door.name not in OF_WHOEVER_ASKED and (not rule.act or person.may(rule.act))
    return Expected.COMES_IN if method != "POST" or may_act else Expected.ONLY_LOOKS


def everybody(cast: Cast) -> list[Person]:
    """Each role in each relation; the lists that make the relations are written too."""
    here = {
        Relation.OTHER_SERVICE: cast.quay_street,
        Relation.OTHER_ORGANISATION: another_organisation(),
    }
    residents = _residents(cast, here)
    staff = [
        _employed(cast, role, relation, here.get(relation, cast.mill_house))
        for role, what in ROLES.items()
        for relation in Relation
        if what not in {STRANGER, RESIDENT}
    ]
    made = {(role, relation): one for role, relation, one, _ in staff}
    Staff.objects.bulk_create(made.values())
    Membership.objects.bulk_create(post for *_, posts in staff for post in posts)
    Limit.objects.bulk_create(
        Limit(resident_id=cast.tomasz.resident_id, staff=one, kind="never", because="Kin.")
        for (_, relation), one in made.items()
        if relation in NAMED
    )
    return [
        _at_a_browser(role, relation, made.get((role, relation)), residents.get(relation))
        for role in ROLES
        for relation in Relation
    ]


def restrict(cast: Cast, people: list[Person]) -> None:
    """From now on only those who are allowed may open the file."""
    Limit.objects.bulk_create(
        Limit(resident_id=cast.tomasz.resident_id, staff=one.staff, kind="only", because="Known.")
        for one in people
        if one.relation is Relation.ALLOWED and one.staff
    )


def another_organisation() -> Scheme:
    other = found_organisation(Organisation(name="Kauri House", slug="kauri"), by=SETTING_UP)
    return open_scheme(other, by=SETTING_UP, name="Kauri", slug="kauri", pack_key="staged-hostel")


def _residents(cast: Cast, here: dict[Relation, Scheme]) -> dict[Relation, Stay]:
    found = dict.fromkeys(Relation, cast.tomasz)
    places = {**here, Relation.SAME_SERVICE: cast.mill_house}
    for number, (relation, scheme) in enumerate(places.items()):
        by = a_member_of_staff(scheme, f"Una {scheme.slug} {number}", "manager")
        bed = add_bed(scheme, by=SETTING_UP, name=f"7{number}", floor="Attic", order=70 + number)
        someone = a_resident(scheme, "Kiri", f"Number {number}")
        found[relation] = begin_stay(scheme, by=by, resident=someone, bed=bed, moved_in_on=MOVED_IN)
    return found


def _employed(
    cast: Cast, role: str, relation: Relation, scheme: Scheme
) -> tuple[str, Relation, Staff, list[Membership]]:
    key = f"{role} {relation}".replace(" ", ".")
    last_day = clock.today() - timedelta(days=1) if role == "leaver" else None
    one = Staff(
        organisation_id=scheme.organisation_id, name=key, email=f"{key}@x.example",
        last_day=last_day,
    )  # fmt: skip
    at = [scheme]
    if role == "organisation administrator" and relation not in ELSEWHERE:
        at.append(cast.quay_street)
    posts = [Membership(staff=one, scheme=place, role=ROLES[role], from_on=OPENED) for place in at]
    return role, relation, one, posts


def _at_a_browser(role: str, relation: Relation, staff: Staff | None, stay: Stay | None) -> Person:
    client = Client(raise_request_exception=False)
    if staff:
        client.force_login(staff)
    elif ROLES[role] is RESIDENT and stay:
        now = clock.now().timestamp()
        session = client.session
        guest = Guest(str(stay.pk), reverse("portal:pin"), now, until=now + 900, inside=True)
        session[KEY] = {name: getattr(guest, name) for name in guest.__slots__}
        session[wall.KEY] = str(stay.scheme.organisation_id)
        session.save()
        client.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)
    there = client.cookies.get(settings.SESSION_COOKIE_NAME)
    if role == "integration token":
        client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {UUID(int=7)}"
    return Person(role, relation, client, there.value if there else "", staff)


def in_relation(people: list[Person], *, restricted: bool) -> Iterator[Person]:
    """Those whose relation holds while the file is restricted, or while it is not."""
    return (one for one in people if (one.relation in RESTRICTED) is restricted)
