"""The same pages under each of the five practices: all of them open, in that practice's words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from alongside.agreements.operations import explain
from alongside.allocations.operations import allocate
from alongside.assessments.operations import Said, start_assessment
from alongside.keywork.operations import record_session, write_note
from alongside.kit.refusal import Refused
from alongside.money.operations import list_benefit
from alongside.paperwork.content import offered
from alongside.plans.operations import add_goal, open_version, write_action
from alongside.practice.pack import pack
from alongside.practice.parts import switched_off
from alongside.testing.builders import a_booked_review, an_assessment
from alongside.testing.cast import Cast, assemble
from tests.house.things import TODAY

PRACTICES = (
    "aotearoa-transitional",
    "childrens-home",
    "coordinated-care",
    "staged-hostel",
    "supported-living",
)
RESIDENT, CLIENT, YOUNG, CUSTOMER = (
    r"residents?",
    r"clients?",
    r"young (person|people)",
    r"customers?",
)
LINK, KEY, CO = r"link workers?", r"key workers?", r"co-ordinators?"
HOSTEL = r"hostels?", r"action plans?", r"key-work sessions?", r"weekly action forms?"
FOREIGN = {
    "aotearoa-transitional": (RESIDENT, YOUNG, CUSTOMER, LINK, CO, *HOSTEL),
    "childrens-home": (RESIDENT, CLIENT, CUSTOMER, LINK, CO, *HOSTEL),
    "coordinated-care": (RESIDENT, CLIENT, YOUNG, LINK, KEY, *HOSTEL),
    "staged-hostel": (CLIENT, YOUNG, CUSTOMER, LINK, CO),
    "supported-living": (RESIDENT, CLIENT, YOUNG, CUSTOMER, KEY, CO, *HOSTEL),
}
OWN = (
    "Key worker policy",
    "Key worker guidance",
    "Residents Charter",
    "Kitchen Co-ordinator",
    "hostel or night shelter",
    "Client Services",
)


# How we work: these pages name clauses of the sources, facts and practices.
NAMES_SOURCES = re.compile(
    r"/(practice|services)/|/file/[^/]+/practice/|/schemes/[^/]+/coverage/limits/"
    r"|/staff/[^/]+/answers/"
)


class Page(HTMLParser):
    """What is read on a page, and where its links lead."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.links: list[str] = []
        self._quiet = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._quiet += tag in ("script", "style")
        given = dict(attrs)
        if tag == "a" and (href := given.get("href") or "").startswith("/"):
            self.links.append(href.partition("#")[0])
        self.said += [given[name] or "" for name in ("aria-label", "title") if name in given]

    def handle_endtag(self, tag: str) -> None:
        self._quiet -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._quiet:
            self.said.append(data)


@pytest.fixture(params=PRACTICES)
def house(request, db) -> Cast:
    """The cast in that practice, with something in Tomasz's file."""
    cast = assemble(request.param)
    lived_in(cast)
    return cast


def lived_in(cast: Cast) -> None:
    stay, here = cast.tomasz, cast.mill_house.pack
    allocate(stay, by=cast.grace, worker=cast.amina)
    write_note(stay, by=cast.amina, kind="informal", text="Talked in the garden.")
    headings = {one.key: "Going well" for one in here.choices("session_headings")}
    framework = next(iter(here.frameworks))
    item, level = framework.items[0].key, framework.scale[1]
    record_session(
        stay, by=cast.amina, held_on=TODAY, minutes=30, headings=headings, raise_issue="A talk",
        raise_need=item,
    )  # fmt: skip
    begun = start_assessment(stay, by=cast.amina, assessed_on=TODAY)
    an_assessment(begun, by=cast.amina, answers={item: Said(answer="rated", level=level)})
    plan = open_version(stay, by=cast.amina)
    add_goal(plan, by=cast.amina, words="Learn to cook", whose_idea="resident", need=item)
    write_action(plan, by=cast.amina, text="Buy a pan", when_on=TODAY)
    explain(stay, by=cast.amina, key=next(iter(here.agreements)).key, explained_on=TODAY)
    for kind in here.reviews:
        a_booked_review(stay, by=cast.amina if "key_worker" in kind.led_by else cast.grace,
                        kind=kind.key)  # fmt: skip


