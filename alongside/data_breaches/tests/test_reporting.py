"""Anybody who works here reports a breach; and it never waits for whoever caused it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.urls import reverse

from alongside.absence.operations import report_sick
from alongside.audit.models import Entry
from alongside.data_breaches.models import Account, DataBreach
from alongside.data_breaches.operations import (
    Known,
    close_breach,
    leave_untold,
    report_breach,
    tell,
)
from alongside.data_breaches.queries import settled_by_nobody
from alongside.duties.models import Duty, How, State
from alongside.kit.refusal import NotPermitted, Refused
from alongside.organisation.models import Membership, Staff
from alongside.testing.cast import Cast, a_member_of_staff

KNOWN = datetime(2026, 4, 20, 8, 30, tzinfo=UTC)
TYPED = {
    "what": "The diary was left on the bus.", "kind": "lost", "aware_at": "2026-04-20T09:30",
    "at_once": "The depot was rung.", "seriousness": "risk", "how_many": "7",
}  # fmt: skip


def known(by: Staff, **changed: Any) -> Known:
    said: dict[str, Any] = {
        "what": "The diary was left on the bus.", "kind": "lost", "aware_at": KNOWN,
        "known_by": by, "at_once": "The depot was rung.", "seriousness": "risk", "how_many": 7,
        **changed,
    }  # fmt: skip
    return Known(**said)


def cook_of(cast: Cast) -> Staff:
    return a_member_of_staff(cast.mill_house, "Ines Faro", "kitchen", cast.grace)


def owed(breach: DataBreach) -> list[Duty]:
    found = Duty.objects.filter(subject_id=breach.pk, key="data-breach-regulator")
    return list(found.exclude(state=State.VOID))


@pytest.mark.req("S0-62")
def test_the_cook_reports_one_and_sees_that_and_not_the_register(client: Any, cast: Cast) -> None:
    cook = cook_of(cast)
    page = reverse("data_breaches:report", args=["mill-house"])
    client.force_login(cook)
    assert "Tomasz" not in client.get(page).text
    refused = client.post(page, {**TYPED, "known_by": str(cook.pk), "at_once": ""})
    assert refused.status_code == 422
    assert "The diary was left on the bus." in refused.text
    client.post(page, {**TYPED, "known_by": str(cook.pk)})
    breach = DataBreach.objects.get()
    assert "In the register" in client.get(page).text
    assert client.get(reverse("data_breaches:register", args=["mill-house"])).status_code == 403
    for url in ("one", "correct", "close"):
        at = reverse(f"data_breaches:{url}", args=[breach.pk])
        assert client.get(at).status_code in {403, 404}
    assert Entry.objects.get(event="data_breach.reported").actor_id == cook.pk
    (duty,) = owed(breach)
    assert duty.owed_by == cast.grace

    client.force_login(cast.grace)
    assert "The diary" in client.get(reverse("data_breaches:register", args=["mill-house"])).text
    assert "The diary" not in client.get(page).text
    client.force_login(cast.owen)
    assert client.get(page).status_code == 404
    assert client.post(page, TYPED).status_code == 404


def test_who_reports_sees_their_own_words_and_later_that_it_is_closed(
    client: Any, cast: Cast
) -> None:
    cook = cook_of(cast)
    breach = report_breach(cast.mill_house, by=cook, known=known(cook))
    for whom in ("regulator", "people"):
        leave_untold(breach, by=cast.grace, whom=whom, because="It came back unopened.")
    close_breach(breach, by=cast.grace, lessons="The diary stays here, says the secret lesson.")
    client.force_login(cook)
    shown = client.get(reverse("data_breaches:report", args=["mill-house"])).text
    assert "Closed" in shown
    assert "secret lesson" not in shown
    assert "came back unopened" not in shown


def test_nobody_reports_for_a_house_where_they_do_not_work_or_what_they_caused(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        report_breach(cast.mill_house, by=cast.owen, known=known(cast.owen))
    cook = cook_of(cast)
    with pytest.raises(Refused, match="does not keep its record"):
        report_breach(cast.mill_house, by=cook, known=known(cook, cause=cook))
    with pytest.raises(NotPermitted):
        tell(report_breach(cast.mill_house, by=cook, known=known(cook)), by=cook,
             whom="regulator", told_at=KNOWN, body="Them")  # fmt: skip


@pytest.mark.req("S0-62")
def test_if_the_only_keeper_caused_it_her_line_manager_owes_the_telling(
    client: Any, cast: Cast
) -> None:
    lead = a_member_of_staff(cast.quay_street, "Ada Brandt", "manager")
    Membership.objects.filter(staff=cast.grace, scheme=cast.mill_house).update(line_manager=lead)
    other = report_breach(cast.mill_house, by=cast.amina, known=known(cast.amina))
    breach = report_breach(
        cast.mill_house, by=cast.amina, known=known(cast.amina, cause=cast.grace)
    )
    (duty,) = owed(breach)
    assert duty.owed_by == lead
    assert owed(other)[0].owed_by == cast.grace

    here = reverse("data_breaches:one", args=[breach.pk])
    client.force_login(cast.grace)
    assert client.get(here).status_code == 404
    with pytest.raises(Refused, match="Whoever caused a breach"):
        leave_untold(breach, by=cast.grace, whom="regulator", because="No.")
    client.force_login(lead)
    assert "The diary" in client.get(here).text
    assert client.get(reverse("data_breaches:one", args=[other.pk])).status_code == 404
    assert client.get(reverse("data_breaches:register", args=["mill-house"])).status_code == 404
    client.post(reverse("data_breaches:tell", args=[breach.pk, "regulator"]),
                {"told_at": "2026-04-20T11:00", "body": "Information Commissioner"})  # fmt: skip
    assert owed(breach)[0].state == State.MET
    with pytest.raises(NotPermitted):
        leave_untold(other, by=lead, whom="regulator", because="No.")


def test_without_a_line_manager_it_goes_up_the_lines_of_the_practice_or_stands_open(
    cast: Cast,
) -> None:
    Membership.objects.filter(staff=cast.grace).update(line_manager=None)
    breach = report_breach(
        cast.mill_house, by=cast.amina, known=known(cast.amina, cause=cast.grace)
    )
    (duty,) = owed(breach)
    assert duty.owed_by != cast.grace
    assert Account.objects.get(breach=breach).cause == cast.grace


def alone(cast: Cast) -> None:
    """Grace answers to nobody, and nobody here holds a role above hers."""
    Membership.objects.filter(staff=cast.grace).update(line_manager=None)


@pytest.mark.req("S0-62")
def test_where_nobody_here_may_it_falls_to_the_keeper_of_another_house(
    client: Any, cast: Cast
) -> None:
    alone(cast)
    other = report_breach(cast.mill_house, by=cast.amina, known=known(cast.amina))
    breach = report_breach(
        cast.mill_house, by=cast.amina, known=known(cast.amina, cause=cast.grace)
    )

    (duty,) = owed(breach)
    assert duty.owed_by == cast.owen
    assert duty.owed_how == How.ELSEWHERE
    assert owed(other)[0].owed_by == cast.grace

    client.force_login(cast.owen)
    assert "Data breaches elsewhere that fall to me" in client.get(reverse("today:today")).text
    page = client.get(reverse("data_breaches:report", args=["quay-street"])).text
    assert "Falls to me from another service" in page
    at = reverse("data_breaches:one", args=[breach.pk])
    assert at in page
    assert "The diary" in client.get(at).text
    assert client.get(reverse("data_breaches:one", args=[other.pk])).status_code == 404
    leave_untold(breach, by=cast.owen, whom="regulator", because="It came back unopened.")
    assert owed(breach)[0].state == State.MET
    client.force_login(cast.grace)
    assert client.get(at).status_code == 404


def test_it_falls_to_somebody_elsewhere_the_moment_they_get_the_role_and_not_while_they_are_away(
    cast: Cast,
) -> None:
    alone(cast)
    Membership.objects.filter(staff=cast.owen).update(role="night_worker")
    breach = report_breach(
        cast.mill_house, by=cast.amina, known=known(cast.amina, cause=cast.grace)
    )
    assert {duty.owed_by for duty in owed(breach)} == {None}
    ida = a_member_of_staff(cast.quay_street, "Ida Stone", "manager")
    assert {duty.owed_by for duty in owed(breach)} == {ida}
    report_sick(cast.quay_street, by=ida, worker=ida)
    assert {duty.owed_by for duty in owed(breach)} == {None}


def test_where_nobody_anywhere_may_those_who_give_roles_are_told_and_not_what_it_is(
    client: Any, cast: Cast
) -> None:
    alone(cast)
    Membership.objects.filter(staff=cast.owen).update(role="night_worker")
    breach = report_breach(
        cast.mill_house, by=cast.amina, known=known(cast.amina, cause=cast.grace)
    )
    assert owed(breach)[0].owed_by is None
    keeper = Staff.objects.get(pk=cast.grace.pk)
    assert not settled_by_nobody(cast.mill_house, keeper).exists()
    client.force_login(keeper)
    assert "nobody may settle" not in client.get(reverse("today:today")).text
    ida = a_member_of_staff(cast.mill_house, "Ida Stone", "administrator")
    assert settled_by_nobody(cast.mill_house, ida).count() == 2
    client.force_login(ida)
    shown = client.get(reverse("today:today")).text
    assert "A data breach waits that nobody may settle" in shown
    assert "The diary" not in shown
    assert client.get(reverse("data_breaches:one", args=[breach.pk])).status_code == 404
