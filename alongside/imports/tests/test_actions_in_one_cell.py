"""Several actions in one cell: one each, shown before anything is brought in."""

from __future__ import annotations

from datetime import date

import pytest

from alongside.imports.kinds.numbered import apart
from alongside.imports.models import RowVerdict
from alongside.imports.tests.houses import bring, bring_in
from alongside.imports.tests.test_moves_and_forms import csv, plans
from alongside.plans.models import PlanAction


@pytest.fixture(autouse=True)
def _kept_apart(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.IMPORTS_IN_BACKGROUND = False


@pytest.mark.parametrize(
    "text",
    [
        "1) Open bank account 2) See GP", "1. Open bank account; 2. See GP",
        "1. Open bank account\n2. See GP", "(1) Open bank account, (2) See GP",
        "a) Open bank account b) See GP", "1: Open bank account 2: See GP",
        "- Open bank account\n- See GP", "• Open bank account\n• See GP",
        "1 - Open bank account\n2 - See GP", "This week: 1) Open bank account 2) See GP",
    ],
)  # fmt: skip
def test_each_number_is_an_action(text: str) -> None:
    assert apart(text)[1] == ["Open bank account", "See GP"]


@pytest.mark.parametrize(
    "text",
    [
        "Pay £1.50 and then £2.50", "Meet at 1:30 or 2:45", "Go on 1.2.2026",
        "Read chapter 2) first",
        "Do 2) then 3)", "1) Only one", "Ring mum\nRing dad", "- Only one",
        "Step 1", "Take 1 or 2 a day",
    ],
)  # fmt: skip
def test_other_numbers_are_words(text: str) -> None:
    assert apart(text) == ("", [text])


def test_each_takes_its_own_when_or_all_the_same() -> None:
    plan = csv(
        "Week,Client,Action,By when\n2/3/2026,Dana Holt,1) Bank 2) GP,1) 4/3/2026 2) Friday\n"
        "9/3/2026,Dana Holt,1) Bank 2) GP,13/3/2026\n16/3/2026,Dana Holt,Now: 1) A 2) B,\n",
        known=True,
    )
    one, two, three = plans(plan)
    assert [(a.text, a.due_on, a.when) for a in one.actions] == [
        ("Bank", date(2026, 3, 4), ""), ("GP", None, "Friday"),
    ]  # fmt: skip
    assert [a.due_on for a in two.actions] == [date(2026, 3, 13)] * 2
    assert three.words == {"action 3": "Now: 1) A 2) B"}
    assert plan.rows[0].words == "2 actions in one cell: 1. Bank; 2. GP."
    assert {str(r.verdict) for r in plan.rows} == {"new"}


def test_they_are_shown_in_the_dry_run_and_come_in_one_by_one(cast, grace, mill_house) -> None:
    bring_in(mill_house, grace, "people.csv", b"Name,Moved in\nMona Lee,5/1/2026\n")
    text = b"Week,Client,Action\n2/3/2026,Mona Lee,1) Open bank account 2) See GP\n"
    run = bring(mill_house, grace, "plans.csv", text)
    assert "1. Open bank account; 2. See GP" in RowVerdict.objects.get(run=run).words
    bring_in(mill_house, grace, "plans.csv", text)
    assert sorted(PlanAction.objects.values_list("text", flat=True)) == [
        "Open bank account", "See GP",
    ]  # fmt: skip
    assert bring(mill_house, grace, "plans.csv", text).count("unchanged") == 1
