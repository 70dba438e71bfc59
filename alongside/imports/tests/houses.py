"""The two invented places as schemes of one organisation, and their files brought by operations."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from alongside.imports.models import ImportRun
from alongside.imports.operations import answer_names, apply_import, begin_applying, start_import
from alongside.imports.operations.bringing import Said
from alongside.imports.tests.hostel import ANSWERS, DATA
from alongside.organisation.models import Scheme, Staff
from alongside.organisation.operations import employ, give_role, open_scheme
from alongside.testing.cast import OPENED, SETTING_UP, Cast

THAT_DAY = datetime(2026, 11, 20, 12, tzinfo=ZoneInfo("Europe/London"))
HOSTEL_STAFF = {
    "DB": "Dawn Bellairs-Nott",
    "MO": "Marek Olszak",
    "SK": "Shabnam Kazimi",
    "TR": "Tunde Rowland-Eze",
    "JMcG": "Jo McGrath-Ives",
    "PW": "Priyal Wadhwan",
    "LF": "Leigh Fallowell",
}
WHARE_STAFF = ("Moana T", "Rawiri P", "Sela", "Anneke d V")


def a_scheme(cast: Cast, name: str, slug: str, zone: str = "Europe/London") -> Scheme:
    return open_scheme(
        cast.organisation,
        by=SETTING_UP,
        name=name,
        slug=slug,
        pack_key="staged-hostel",
        time_zone=zone,
    )


def who_works_there(scheme: Scheme, name: str, initials: str = "", role: str = "key_worker"):
    email = f"{name.lower().replace(' ', '.')}@{scheme.slug}.example"
    staff = employ(scheme.organisation, by=SETTING_UP, name=name, email=email, initials=initials)
    give_role(scheme, by=SETTING_UP, staff=staff, role=role, from_on=OPENED)
    return staff


def kiln_street(cast: Cast) -> tuple[Scheme, Staff]:
    """The hostel of the workbook, with nothing in it, and its manager."""
    scheme = a_scheme(cast, "Kiln Street", "kiln-street")
    for initials, name in HOSTEL_STAFF.items():
        who_works_there(scheme, name, initials)
    return scheme, who_works_there(scheme, "Ruth Adebayo", "RA", "manager")


def whare(cast: Cast) -> tuple[Scheme, Staff]:
    """The transitional service of the delimited files, and its manager."""
    scheme = a_scheme(cast, "Whare Manaaki", "whare-manaaki", "Pacific/Auckland")
    for name in WHARE_STAFF:
        who_works_there(scheme, name)
    return scheme, who_works_there(scheme, "Hana Ruru", "HR", "manager")


def bring(
    scheme: Scheme, by: Staff, name: str, content: bytes = b"", *, answered: bool = False
) -> ImportRun:
    """A file, looked through and not applied."""
    content = content or (DATA / name).read_bytes()
    run = start_import(scheme, by=by, name=name, content=content)
    if answered:
        run = answer_names(run, by=by, answers=SAID)
    return run


def bring_in(
    scheme: Scheme, by: Staff, name: str, content: bytes = b"", *, answered: bool = False
) -> ImportRun:
    """A file, looked through and applied."""
    run = begin_applying(bring(scheme, by, name, content, answered=answered), by=by)
    return apply_import(run, by=by)


SAID = [
    Said(text, answer.name, born=answer.born)
    for text, answers in ANSWERS.people.items()
    for answer in answers
]
