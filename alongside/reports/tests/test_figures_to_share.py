"""What others are told of a month names nobody, alone or beside another paper."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from alongside.exports.operations import content_of, take_out
from alongside.kit.refusal import NotPermitted, Refused
from alongside.reports.figures import Figure, Group
from alongside.reports.hiding import to_share
from alongside.reports.models import SharedFigures
from alongside.reports.operations import fix_figures
from alongside.testing.builders import a_stay
from alongside.testing.cast import Cast, a_member_of_staff

MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)
LEAST = 5
chance = random.Random(20260420)


def a_house_of_few() -> list[Group]:
    """Figures as a small house has them: mostly under five, some at five, few above."""
    number = lambda: chance.choice([0, 0, 1, 1, 2, 3, 4, 4, 5, 6, 9, 12])  # noqa: E731
    workers = [Figure(f"held-{n}", f"Worker {n}", number()) for n in range(chance.randint(0, 4))]
    states = [Figure(f"duty-{key}", key, number()) for key in ("met", "missed", "open")]
    moved = [Figure(way, f"Moved {way}", number()) for way in ("in", "out")]
    groups = {"Sessions held": workers, "Duties that fell due": states, "People": moved}
    return [Group(says, figures) for says, figures in groups.items()]


@pytest.mark.goal("G8")
def test_no_small_number_leaves_and_none_can_be_had_by_adding_up(
    tally: Callable[..., None],
) -> None:
    held = 0
    for _ in range(10_000):
        groups = a_house_of_few()
        lines = to_share(groups, LEAST)
        numbers = [int(line.many) for line in lines if line.many.isdigit()]
        small = [line for line in lines if not line.many.isdigit()]
        # A line that is the sum of others would give away the one of them that is hidden.
        inside = [f.number for group in groups[1:] for f in group.figures]
        held += (
            all(number >= LEAST for number in numbers)
            and {line.many for line in small} <= {f"fewer than {LEAST}"}
            and not any("Worker" in line.says for line in lines)
            and len(lines) == 1 + len(inside)
        )
    tally(held, of=10_000)


@pytest.mark.goal("G8")
def test_the_same_month_says_the_same_after_a_late_entry(cast: Cast) -> None:
    """Two papers of one month, before and after somebody was put in late, differ by nobody."""
    fixed = fix_figures(cast.mill_house, by=cast.grace, month=MARCH)
    before = the_paper(cast, fixed)
    a_stay(cast.beds[1], by=cast.grace, moved_in_on=date(2026, 3, 30))

    assert the_paper(cast, fixed) == before
    with pytest.raises(Refused, match="fixed already"):
        fix_figures(cast.mill_house, by=cast.grace, month=date(2026, 3, 17))


@pytest.mark.goal("G8")
def test_the_paper_names_nobody_and_no_number_that_is_small(cast: Cast) -> None:
    paper = the_paper(cast, fix_figures(cast.mill_house, by=cast.grace, month=MARCH))

    for name in ("Tomasz", "Nowak", "Amina", "Yusuf", "Grace"):
        assert name not in paper
    assert '"People","Moved in","fewer than 5"' in paper


def the_paper(cast: Cast, fixed: SharedFigures) -> str:
    made = take_out(
        cast.mill_house, by=cast.grace, what="figures", asked=f"fixed={fixed.pk}",
        columns=["group", "what", "many"], kind="csv", purpose="figures", words="The board.",
    )  # fmt: skip
    return content_of(made, cast.grace).data.decode("utf-8-sig")


def test_a_month_that_is_not_over_is_not_fixed(cast: Cast) -> None:
    with pytest.raises(Refused, match="April 2026 is not over yet"):
        fix_figures(cast.mill_house, by=cast.grace, month=APRIL)


def test_whoever_reads_no_figures_fixes_none(cast: Cast, client: Client) -> None:
    sam = a_member_of_staff(cast.mill_house, "Sam Reid", "support_worker")
    with pytest.raises(NotPermitted):
        fix_figures(cast.mill_house, by=sam, month=MARCH)
    client.force_login(sam)
    address = reverse("reports:figures-to-share", args=["mill-house"])
    assert client.get(address).status_code == 403


def test_a_month_of_another_service_is_not_there(cast: Cast, client: Client) -> None:
    fixed = fix_figures(cast.mill_house, by=cast.grace, month=MARCH)
    client.force_login(a_member_of_staff(cast.quay_street, "Nia Rees", "manager"))

    assert client.get(reverse("reports:shared-figures", args=[fixed.pk])).status_code == 404
    taken = f"?fixed={fixed.pk}"
    out = reverse("exports:take-out", args=["quay-street", "figures"]) + taken
    assert client.get(out).status_code == 404


def test_a_month_is_fixed_on_screen_and_looked_at(cast: Cast, client: Client) -> None:
    client.force_login(cast.grace)
    fix = reverse("reports:fix-figures", args=["mill-house"])

    assert client.post(fix, {"month": "2026-03-01"}).status_code == 302
    again = client.post(fix, {"month": "2026-03-01"})
    assert again.status_code == 422
    assert "fixed already" in again.text
    listed = client.get(reverse("reports:figures-to-share", args=["mill-house"])).text
    assert "March 2026" in listed
    fixed = SharedFigures.objects.get()
    page = client.get(reverse("reports:shared-figures", args=[fixed.pk])).text
    assert "fewer than 5" in page
    assert "Take it out as a file" in page


def test_the_database_fixes_a_month_once_and_hides_at_least_one_person(cast: Cast) -> None:
    fixed = fix_figures(cast.mill_house, by=cast.grace, month=MARCH)
    for wrong in ({"month": MARCH, "least": 5}, {"month": date(2026, 2, 1), "least": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SharedFigures.objects.bulk_create(
                [SharedFigures(scheme=cast.mill_house, fixed_by=fixed.fixed_by, **wrong)]
            )
