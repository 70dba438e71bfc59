"""A duty about something else than a stay: a member of staff, or the service itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.http import Http404

from alongside.duties.facts import FACTS_OF, provides
from alongside.duties.models import Duty, How, State
from alongside.duties.operations import excuse, work_out
from alongside.duties.queries import duty_for
from alongside.duties.recalculation import rebuild
from alongside.organisation.models import Membership
from alongside.organisation.operations import give_role
from alongside.practice.pack import read_over
from alongside.testing.cast import OPENED, SETTING_UP, Cast, a_member_of_staff

TODAY = date(2026, 4, 20)
RULES = """
[duties.supervision]
says = "Hold supervision"
subject = "staff"
anchor = "work.begun"
every = "P14D"
owner = ["line_manager", "manager"]
done_by = "supervision.held"
source = "Position description, supervision: fortnightly"

[duties.external-supervision]
says = "Go to external supervision"
subject = "staff"
anchor = "work.begun"
every = "P1M"
owner = ["worker"]
done_by = "external_supervision.attended"
source = "Position description, supervision: monthly"

[duties.policy-review]
says = "Review the policy"
subject = "scheme"
anchor = "policy.signed"
every = "P12M"
owner = ["manager"]
done_by = "policy.reviewed"
source = "Policy template: annually"
"""


@pytest.fixture
def held() -> list[date]:
    """The days on which supervision was held, as the room that keeps them would say."""
    return []


@pytest.fixture
def cast(_such_rules: None, cast: Cast) -> Cast:
    """The cast, at schemes whose practice has these rules."""
    return cast


@pytest.fixture
def _such_rules(tmp_path: Path, held: list[date]) -> Iterator[None]:
    folder = tmp_path / "staged-hostel" / "1.0.0"
    folder.mkdir(parents=True)
    (folder / "more.toml").write_text(RULES, encoding="utf-8")
    before = {kind: dict(facts) for kind, facts in FACTS_OF.items()}
    provides("supervision.held", subject="staff", reads=[])(lambda *_: held)
    provides("external_supervision.attended", subject="staff", reads=[])(lambda *_: [])
    provides("policy.signed", subject="scheme", reads=[])(lambda *_: [date(2025, 6, 3)])
    provides("policy.reviewed", subject="scheme", reads=[])(lambda *_: [])
    read_over(tmp_path)
    yield
    for kind in list(FACTS_OF):
        FACTS_OF[kind].clear()
        FACTS_OF[kind].update(before.get(kind, {}))
    read_over(None)


def owed(cast: Cast, key: str, **about) -> Duty:
    work_out(cast.mill_house, by=SETTING_UP)
    return Duty.objects.filter(key=key, **about).latest("due_on")


def test_supervision_is_owed_fourteen_days_after_the_last_by_the_line_manager(cast, held) -> None:
    held.append(date(2026, 4, 14))

    duty = owed(cast, "supervision", worker=cast.amina)

    assert duty.due_on == date(2026, 4, 28)
    assert (duty.owed_by, duty.owed_how) == (cast.grace, How.HOLDS)
    assert (duty.stay, duty.about) == (None, "Amina Yusuf")


def test_external_supervision_is_the_workers_own_every_month(cast) -> None:
    duty = owed(cast, "external-supervision", worker=cast.amina)

    assert duty.owed_by == cast.amina
    assert duty.due_on == date(2025, 2, 6)


def test_somebody_in_two_roles_is_supervised_once(cast) -> None:
    work_out(cast.mill_house, by=SETTING_UP)

    assert Membership.objects.filter(staff=cast.amina, scheme=cast.mill_house).count() == 2
    assert Duty.objects.filter(key="supervision", worker=cast.amina).count() == 1


def test_the_policy_is_reviewed_after_twelve_months_by_the_manager(cast) -> None:
    duty = owed(cast, "policy-review", subject_id=cast.mill_house.pk)

    assert (duty.due_on, duty.owed_by) == (date(2026, 6, 3), cast.grace)
    assert duty.whom == "Mill House"


def test_supervision_begins_with_the_role_in_the_same_minute(cast) -> None:
    bilal = a_member_of_staff(cast.mill_house, "Bilal Khan", "key_worker", line_manager=cast.grace)

    assert Duty.objects.get(key="supervision", worker=bilal).owed_by == cast.grace


def test_a_duty_about_a_colleague_is_hidden_from_those_who_neither_lead_nor_owe_it(cast) -> None:
    bilal = a_member_of_staff(cast.mill_house, "Bilal Khan", "key_worker", line_manager=cast.grace)
    duty = owed(cast, "supervision", worker=cast.amina)

    assert duty_for(cast.grace, duty.pk) == duty
    assert duty_for(cast.amina, duty.pk) == duty
    for nobody in (bilal, cast.owen):
        with pytest.raises(Http404):
            duty_for(nobody, duty.pk)


def test_excusing_it_counts_as_excused(cast) -> None:
    duty = owed(cast, "supervision", worker=cast.amina)

    excuse(duty, by=cast.grace, reason="On a course")

    assert owed(cast, "supervision", worker=cast.amina).state == State.EXCUSED


def test_rebuilding_gives_the_same_duties_about_everything(cast) -> None:
    give_role(cast.quay_street, by=SETTING_UP, staff=cast.amina, role="key_worker", from_on=OPENED)
    for scheme in (cast.mill_house, cast.quay_street):
        work_out(scheme, by=SETTING_UP)
    names = ("subject_kind", "subject_id", "scheme", "key", "period_from", "due_on", "owed_by")
    before = sorted(map(str, Duty.objects.values_list(*names)))

    rebuild()

    assert sorted(map(str, Duty.objects.values_list(*names))) == before


def test_what_is_outstanding_names_what_it_is_about(cast) -> None:
    work_out(cast.mill_house, by=SETTING_UP)

    owed = Duty.objects.for_page().outstanding(TODAY).filter(scheme=cast.mill_house)
    names = {duty.whom for duty in owed}

    assert {"Amina Yusuf", "Grace Okafor", "Mill House"} <= names
