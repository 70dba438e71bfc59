"""Only these, and never these: to everybody else there is no such person."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.kit import clock
from alongside.kit.refusal import NotPermitted, Refused
from alongside.organisation import policy
from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.rights.models import Limit
from alongside.rights.operations import end_limit, limit_file, open_in_emergency
from alongside.stays.models import Stay
from alongside.testing.builders import a_stay


def again(staff: Staff) -> Staff:
    return Staff.objects.get(pk=staff.pk)


def only(cast, *staff):
    return limit_file(cast.tomasz, by=cast.grace, kind="only", staff=staff, because="Known here.")


def never(cast, *staff):
    return limit_file(cast.tomasz, by=cast.grace, kind="never", staff=staff, because="Kin.")


def file_of(cast):
    return reverse("casefile:casefile", args=[cast.tomasz.pk])


@pytest.mark.req("S0-62")
def test_when_only_grace_may_amina_finds_what_she_would_find_of_nobody(client, cast):
    only(cast, cast.grace)
    client.force_login(cast.amina)

    closed = client.get(file_of(cast))
    missing = client.get(reverse("casefile:casefile", args=[cast.organisation.pk]))
    assert closed.status_code == missing.status_code == 404
    assert closed.content == missing.content
    assert not Stay.objects.visible_to(again(cast.amina)).exists()

    client.force_login(cast.grace)
    assert client.get(file_of(cast)).status_code == 200


@pytest.mark.req("S0-62")
def test_never_wins_over_only(cast):
    only(cast, cast.grace, cast.amina)
    never(cast, cast.amina)

    assert policy.can(again(cast.amina), Action.READ_FILE, cast.tomasz).why == "closed to them"
    assert not Stay.objects.visible_to(again(cast.amina)).exists()


def test_a_limit_holds_from_the_next_request_on_and_ends_at_the_next(client, cast):
    client.force_login(cast.amina)
    assert client.get(file_of(cast)).status_code == 200
    never(cast, cast.amina)
    assert client.get(file_of(cast)).status_code == 404
    end_limit(cast.tomasz, by=again(cast.grace), limit=Limit.objects.get(), because="A mistake.")
    assert client.get(file_of(cast)).status_code == 200


@pytest.mark.req("S0-62")
def test_whoever_is_close_to_a_person_says_so_and_cannot_undo_it(client, cast):
    client.force_login(cast.amina)
    address = reverse("rights:declare", args=[cast.tomasz.pk])

    assert client.post(address, {"because": "My cousin."}).status_code == 302
    assert client.get(file_of(cast)).status_code == 404
    with pytest.raises(NotPermitted):
        end_limit(cast.tomasz, by=again(cast.amina), limit=Limit.objects.get(), because="No.")


def test_nobody_shuts_themselves_out_and_nobody_is_an_answer_too(cast):
    with pytest.raises(Refused, match="shut yourself out"):
        only(cast, cast.amina)
    with pytest.raises(Refused, match="shut yourself out"):
        never(cast, cast.grace)
    with pytest.raises(Refused, match="Nobody was chosen"):
        only(cast)
    with pytest.raises(NotPermitted):
        limit_file(cast.tomasz, by=cast.amina, kind="only", staff=[cast.amina], because="Mine.")


def test_the_page_keeps_what_was_typed(client, cast):
    client.force_login(cast.grace)
    asked = {"kind": "only", "staff": [str(cast.amina.pk)], "because": "Her sister works here"}

    answer = client.post(reverse("rights:limit", args=[cast.tomasz.pk]), asked)

    assert answer.status_code == 422
    assert "shut yourself out" in answer.content.decode()
    assert "Her sister works here" in answer.content.decode()


def test_the_database_says_no(cast):
    given = {"resident": cast.tomasz.resident, "staff": cast.amina, "kind": "never"}
    Limit.objects.create(**given)
    with pytest.raises(IntegrityError), transaction.atomic():
        Limit.objects.create(**given)
    with pytest.raises(IntegrityError, match="limit_end_has"), transaction.atomic():
        Limit.objects.create(**{**given, "kind": "only"}, ended_at=clock.now())


def agrees(staff: Staff, *stays: Stay) -> list[bool]:
    """What `sees` says of each, which is what a list that was narrowed keeps of it."""
    one = again(staff)
    said = [policy.sees(one, stay) for stay in stays]
    assert said == [Stay.objects.visible_to(one).filter(pk=stay.pk).exists() for stay in stays]
    return said


def test_asked_of_one_file_or_of_all_the_policy_says_the_same(cast):
    rosa = a_stay(cast.beds[1], by=cast.grace, name="Rosa Lindqvist")
    stays = [Stay.objects.for_page().get(pk=one.pk) for one in (cast.tomasz, rosa)]
    everybody = (cast.amina, cast.grace, cast.owen)

    assert [agrees(staff, *stays) for staff in everybody] == [[True] * 2, [True] * 2, [False] * 2]
    only(cast, cast.grace)
    assert [agrees(staff, *stays)[0] for staff in everybody] == [False, True, False]
    open_in_emergency(cast.tomasz, by=again(cast.amina), because="He talked of the bridge.")
    assert agrees(cast.amina, *stays) == [True, True]
    never(cast, cast.amina)
    assert agrees(cast.amina, *stays) == [False, True]