def walked(client: Any, starts: list[str]) -> Iterator[tuple[str, Any]]:
    """Every kind of page one comes to by following links, each of them once."""
    waiting, kinds = list(starts), set(starts)
    while waiting:
        address = waiting.pop(0)
        answer = client.get(address, follow=True)
        yield address, answer
        if "html" not in answer.headers.get("Content-Type", ""):
            continue
        for link in Page(answer.content.decode()).links:
            kind = re.sub(r"[0-9a-f-]{36}", "…", link.partition("?")[0])
            if kind not in kinds and not link.startswith(("/static", "/ui/")):
                kinds.add(kind)
                waiting.append(link)


def starts(cast: Cast) -> list[str]:
    return ["/", reverse("casefile:casefile", args=[cast.tomasz.pk])]


@pytest.mark.req("S0-12", "S2-02")
def test_every_page_opens_in_the_words_of_its_practice(client, house):
    """Following every link that is offered to the manager."""
    client.force_login(house.grace)
    client.raise_request_exception = False
    name = house.mill_house.pack.key
    foreign = re.compile(rf"\b({'|'.join(FOREIGN[name])})\b", re.IGNORECASE)
    closed, strange = [], []
    for address, answer in walked(client, starts(house)):
        if answer.status_code != 200:
            closed.append((address, answer.status_code))
        elif not NAMES_SOURCES.match(address) and "html" in answer.headers.get("Content-Type", ""):
            said = " ".join(Page(answer.content.decode()).said)
            for own in OWN:
                said = said.replace(own, "")
            strange += [
                (address, said[max(found.start() - 40, 0) : found.end() + 40].strip())
                for found in foreign.finditer(said)
            ]
    assert not closed
    assert not strange


def test_what_a_practice_has_switched_off_is_not_offered_and_has_no_address(client, house):
    client.force_login(house.grace)
    here, stay = house.mill_house.pack, house.tomasz
    offered_here = " ".join(Page(client.get("/").content.decode()).links)
    offered_here += " ".join(
        Page(client.get(reverse("casefile:casefile", args=[stay.pk])).content.decode()).links
    )
    for _, _, name in settings.CASEFILE:
        address = reverse(name, args=[stay.pk])
        off = switched_off(name, here)
        assert (client.get(address).status_code == 404) == bool(off), name
        assert not (off and address in offered_here), name


@pytest.mark.parametrize("name", [name for name in PRACTICES if pack(name).closes("money")])
def test_nothing_is_written_in_a_part_that_is_switched_off(db, name):
    cast = assemble(name)
    with pytest.raises(Refused, match="is not used here"):
        list_benefit(cast.tomasz, by=cast.amina, kind="other", status="live", from_on=TODAY)


def test_every_form_that_is_offered_can_be_opened(client, house):
    client.force_login(house.amina)
    forms = offered(house.mill_house.pack)
    assert forms
    for asked in forms:
        address = reverse("paperwork:fill-in", args=[house.tomasz.pk, asked.key])
        assert client.get(address).status_code == 200


def test_where_people_are_not_scored_no_page_of_the_assessment_shows_a_percentage(client, house):
    client.force_login(house.amina)
    framework = next(iter(house.mill_house.pack.frameworks))
    page = client.get(reverse("assessments:progress", args=[house.tomasz.pk]))
    said = " ".join(Page(page.content.decode()).said)
    assert bool(re.search(r"\d%", said)) == framework.has_percent
    level = framework.levels[framework.scale[1]].says
    assert framework.has_percent or level in said
