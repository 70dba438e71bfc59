"""The induction is due on the first day; late ones say why, refused ones are offered again."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from alongside.admissions import operations
from alongside.admissions.models import Induction, InductionRefusal
from alongside.kit.refusal import NotPermitted, Refused
from alongside.practice.sheets import QuestionKind
from alongside.sheets.reading import rows_of
from alongside.signatures.queries import signatures_on
from alongside.signatures.signing import Mark
from alongside.testing.cast import Cast, a_member_of_staff

TODAY = date(2026, 4, 20)
DRAWN = Mark(strokes="M10 20 L40 60")


def everything(cast: Cast) -> dict[str, object]:
    asked = cast.mill_house.pack.sheet("induction").questions
    return {
        question.key: True if question.kind is QuestionKind.TICK else "Amina and Grace"
        for question in asked
        if question.required
    }


def held(cast: Cast, **given) -> Induction:
    operations.tick_items(cast.tomasz, by=cast.amina, answers=everything(cast))
    return operations.hold_induction(
        cast.tomasz,
        by=cast.amina,
        held_on=TODAY,
        attended=[cast.amina, cast.grace],
        resident_came="all",
        **{"late_because": "unwell", **given},
    )


@pytest.mark.req("S1-03")
def test_lines_are_ticked_one_by_one_with_who_and_when(cast: Cast) -> None:
    operations.tick_items(cast.tomasz, by=cast.amina, answers={"fire_exits": True})
    induction = operations.tick_items(cast.tomasz, by=cast.grace, answers={"complaints": True})

    ticked = {
        row.question.key: row.by
        for row in rows_of(induction.sheet, reader=cast.grace)
        if row.answer
    }
    assert ticked == {"fire_exits": "Amina Yusuf", "complaints": "Grace Okafor"}


@pytest.mark.req("S1-03")
def test_a_late_induction_needs_its_reason_and_its_days_are_counted(cast: Cast) -> None:
    with pytest.raises(Refused, match="was due on 2 March 2026"):
        held(cast, late_because="")

    induction = held(cast)

    assert (induction.late_because, induction.days_late) == ("unwell", 49)
    assert induction.attendances.count() == 2


def test_the_next_possible_day_is_planned_with_the_reason(cast: Cast) -> None:
    with pytest.raises(Refused, match="says too little"):
        operations.plan_induction(
            cast.tomasz, by=cast.amina, planned_on=date(2026, 4, 21), late_because="other"
        )
    operations.plan_induction(
        cast.tomasz, by=cast.amina, planned_on=date(2026, 4, 21), late_because="nobody_free"
    )

    assert held(cast, late_because="").late_because == "nobody_free"


def test_it_is_not_held_while_a_line_is_open(cast: Cast) -> None:
    with pytest.raises(Refused, match="is still open"):
        operations.hold_induction(
            cast.tomasz, by=cast.amina, held_on=TODAY, attended=[cast.amina],
            resident_came="all", late_because="unwell",
        )  # fmt: skip

    assert Induction.objects.filter(held_on__isnull=False).count() == 0


@pytest.mark.req("S1-03")
def test_both_sign_what_was_gone_through(cast: Cast) -> None:
    induction = held(cast)

    operations.sign_induction_as_resident(induction, by=cast.amina, mark=DRAWN)
    mark = operations.sign_induction_as_worker(induction, by=cast.amina, mark=DRAWN)

    assert signatures_on(induction).count() == 2
    assert mark.content["there"] == ["Amina Yusuf", "Grace Okafor"]


def test_it_is_not_signed_before_it_was_held(cast: Cast) -> None:
    induction = operations.tick_items(cast.tomasz, by=cast.amina, answers={"tour": True})

    with pytest.raises(Refused, match="has not been held yet"):
        operations.sign_induction_as_resident(induction, by=cast.amina, mark=DRAWN)


def test_a_refused_induction_is_offered_again_and_stays_owed(cast: Cast) -> None:
    operations.refuse_induction(
        cast.tomasz,
        by=cast.amina,
        offered_on=TODAY,
        reason="Too tired",
        next_offer_on=date(2026, 4, 21),
    )

    assert InductionRefusal.objects.get().stay == cast.tomasz
    assert cast.tomasz.duties.get(key="induction").met_on is None
    held(cast)
    assert cast.tomasz.duties.get(key="induction").met_on == TODAY


@pytest.mark.req("S1-36")
def test_a_project_worker_may_hold_an_induction(cast: Cast) -> None:
    dara = a_member_of_staff(cast.mill_house, "Dara Finn", "project_worker")
    operations.tick_items(cast.tomasz, by=dara, answers=everything(cast))

    induction = operations.hold_induction(
        cast.tomasz, by=dara, held_on=TODAY, attended=[dara], resident_came="part",
        late_because="unwell",
    )  # fmt: skip

    assert induction.held_by == dara


def test_owen_may_not_hold_it(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        operations.tick_items(cast.tomasz, by=cast.owen, answers={"tour": True})


@pytest.mark.parametrize(
    "wrong",
    [
        {"held_on": date(2026, 3, 1)},
        {"late_because": ""},
        {"planned_on": TODAY, "late_because": ""},
        {"resident_came": ""},
    ],
)
def test_the_database_refuses_half_an_induction(cast: Cast, wrong) -> None:
    induction = held(cast)
    change = {"held_by": None, **wrong} if "held_on" in wrong else wrong

    with pytest.raises(IntegrityError), transaction.atomic():
        Induction.objects.filter(pk=induction.pk).update(**change)


@pytest.mark.parametrize("wrong", [{"reason": ""}, {"next_offer_on": date(2026, 4, 19)}])
def test_the_database_refuses_a_refusal_without_reason_or_offer(cast: Cast, wrong) -> None:
    refusal = operations.refuse_induction(
        cast.tomasz, by=cast.amina, offered_on=TODAY, reason="Tired", next_offer_on=TODAY
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        InductionRefusal.objects.filter(pk=refusal.pk).update(**wrong)
