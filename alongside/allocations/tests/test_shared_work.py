"""Two who share the work, what a case weighs, how the two get on, and who is told what."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.allocations import matching, shared
from alongside.allocations.models import CaseMark, JointArrangement, JointShare, RelationshipRating
from alongside.allocations.operations import (
    allocate,
    arrange_jointly,
    ask_for_change,
    change_key_worker,
    end_joint_work,
    mark_case,
    rate_relationship,
    write_joint_entry,
)
from alongside.allocations.queries import caseload, change_for, holder, loads, may_read_words
from alongside.duties.models import Duty, State
from alongside.duties.operations import work_out
from alongside.kit.refusal import NotPermitted, Refused
from alongside.organisation.models import Staff
from alongside.paperwork.operations import begin_form
from alongside.stays.operations import begin_stay
from alongside.testing.builders import a_stay
from alongside.testing.cast import SETTING_UP, Cast, a_member_of_staff, a_resident, assemble

TODAY = date(2026, 4, 20)
LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def own_homes(db) -> Cast:
    """The same people, supported in their own homes by link workers."""
    return assemble("supported-living")


@pytest.fixture
def bilal(own_homes):
    return a_member_of_staff(own_homes.mill_house, "Bilal Khan", "key_worker")


def parted(cast: Cast, first, second, *, every=2) -> list[tuple[str, Staff]]:
    """Each duty of a link worker to one of the two, in turn."""
    duties = shared.shared_duties(cast.mill_house.pack)
    return [(duty.key, second if n % every else first) for n, duty in enumerate(duties)]


@pytest.fixture
def sharing(own_homes, bilal) -> JointArrangement:
    allocate(own_homes.tomasz, by=own_homes.grace, worker=own_homes.amina, reason="skills")
    return arrange_jointly(
        own_homes.tomasz, by=own_homes.grace, workers=[bilal], overseer=own_homes.grace,
        shares=parted(own_homes, own_homes.amina, bilal),
    )  # fmt: skip


@pytest.mark.req("S2-05")
def test_two_share_the_work_and_one_of_them_is_the_first_contact(own_homes, bilal, sharing):
    work = shared.shared_work(own_homes.tomasz)
    assert work

    assert [who for who, _ in work.workers] == [own_homes.amina, bilal]
    assert holder(own_homes.tomasz) == own_homes.amina
    assert list(caseload(bilal)) == [own_homes.tomasz]
    end_joint_work(sharing, by=own_homes.grace)
    assert not caseload(bilal)


@pytest.mark.req("S2-05", "S2-22")
def test_a_third_may_share_it_and_the_earlier_arrangement_is_kept(own_homes, bilal, sharing):
    ruth = a_member_of_staff(own_homes.mill_house, "Ruth Abara", "key_worker")
    shares = parted(own_homes, own_homes.amina, bilal)

    arrange_jointly(
        own_homes.tomasz, by=own_homes.grace, workers=[bilal, ruth], overseer=own_homes.grace,
        shares=[(shares[0][0], ruth), *shares[1:]],
    )  # fmt: skip

    assert JointArrangement.objects.count() == 2
    assert JointArrangement.objects.get(ended_on=None).workers.count() == 3


@pytest.mark.req("S2-22")
def test_each_duty_falls_to_exactly_the_one_who_has_it(own_homes, bilal, sharing):
    work_out(own_homes.mill_house, by=SETTING_UP)
    shares = {one.duty: one.worker for one in JointShare.objects.select_related("worker")}
    owed = Duty.objects.filter(stay=own_homes.tomasz, key__in=shares, state=State.OPEN)

    assert {bilal, own_homes.amina} == {one.owed_by for one in owed}
    assert all(one.owed_by == shares[one.key] for one in owed)

    end_joint_work(sharing, by=own_homes.grace)
    assert {one.owed_by for one in owed.all()} == {own_homes.amina}


@pytest.mark.req("S2-22")
def test_a_gap_and_a_double_are_refused(own_homes, bilal):
    tomasz, grace, amina = own_homes.tomasz, own_homes.grace, own_homes.amina
    allocate(tomasz, by=grace, worker=amina, reason="skills")
    shares = parted(own_homes, amina, bilal)
    for wrong, says in (
        (shares[1:], "Nobody has"),
        ([*shares, (shares[0][0], bilal)], "is given twice"),
        ([(shares[0][0], grace), *shares[1:]], "does not share this work"),
    ):
        with pytest.raises(Refused, match=says):
            arrange_jointly(tomasz, by=grace, workers=[bilal], overseer=grace, shares=wrong)
    assert not JointArrangement.objects.exists()


def test_one_is_no_pair_and_nobody_oversees_themselves(own_homes, bilal):
    tomasz, grace, amina = own_homes.tomasz, own_homes.grace, own_homes.amina
    with pytest.raises(Refused, match="first contact"):
        arrange_jointly(tomasz, by=grace, workers=[bilal], overseer=grace, shares=[])
    allocate(tomasz, by=grace, worker=amina, reason="skills")
    with pytest.raises(Refused, match="one worker"):
        arrange_jointly(tomasz, by=grace, workers=[amina], overseer=grace, shares=[])
    with pytest.raises(Refused, match="oversee"):
        arrange_jointly(tomasz, by=grace, workers=[bilal], overseer=bilal, shares=[])


def test_where_one_works_with_each_person_nothing_is_shared(tomasz, amina, grace):
    allocate(tomasz, by=grace, worker=amina)

    with pytest.raises(Refused, match="One key worker"):
        arrange_jointly(tomasz, by=grace, workers=[grace], overseer=grace, shares=[])


@pytest.mark.req("S2-23")
def test_the_two_keep_a_log_both_read_and_owe_it_to_confer(client, own_homes, bilal, sharing):
    write_joint_entry(sharing, by=bilal, kind="change", words="His sister moved to Leeds.")
    client.force_login(own_homes.amina)
    page = client.get(reverse("allocations:allocation", args=[own_homes.tomasz.pk]))
    assert "His sister moved to Leeds." in page.content.decode()
    owed = Duty.objects.get(stay=own_homes.tomasz, key="joint-confer", state=State.OPEN)
    assert owed.due_on == TODAY + timedelta(days=14)

    with time_machine.travel(
        datetime(2026, 4, 30, 12, tzinfo=ZoneInfo("Europe/London")), tick=False
    ):
        write_joint_entry(sharing, by=own_homes.amina, kind="conferred", words="Agreed on Leeds.")

    owed.refresh_from_db()
    assert owed.state == State.MET


@pytest.mark.req("S2-24")
def test_the_overseer_checks_the_arrangement_every_three_months(own_homes, bilal, sharing):
    owed = Duty.objects.get(stay=own_homes.tomasz, key="joint-check", state=State.OPEN)
    assert (owed.owed_by, owed.due_on) == (own_homes.grace, date(2026, 7, 20))
    with pytest.raises(NotPermitted, match="Grace Okafor checks this"):
        write_joint_entry(sharing, by=bilal, kind="check", words="All is well.")

    with time_machine.travel(datetime(2026, 7, 13, 12, tzinfo=LONDON), tick=False):
        write_joint_entry(sharing, by=own_homes.grace, kind="check", words="It works.")

    owed.refresh_from_db()
    assert owed.state == State.MET


def test_who_does_not_share_it_does_not_write_into_the_log(own_homes, sharing):
    ruth = a_member_of_staff(own_homes.mill_house, "Ruth Abara", "key_worker")

    with pytest.raises(NotPermitted, match="do not share"):
        write_joint_entry(sharing, by=ruth, kind="change", words="Something.")


def test_grace_shares_the_work_on_the_page_and_a_gap_stands_beside_its_duty(
    client, own_homes, bilal
):
    tomasz = own_homes.tomasz
    allocate(tomasz, by=own_homes.grace, worker=own_homes.amina, reason="skills")
    client.force_login(own_homes.grace)
    address = reverse("allocations:joint", args=[tomasz.pk])
    said = {key: str(one.pk) for key, one in parted(own_homes, own_homes.amina, bilal)}
    first = next(iter(said))

    wrong = client.post(address, {**said, first: "", "overseer": str(own_homes.grace.pk)})
    assert wrong.status_code == 422
    assert "Nobody has" in str(wrong.context["form"].errors[first])
    assert client.post(address, {**said, "overseer": str(own_homes.grace.pk)}).status_code == 302
    assert (
        "Shared between 2"
        in client.get(reverse("allocations:allocation", args=[tomasz.pk])).content.decode()
    )


@pytest.mark.req("S0-104")
def test_twelve_complex_cases_do_not_look_like_twelve_simple_ones(tomasz, amina, grace, beds):
    stays = [tomasz, a_stay(beds[1], by=grace), a_stay(beds[2], by=grace, name="Idris Khan")]
    for stay in stays:
        allocate(stay, by=grace, worker=amina, reason="skills")
    assert (loads([amina])[amina.pk].people, loads([amina])[amina.pk].weighs) == (3, 3)

    mark = mark_case(tomasz, by=amina, needs=["substances", "mental_health"])
    mark_case(stays[1], by=amina, needs=["health"])

    assert (mark.score, mark.weight) == (2, 150)
    load = loads([amina])[amina.pk]
    assert (load.people, load.weighs) == (3, 4)
    room = matching.room_of(tomasz.scheme, load.weighs, people=load.people)
    assert room.says == "3 people, who count as 4, room for 8"


@pytest.mark.req("S0-104")
def test_a_case_is_marked_anew_and_the_earlier_mark_is_kept(client, tomasz, amina, grace):
    allocate(tomasz, by=grace, worker=amina)
    client.force_login(amina)
    address = reverse("allocations:mark", args=[tomasz.pk])
    assert client.post(address, {"needs": ["nonsense"]}).status_code == 422
    for needs in (["substances", "trauma"], ["trauma"]):
        assert client.post(address, {"needs": needs, "intensity": "usual"}).status_code == 302

    assert [one.score for one in CaseMark.objects.order_by("recorded_at", "pk")] == [2, 1]
    assert loads([amina])[amina.pk].weighs == 1
    page = client.get(reverse("allocations:allocation", args=[tomasz.pk])).content.decode()
    assert "1 complex need" in page


@pytest.mark.req("S4-13")
def test_higher_risk_warns_when_a_level_two_worker_is_chosen_and_does_not_forbid_it(db):
    cast = assemble("coordinated-care")
    level_two = a_member_of_staff(cast.mill_house, "Lena Fischer", "support_worker")
    mark_case(cast.tomasz, by=cast.amina, intensity="higher_risk")

    found = {one.worker: one for one in matching.candidates(cast.tomasz)}

    assert "Higher risk" in found[level_two].warning
    assert not found[cast.amina].warning
    allocate(cast.tomasz, by=cast.grace, worker=level_two, reason="wish")
    assert holder(cast.tomasz) == level_two


@pytest.mark.req("S2-09")
def test_the_page_shows_how_long_they_work_together_and_how_he_finds_it(
    client, tomasz, amina, grace
):
    allocate(tomasz, by=grace, worker=amina, from_on=tomasz.moved_in_on)
    with pytest.raises(NotPermitted, match="about you"):
        rate_relationship(tomasz, by=amina, rating=5)

    rate_relationship(tomasz, by=tomasz.resident, rating=4, words="She listens.")

    client.force_login(grace)
    page = client.get(reverse("allocations:allocation", args=[tomasz.pk])).content.decode()
    assert "49 days together" in page
    assert "She listens." in page
    assert "4 of 5" in page


@pytest.mark.req("S2-09")
def test_the_question_how_they_get_on_comes_at_intervals(own_homes):
    allocate(own_homes.tomasz, by=own_homes.grace, worker=own_homes.amina, reason="skills")
    work_out(own_homes.mill_house, by=SETTING_UP)
    owed = Duty.objects.get(stay=own_homes.tomasz, key="relationship-asked", state=State.OPEN)
    assert owed.owed_by == own_homes.grace

    rate_relationship(own_homes.tomasz, by=own_homes.grace, rating=3)

    owed.refresh_from_db()
    assert owed.state == State.MET


@pytest.mark.req("S3-12")
def test_only_the_manager_says_it_is_not_in_their_interest_and_few_read_why(db):
    home = assemble("childrens-home")
    ravi = a_member_of_staff(home.mill_house, "Ravi Menon", "key_worker")
    allocate(home.tomasz, by=home.grace, worker=home.amina, reason="skills")
    with pytest.raises(Refused, match="not yours to bring"):
        ask_for_change(home.tomasz, by=ravi, reason="best_interests", words="I think so.")

    change = change_key_worker(
        home.tomasz, by=home.grace, successor=ravi, reason="best_interests",
        decision_words="Too close to the family.",
    )  # fmt: skip

    assert holder(home.tomasz) == ravi
    assert may_read_words(change, home.grace)
    assert not may_read_words(change, ravi)
    assert not may_read_words(change, home.amina)
    with pytest.raises(Exception, match="No ChangeRequest"):
        change_for(home.amina, change.pk)


@pytest.mark.req("S3-16")
def test_a_new_key_worker_reads_the_file_and_says_what_is_still_unread(db):
    home = assemble("childrens-home")
    allocate(home.tomasz, by=home.grace, worker=home.amina, reason="skills")
    owed = Duty.objects.get(stay=home.tomasz, key="know-the-file", state=State.OPEN)
    assert (owed.owed_by, owed.due_on) == (home.amina, TODAY + timedelta(days=7))
    read = {"history": "yes", "plans": "yes", "health": "yes", "education": "no",
            "people": "yes", "risks": "yes", "unread": "The school reports."}  # fmt: skip

    sheet = begin_form(home.tomasz, by=home.amina, key="know-the-file", answers=read, finish=True)

    owed.refresh_from_db()
    assert (owed.state, owed.met_on) == (State.MET, TODAY)
    assert "The school reports" in str(sheet.answers)


def test_somebody_is_named_by_the_day_they_move_in(db):
    home = assemble("childrens-home")
    moves_in = TODAY + timedelta(days=7)
    rosa = a_resident(home.mill_house, "Rosa", "Lindqvist")
    with time_machine.travel(
        datetime(2026, 4, 27, 12, tzinfo=ZoneInfo("Europe/London")), tick=False
    ):
        stay = begin_stay(
            home.mill_house, by=home.grace, resident=rosa, bed=home.beds[1], moved_in_on=moves_in
        )
        work_out(home.mill_house, by=SETTING_UP)
        owed = Duty.objects.get(stay=stay, key="key-worker-allocated")
        assert (owed.due_on, owed.says) == (
            moves_in, "Name the key worker, before the young person moves in if at all possible",
        )  # fmt: skip
        allocate(stay, by=home.grace, worker=home.amina, reason="skills")
        owed.refresh_from_db()
        assert owed.met_on == moves_in


def test_owen_reads_and_shares_nothing_here(client, own_homes, bilal, sharing):
    client.force_login(own_homes.owen)
    for address in (
        reverse("allocations:joint", args=[own_homes.tomasz.pk]),
        reverse("allocations:joint-log", args=[sharing.pk]),
        reverse("allocations:end-joint", args=[sharing.pk]),
    ):
        assert {client.get(address).status_code, client.post(address).status_code} <= {404, 405}
    assert client.post(reverse("allocations:end-joint", args=[sharing.pk])).status_code == 404
    with pytest.raises(NotPermitted):
        mark_case(own_homes.tomasz, by=own_homes.owen, needs=["health"])
    with pytest.raises(NotPermitted):
        write_joint_entry(sharing, by=own_homes.owen, kind="change", words="x")


def test_the_database_refuses_what_contradicts_itself(own_homes, bilal, sharing):
    mark_case(own_homes.tomasz, by=own_homes.amina, needs=["health"])
    share = JointShare.objects.order_by("pk")[0]

    def refuses(make, **values):
        with pytest.raises(IntegrityError), transaction.atomic():
            make(**values)

    refuses(CaseMark.objects.create, stay=own_homes.tomasz, marked_on=TODAY)
    refuses(CaseMark.objects.update, weight=0)
    refuses(JointArrangement.objects.update, ended_on=date(2026, 1, 1))
    refuses(JointArrangement.objects.create, stay=own_homes.tomasz, overseer=bilal, begun_on=TODAY)
    refuses(JointShare.objects.create, arrangement=sharing, duty=share.duty, worker=bilal)
    rating = {"stay": own_homes.tomasz, "worker": bilal, "rated_on": TODAY}
    refuses(RelationshipRating.objects.create, **rating, rating=6, by_staff=bilal)
    refuses(RelationshipRating.objects.create, **rating, rating=3)
