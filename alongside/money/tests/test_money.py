"""Benefits that are live, a payment plan that is kept, savings and former arrears."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from alongside.duties.facts import occurrences
from alongside.kit.durations import Duration
from alongside.kit.refusal import NotPermitted, Refused
from alongside.money import models, operations
from alongside.money.models import PaymentPlan, instalments_due
from alongside.testing.cast import a_member_of_staff


def a_benefit(stay, by, kind="housing_benefit", status="live", from_on=date(2026, 3, 20)):
    return operations.list_benefit(stay, by=by, kind=kind, status=status, from_on=from_on)


def a_plan(stay, by, **changed):
    said = {"owed": Decimal(60), "amount": Decimal(10), "every": "P1W"}
    return operations.begin_payment_plan(
        stay, by=by, **{**said, "starts_on": date(2026, 3, 30), **changed}
    )


@pytest.mark.req("S1-61")
def test_a_benefit_is_live_until_it_is_suspended(tomasz, amina):
    benefit = a_benefit(tomasz, amina)
    assert occurrences("benefits.live:housing_benefit", tomasz) == [date(2026, 3, 20)]

    operations.record_status(benefit, by=amina, status="suspended", from_on=date(2026, 4, 17))

    assert not occurrences("benefits.live:housing_benefit", tomasz)


def test_any_income_benefit_counts_as_one(tomasz, amina):
    a_benefit(tomasz, amina, kind="universal_credit")

    assert occurrences("benefits.live:income_benefit", tomasz)
    assert not occurrences("benefits.live:housing_benefit", tomasz)


def test_a_status_of_tomorrow_is_refused(tomasz, amina):
    with pytest.raises(Refused, match="not happened yet"):
        a_benefit(tomasz, amina, from_on=date(2026, 4, 21))

    assert not models.Benefit.objects.exists()


def test_another_benefit_needs_its_name(tomasz, amina):
    with pytest.raises(Refused, match="needs its name"):
        a_benefit(tomasz, amina, kind="other")


@pytest.mark.req("S1-68")
def test_a_plan_with_fewer_than_two_missed_payments_is_kept(tomasz, amina):
    plan = a_plan(tomasz, amina)  # due 30 March, 6, 13 and 20 April
    assert not occurrences("payment_plans.kept:service_charge", tomasz)

    operations.record_payment(plan, by=amina, paid_on=date(2026, 4, 13), amount=Decimal(30))

    assert occurrences("payment_plans.kept:service_charge", tomasz) == [date(2026, 3, 30)]


@given(
    st.dates(date(2025, 1, 1), date(2026, 12, 31)),
    st.integers(min_value=0, max_value=400),
    st.sampled_from(["P1W", "P2W", "P4W", "P1M"]),
)
def test_instalments_never_run_backwards_and_begin_with_one(starts_on, days, every):
    day = date.fromordinal(starts_on.toordinal() + days)
    length = Duration.parse(every)

    due = instalments_due(starts_on, length, on=day)

    assert due >= 1
    assert due <= instalments_due(starts_on, length, on=length.after(day))
    assert instalments_due(starts_on, length, on=starts_on) == 1


@pytest.mark.req("S1-75")
def test_savings_are_what_was_put_by_less_what_was_taken_out(tomasz, amina):
    saving = operations.begin_saving(
        tomasz, by=amina, where="Credit union", goal=Decimal(300), opened_on=date(2026, 4, 1)
    )
    for amount in (Decimal(40), Decimal(-15)):
        operations.record_deposit(saving, by=amina, saved_on=date(2026, 4, 10), amount=amount)

    assert saving.saved() == Decimal(25)
    assert occurrences("savings.schemes", tomasz) == [date(2026, 4, 1)]


@pytest.mark.req("S1-80")
def test_arrears_are_addressed_when_something_was_done(tomasz, amina):
    arrears = operations.list_arrears(tomasz, by=amina, creditor="Northside Homes")
    assert not occurrences("arrears.addressed", tomasz)

    operations.record_arrears_step(
        arrears, by=amina, kind="contact", happened_on=date(2026, 4, 14), words="Rang them."
    )

    assert occurrences("arrears.addressed", tomasz) == [date(2026, 4, 14)]


def test_a_payment_of_arrears_needs_its_amount(tomasz, amina):
    arrears = operations.list_arrears(tomasz, by=amina, creditor="Northside Homes")

    with pytest.raises(Refused, match="how much was paid"):
        operations.record_arrears_step(
            arrears, by=amina, kind="payment", happened_on=date(2026, 4, 14)
        )


def _refuses(make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def test_the_database_refuses_what_contradicts_itself(tomasz, amina):
    benefit = a_benefit(tomasz, amina)
    plan = a_plan(tomasz, amina)
    day = date(2026, 4, 1)
    _refuses(lambda: models.Benefit.objects.create(stay=tomasz, kind="housing_benefit"))
    _refuses(lambda: models.BenefitStatus.objects.create(benefit=benefit, status="x", from_on=day))
    _refuses(lambda: PaymentPlan.objects.create(stay=tomasz, owed=5, amount=1, starts_on=day))
    PaymentPlan.objects.update(ended_on=day, ended_by=amina)
    _refuses(lambda: PaymentPlan.objects.create(stay=tomasz, owed=0, amount=1, starts_on=day))
    _refuses(lambda: PaymentPlan.objects.update(ended_by=None))
    _refuses(lambda: models.Payment.objects.create(plan=plan, paid_on=day, amount=0))
    _refuses(lambda: models.Saving.objects.create(stay=tomasz, where="", goal=0, opened_on=day))
    saving = models.Saving.objects.create(stay=tomasz, where="x", goal=1, opened_on=day)
    _refuses(lambda: models.Deposit.objects.create(saving=saving, saved_on=day, amount=0))
    models.Arrears.objects.create(stay=tomasz, creditor="x")
    _refuses(lambda: models.Arrears.objects.create(stay=tomasz, creditor="x"))


def test_the_page_shows_where_benefits_stand(client, tomasz, amina, django_assert_max_num_queries):
    a_benefit(tomasz, amina)
    a_plan(tomasz, amina)
    client.force_login(amina)

    with django_assert_max_num_queries(12):
        page = client.get(reverse("money:money", args=[tomasz.pk])).content.decode()

    assert "Housing Benefit" in page
    assert "4 payments missed" in page


def test_a_benefit_is_added_on_its_page_and_faults_stand_beside_the_field(client, tomasz, amina):
    client.force_login(amina)
    address = reverse("money:record", args=[tomasz.pk, "benefit"])

    wrong = client.post(address, {"kind": "housing_benefit", "status": "live"})
    assert wrong.status_code == 422
    assert "Since when?" in wrong.content.decode()

    right = client.post(
        address, {"kind": "housing_benefit", "status": "live", "from_on": "2026-04-01"}
    )
    assert right.status_code == 302
    assert models.BenefitStatus.objects.get().status == "live"


def test_to_owen_this_money_does_not_exist(client, tomasz, amina, owen):
    benefit = a_benefit(tomasz, amina)
    client.force_login(owen)
    for address in (
        reverse("money:money", args=[tomasz.pk]),
        reverse("money:record", args=[tomasz.pk, "benefit"]),
        reverse("money:follow-up", args=["status", benefit.pk]),
    ):
        assert client.get(address).status_code == 404
    with pytest.raises(NotPermitted):
        a_benefit(tomasz, owen, kind="universal_credit")


def test_the_kitchen_does_not_see_money(client, cast, tomasz):
    client.force_login(a_member_of_staff(cast.mill_house, "Kit Brown", "kitchen"))

    assert client.get(reverse("money:money", args=[tomasz.pk])).status_code == 403
