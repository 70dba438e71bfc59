"""A duty is switched off or given to somebody else for one person, and back again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from alongside.duties.models import Duty, State
from alongside.duties.operations import work_out
from alongside.duties.recalculation import rebuild
from alongside.kit import clock
from alongside.kit.refusal import NotPermitted, Refused
from alongside.moments.models import Moment
from alongside.schemes.operations import vary_for_person
from alongside.stays.models import Stay

TODAY = date(2026, 4, 20)


@pytest.fixture
def rule(tomasz, grace):
    """Something of the key worker's that is owed to Tomasz now."""
    work_out(tomasz.scheme, by=grace)
    found = Duty.objects.filter(stay=tomasz, subject_kind="stay", state=State.OPEN)
    return found.filter(due_on__gte=TODAY).order_by("due_on", "key")[0].key


def rows(stay: Stay) -> list[tuple[Any, ...]]:
    found = Duty.objects.filter(stay=stay, subject_kind="stay")
    return list(
        found.order_by("key", "period_from", "ref").values_list(
            "key", "period_from", "due_on", "state", "owed_by", "why"
        )
    )


@pytest.mark.req("S2-19")
def test_off_for_tomasz_what_is_to_come_goes_and_comes_back(tomasz, grace, rule, client):
    before = rows(tomasz)
    settled = [one for one in before if one[0] == rule and one[3] not in {"open", "paused"}]
    client.force_login(grace)
    page = reverse("schemes:vary-for-person", args=[tomasz.pk, rule])
    silent = client.post(page, {"how": "off", "from_on": "2026-04-20", "because": ""})
    assert silent.status_code == 422
    client.post(page, {"how": "off", "from_on": "2026-04-20", "because": "His sister does it."})

    left = [one for one in rows(tomasz) if one[0] == rule]
    assert not [one for one in left if one[3] == State.OPEN and one[2] >= TODAY]
    assert [one for one in left if one in settled] == settled
    assert [one for one in rows(tomasz) if one[0] != rule] == [o for o in before if o[0] != rule]
    same = rows(tomasz)
    rebuild()
    assert rows(tomasz) == same
    assert Moment.objects.filter(stay=tomasz, text="His sister does it.").exists()
    assert "not owed" in client.get(reverse("schemes:person", args=[tomasz.pk])).text

    tomasz.refresh_from_db()
    vary_for_person(tomasz, by=grace, key=rule, from_on=TODAY, because="She moved away.")
    assert [one[:4] for one in rows(tomasz)] == [one[:4] for one in before]


@pytest.mark.req("S2-19")
def test_given_to_somebody_else_for_tomasz_alone_it_is_theirs_and_the_page_says_why(
    tomasz, grace, rule, client
):
    vary_for_person(
        tomasz, by=grace, key=rule, from_on=TODAY, because="They speak Polish.", to=grace
    )
    duty = Duty.objects.filter(stay=tomasz, key=rule, state=State.OPEN).order_by("due_on").first()
    assert duty is not None
    assert duty.owed_by == grace
    same = rows(tomasz)
    rebuild()
    assert rows(tomasz) == same
    client.force_login(grace)
    again = Duty.objects.filter(stay=tomasz, key=rule, state=State.OPEN).order_by("due_on")[0]
    assert "They speak Polish." in client.get(reverse("casefile:duty", args=[again.pk])).text


@pytest.mark.req("S2-19")
def test_who_may_and_what_cannot_be(cast, tomasz, rule, client):
    amina, grace, owen = cast.amina, cast.grace, cast.owen
    said: dict[str, Any] = {"key": rule, "because": "So."}
    with pytest.raises(NotPermitted):
        vary_for_person(tomasz, by=amina, from_on=TODAY, off=True, **said)
    with pytest.raises(Refused, match="does not work here"):
        vary_for_person(tomasz, by=grace, from_on=TODAY, to=owen, **said)
    with pytest.raises(Refused, match="past"):
        vary_for_person(tomasz, by=grace, from_on=TODAY - timedelta(days=1), off=True, **said)
    client.force_login(owen)
    page = reverse("schemes:vary-for-person", args=[tomasz.pk, rule])
    assert client.get(page).status_code == 404


def test_from_a_later_day_it_waits_for_that_day(tomasz, grace, rule):
    later = TODAY + timedelta(days=1)
    before = rows(tomasz)
    vary_for_person(tomasz, by=grace, key=rule, from_on=later, because="Then.", off=True)
    assert rows(tomasz) == before
    with clock.standing_at(clock.now() + timedelta(days=1)):
        work_out(tomasz.scheme, by=grace)
        left = Duty.objects.filter(stay=tomasz, key=rule, state=State.OPEN, due_on__gte=later)
        assert not left.exists()


@pytest.mark.req("S2-19")
@pytest.mark.parametrize(
    ("key", "because", "instead"),
    [
        ("supervision", "is not owed to one person who lives here", "change it for all"),
        ("other-duty", "is not owed to one person who lives here", "change it for all"),
        ("caseload-limit", "is a limit, and it holds for everybody", "change the number for all"),
        ("case-review", "is switched off for everybody here", "switch it on for all"),
    ],
)
def test_what_is_not_for_one_person_says_what_stops_it_and_what_to_do(
    cast, client, key, because, instead
):
    tomasz, grace = cast.tomasz, cast.grace
    client.force_login(grace)
    page = reverse("schemes:vary-for-person", args=[tomasz.pk, key])
    asked = client.get(page)
    assert asked.status_code == 200
    assert because in asked.text
    assert instead in asked.text
    assert reverse("schemes:practice", args=[tomasz.scheme.slug]) in asked.text
    said = {"how": "off", "from_on": "2026-04-20", "because": "So."}
    assert client.post(page, said).status_code == 422
    with pytest.raises(Refused, match=because):
        vary_for_person(tomasz, by=grace, key=key, from_on=TODAY, because="So.", off=True)
    assert f'"{page}"' not in client.get(reverse("schemes:person", args=[tomasz.pk])).text


def test_a_key_that_no_practice_has_and_somebody_from_elsewhere_find_nothing(cast, tomasz, client):
    client.force_login(cast.grace)
    nowhere = reverse("schemes:vary-for-person", args=[tomasz.pk, "no-such-thing"])
    assert client.get(nowhere).status_code == 404
    client.force_login(cast.owen)
    of_staff = reverse("schemes:vary-for-person", args=[tomasz.pk, "supervision"])
    assert client.get(of_staff).status_code == 404
    assert client.post(of_staff, {"how": "off"}).status_code == 404
