"""Acting up, deputising and delegating."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.audit.models import Entry
from alongside.keywork.operations import write_note
from alongside.kit import clock
from alongside.kit.refusal import NotPermitted, Refused
from alongside.organisation.models import Capacity, Membership, Staff, StandIn
from alongside.organisation.operations import end_role
from alongside.practice.actions import Action
from alongside.schemes.operations import add_duty
from alongside.team.operations import (
    answer_delegation,
    arrange_stand_in,
    delegate,
    end_stand_in,
)
from alongside.testing.cast import a_member_of_staff

LONDON = ZoneInfo("Europe/London")
SIX = datetime(2026, 4, 20, 18, tzinfo=LONDON)
EIGHT = datetime(2026, 4, 21, 8, tzinfo=LONDON)


def again(staff: Staff) -> Staff:
    return Staff.objects.get(pk=staff.pk)


@pytest.fixture
def post(cast):
    return Membership.objects.select_related(*("staff", "scheme__organisation")).get(
        staff=cast.grace
    )


def tonight(post, cast, **more):
    asked = {"staff": cast.amina, "capacity": "acting", "from_at": SIX, "until_at": EIGHT,
             "because": "Grace is at a course."}  # fmt: skip
    return arrange_stand_in(post, by=cast.grace, **{**asked, **more})


def do_as_manager(cast, amina):
    return add_duty(
        cast.mill_house, by=amina, says="A welcome tea", anchor="admission", due="P7D",
        owner="key_worker", done_by="session.held", because="We like tea.",
    )  # fmt: skip


@pytest.mark.req("S0-29")
def test_the_powers_are_there_from_six_to_eight_and_at_no_other_time(cast, post):
    tonight(post, cast)

    assert not again(cast.amina).may(Action.MANAGE_SCHEME, cast.mill_house)
    with time_machine.travel(SIX, tick=False):
        assert again(cast.amina).may(Action.MANAGE_SCHEME, cast.mill_house)
        assert not again(cast.amina).may(Action.MANAGE_SCHEME, cast.quay_street)
    with time_machine.travel(EIGHT, tick=False):
        assert not again(cast.amina).may(Action.MANAGE_SCHEME, cast.mill_house)


@pytest.mark.req("S0-29", "S4-100")
def test_what_needs_the_powers_is_journalled_for_their_owner_and_what_does_not_is_ones_own(
    cast, post
):
    one = tonight(post, cast)

    with time_machine.travel(SIX + timedelta(hours=1), tick=False):
        do_as_manager(cast, again(cast.amina))
        write_note(cast.tomasz, by=again(cast.amina), kind="informal", text="All is quiet.")

    theirs = Entry.objects.get(actor_id=cast.amina.pk, acting_for_id=cast.grace.pk)
    assert theirs.event.startswith("practice.") or "duty" in theirs.event
    assert Entry.objects.get(event="note.written").acting_for_id is None
    assert one.instead_of == cast.grace


@pytest.mark.req("S0-29")
def test_every_page_says_for_whom_and_the_owner_reads_what_was_done(client, cast, post):
    one = tonight(post, cast)
    with time_machine.travel(SIX + timedelta(hours=1), tick=False):
        client.force_login(cast.amina)
        assert (
            "You are acting for <strong>Grace Okafor</strong>" in client.get("/").content.decode()
        )
        do_as_manager(cast, again(cast.amina))

    with time_machine.travel(EIGHT, tick=False):
        assert "You are acting for" not in client.get("/").content.decode()
        client.force_login(cast.grace)
        digest = client.get(reverse("team:stand-in", args=[one.pk])).content.decode()
        assert "Done for Grace Okafor" in digest
        assert "Nothing that needed these powers" not in digest


def test_a_standing_in_is_a_door_only_for_whom_it_opens(client, cast, post):
    one = tonight(post, cast)
    address = reverse("team:stand-in", args=[one.pk])
    listed = reverse("team:stand-ins", args=["mill-house"])
    others = a_member_of_staff(cast.mill_house, "Mo Iqbal", "support_worker")

    for reader, opens in ((cast.amina, True), (cast.grace, True), (others, False)):
        client.force_login(reader)
        assert (address in client.get(listed).text) is opens
        assert (client.get(address).status_code == 200) is opens


def test_only_the_powers_that_were_lent_are_there(cast, post):
    tonight(post, cast, powers=["decide_leave"])

    with time_machine.travel(SIX, tick=False):
        amina = again(cast.amina)
        assert amina.may(Action.DECIDE_LEAVE, cast.mill_house)
        assert not amina.may(Action.MANAGE_SCHEME, cast.mill_house)


def test_with_the_post_go_the_powers_that_were_lent_of_it(cast, post):
    tonight(post, cast)
    end_role(post, by=cast.grace, until_on=SIX.date() - timedelta(days=1))

    with time_machine.travel(SIX, tick=False):
        assert not again(cast.amina).may(Action.MANAGE_SCHEME, cast.mill_house)


def test_ended_early_they_are_gone_at_the_next_request(cast, post):
    one = tonight(post, cast)

    with time_machine.travel(SIX + timedelta(hours=1), tick=False):
        end_stand_in(one, by=again(cast.grace))
        assert not again(cast.amina).may(Action.MANAGE_SCHEME, cast.mill_house)


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"from_at": SIX - timedelta(days=1)}, "begin in the past"),
        ({"until_at": SIX}, "would end before it begins"),
        ({"until_at": SIX + timedelta(days=60)}, "for 28 days at most"),
        ({"powers": ["fly"]}, "does not have all of these powers: fly"),
    ],
)
def test_what_cannot_be_is_refused(cast, post, asked, says):
    with pytest.raises(Refused, match=says):
        tonight(post, cast, **asked)


def test_nobody_lends_a_post_to_themselves_or_to_its_holder_or_twice(cast, post):
    with pytest.raises(Refused, match="holds this post"):
        tonight(post, cast, staff=cast.grace)
    tonight(post, cast)
    with pytest.raises(Refused, match="at that time already"):
        tonight(post, cast)
    with pytest.raises(NotPermitted):
        arrange_stand_in(
            post, by=cast.amina, staff=cast.amina, capacity="acting", from_at=SIX,
            until_at=EIGHT, because="I would like to.",
        )  # fmt: skip


@pytest.mark.req("S2-25")
def test_the_manager_delegates_from_a_list_and_stays_accountable(client, cast, post):
    one = delegate(
        post, by=cast.grace, staff=cast.amina, responsibilities=["plan", "family"],
        from_at=clock.now(),
    )  # fmt: skip
    client.force_login(cast.amina)
    page = reverse("team:stand-in", args=[one.pk])
    assert "Not answered yet" in client.get(page).content.decode()

    assert client.post(reverse("team:answer", args=[one.pk]), {"accept": "yes"}).status_code == 302

    text = client.get(page).content.decode()
    assert "Accepted on" in text
    assert "Grace Okafor stays accountable" in text
    assert "Leads the making of their plan" in text
    assert not again(cast.amina).may(Action.MANAGE_SCHEME, cast.mill_house)


@pytest.mark.req("S2-25")
def test_only_ones_own_post_is_delegated_and_only_the_one_asked_answers(cast, post):
    with pytest.raises(Refused, match="Tick what you delegate"):
        delegate(post, by=cast.grace, staff=cast.amina, responsibilities=[], from_at=clock.now())
    one = delegate(
        post, by=cast.grace, staff=cast.amina, responsibilities=["plan"], from_at=clock.now()
    )
    with pytest.raises(Refused, match="somebody else"):
        answer_delegation(one, by=cast.grace, accept=True)
    answer_delegation(one, by=cast.amina, accept=False)
    with pytest.raises(Refused, match="answered already"):
        answer_delegation(one, by=cast.amina, accept=True)


@pytest.mark.parametrize(
    ("says", "wrong"),
    [
        ("stand_in_ends_after_it_begins", {"until_at": SIX}),
        ("powers_are_lent_for_a_time", {"until_at": None}),
        ("stand_in_end_has_a_time_and_a_person", {"ended_at": EIGHT}),
        ("stand_in_is_not_both_accepted_and_declined", {"accepted_at": SIX, "declined_at": SIX}),
    ],
)
def test_the_database_says_no(cast, post, says, wrong):
    given = {"post": post, "staff": cast.amina, "capacity": Capacity.ACTING, "from_at": SIX,
             "until_at": EIGHT, **wrong}  # fmt: skip
    with pytest.raises(IntegrityError, match=says), transaction.atomic():
        StandIn.objects.create(**given)


def test_owen_finds_none_of_it(client, cast, post):
    one = tonight(post, cast)
    client.force_login(cast.owen)

    for name, key in (
        ("stand-in", one.pk), ("end", one.pk), ("arrange", post.pk), ("end-role", post.pk),
        ("team", "mill-house"), ("access", "mill-house"),
    ):  # fmt: skip
        assert client.get(reverse(f"team:{name}", args=[key])).status_code == 404


def test_the_forms_say_what_happens_next(client, cast):
    post = Membership.objects.filter(staff=cast.grace, scheme=cast.mill_house)[0]
    client.force_login(cast.grace)
    handed = client.get(reverse("team:delegate", args=[post.pk])).text
    assert "They accept or decline it" in handed
    assert "It lends no power" in handed
    lent = client.get(
        reverse("team:arrange", args=[Membership.objects.filter(staff=cast.amina)[0].pk])
    ).text
    for said in ("nobody has to accept it", "acting for Amina Yusuf", "No tick at all lends every"):
        assert said in lent
