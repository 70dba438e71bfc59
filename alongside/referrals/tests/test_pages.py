"""The pages of referrals, as Amina, Bilal, Grace and Owen find them."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus

import pytest

from alongside.accommodation.operations import report_fault, take_out_of_use
from alongside.organisation.operations import give_role
from alongside.referrals.models import Decision, Interview, Referral, State
from alongside.referrals.operations import offer_bed, screen_referral
from alongside.residents.models import PossibleDuplicate, Resident
from alongside.residents.operations import propose_duplicate
from alongside.stays.operations import end_stay
from alongside.testing.builders import a_referral, a_stay, an_accepted_referral
from alongside.testing.cast import OPENED, SETTING_UP, a_resident

LIST = "/schemes/mill-house/referrals/"
TAKE = f"{LIST}take/"
BEDS = "/schemes/mill-house/beds/"
A_REFERRAL = {
    "given_name": "Rosa",
    "family_name": "Lindqvist",
    "born_on": "1988-02-11",
    "gender": "woman",
    "received_on": "2026-04-20",
    "route": "agency",
    "referrer_agency": "Northside Outreach",
    "homelessness": "rough_sleeping",
    "last_slept": "By the station",
    "reason": "A safe room",
    "risks": ["from_others"],
    "consent_on": "2026-04-20",
}
AN_INTERVIEW = {
    "held_on": "2026-04-20",
    "explained": "yes",
    "where_now": "By the station",
    "wanted": "A room",
    "substances": "Some drinking",
    "stages_explained": "yes",
    "view": "Yes, with a health check first",
}


@pytest.fixture
def as_amina(client, amina):
    client.force_login(amina)
    return client


@pytest.fixture
def as_bilal(client, bilal):
    client.force_login(bilal)
    return client


@pytest.fixture
def as_grace(client, grace):
    client.force_login(grace)
    return client


def address(referral: Referral, then: str = "") -> str:
    return f"/referrals/{referral.pk}/{then}"


@pytest.mark.req("S1-35", "S0-09")
def test_a_referral_is_taken_on_one_page(as_amina, amina):
    shown = as_amina.post(TAKE, A_REFERRAL, follow=True)

    assert shown.status_code == HTTPStatus.OK
    rosa = Referral.objects.get()
    assert (rosa.recorded_by, rosa.homelessness, rosa.risks) == (
        amina,
        "rough_sleeping",
        ["from_others"],
    )
    assert rosa.resident.gender == "Woman"
    assert "Sleeping rough" in shown.text
    assert "Referral received from Northside Outreach" in shown.text


def test_a_referral_without_consent_keeps_every_word_and_says_what_is_missing(as_amina):
    shown = as_amina.post(TAKE, {**A_REFERRAL, "consent_on": ""})

    assert shown.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "or the reason there is none yet" in shown.text
    assert "By the station" in shown.text
    assert not Resident.objects.filter(family_name="Lindqvist").exists()


def test_a_name_is_needed_and_a_long_one_is_refused_in_words(as_amina):
    nameless = as_amina.post(TAKE, {**A_REFERRAL, "given_name": "", "family_name": ""})
    endless = as_amina.post(TAKE, {**A_REFERRAL, "given_name": "a" * 201})

    assert nameless.status_code == endless.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "A person needs a name." in nameless.text
    for unseen in ("\u200b\u200e", "🌻", "…"):
        empty = as_amina.post(TAKE, {**A_REFERRAL, "given_name": unseen, "family_name": ""})
        assert "Write at least one name" in empty.text, "beside the field, and not from below"
    assert "That is too long: 201 characters. Write at most 200." in endless.text


@pytest.mark.parametrize("name", ["Q", "Āwhina", "عائشة", "Zoë 🌻"])
def test_a_name_of_any_script_is_taken(as_amina, name):
    shown = as_amina.post(TAKE, {**A_REFERRAL, "given_name": name}, follow=True)

    assert name in shown.text


def test_somebody_who_was_here_before_is_linked_and_not_copied(as_amina, tomasz, grace):
    end_stay(tomasz, by=grace, moved_out_on=date(2026, 4, 1), left_because="planned")
    returning = {**A_REFERRAL, "given_name": "Tomasz", "family_name": "Nowak",
                 "born_on": "1990-05-17"}  # fmt: skip

    asked = as_amina.post(TAKE, returning)
    assert asked.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "stayed at Mill House from 2 March 2026 to 1 April 2026" in asked.text
    assert "The same name and birthday" in asked.text

    as_amina.post(TAKE, {**returning, "person": str(tomasz.resident.pk)})
    assert Referral.objects.get().resident == tomasz.resident
    assert Resident.objects.filter(family_name="Nowak").count() == 1


def test_saying_it_is_somebody_new_puts_the_pair_on_the_list(as_amina, tomasz, grace):
    end_stay(tomasz, by=grace, moved_out_on=date(2026, 4, 1), left_because="planned")

    as_amina.post(
        TAKE,
        {**A_REFERRAL, "given_name": "Tomasz", "family_name": "Nowak", "born_on": "1990-05-17",
         "person": "new"},
    )  # fmt: skip

    assert Resident.objects.filter(family_name="Nowak").count() == 2
    assert PossibleDuplicate.objects.get().why == "The same name and birthday"


def test_while_typing_the_earlier_file_is_shown(as_amina, tomasz):
    shown = as_amina.post(
        f"{LIST}matches/", {"given_name": "tomasz", "family_name": "Nowák", "born_on": ""}
    )

    assert "Tomasz Nowak, born 17 May 1990" in shown.text
    assert "<html" not in shown.text


def test_nobody_can_fish_for_people_of_another_scheme(as_amina, cast, owen):
    far = a_referral(cast.quay_street, by=owen, name="Ines Duarte", born_on=date(1995, 1, 31))

    by_name = as_amina.post(f"{LIST}matches/", {"given_name": "Ines", "family_name": "Duarte"})
    sure = as_amina.post(
        f"{LIST}matches/",
        {"given_name": "Ines", "family_name": "Duarte", "born_on": "1995-01-31"},
    )

    assert "Duarte" not in by_name.text
    assert "known to another of our schemes" in sure.text
    as_amina.post(
        TAKE,
        {**A_REFERRAL, "given_name": "Ines", "family_name": "Duarte", "born_on": "1995-01-31",
         "person": str(far.resident.pk)},
    )  # fmt: skip
    assert far.resident.referrals.count() == 2
    assert as_amina.get(address(far)).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.req("S0-27")
def test_a_decision_that_waits_too_long_stands_in_red(as_amina, mill_house, amina):
    late = a_referral(mill_house, by=amina, received_on=date(2026, 4, 5))
    a_referral(mill_house, by=amina, name="Idris Bello", received_on=date(2026, 4, 6))

    shown = as_amina.get(LIST)

    assert "Late: 15 days without a decision" in shown.text
    assert shown.text.count("without a decision") == 1
    assert "This decision is late." in as_amina.get(address(late)).text
    assert "Bello" not in as_amina.get(f"{LIST}?show=late").text


def test_the_list_is_searched_sorted_and_paged_with_few_queries(
    as_amina, mill_house, amina, django_assert_max_num_queries
):
    for number in range(30):
        a_referral(mill_house, by=amina, name=f"Person Nr{number:02}")

    with django_assert_max_num_queries(12):
        first = as_amina.get(f"{LIST}?sort=name")

    assert "1 to 25 of 30" in first.text
    assert "26 to 30 of 30" in as_amina.get(f"{LIST}?page=2").text
    found = as_amina.get(f"{LIST}?q=nr07").text
    assert "Nr07" in found
    assert "Nr08" not in found


@pytest.mark.req("S1-35")
def test_an_interview_is_held_by_two_and_its_answers_kept(as_bilal, rosa, bilal, amina):
    both = {**AN_INTERVIEW, "interviewers": [str(bilal.pk), str(amina.pk)]}

    alone = as_bilal.post(address(rosa, "interview/"), {**both, "interviewers": [str(bilal.pk)]})
    assert alone.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "held by at least 2 members of staff" in alone.text
    assert "Some drinking" in alone.text

    shown = as_bilal.post(address(rosa, "interview/"), both, follow=True)
    assert "Held by Amina Yusuf, Bilal Hussain" in shown.text.replace("\n", " ") or (
        "Held by Bilal Hussain, Amina Yusuf" in shown.text
    )
    held = Interview.objects.get()
    assert held.recorded_by == bilal
    assert held.sheet
    assert held.sheet.answers["wanted"] == "A room"
    assert shown.text.index(">Decide<") < shown.text.index(">Hold another interview<")
    rosa.refresh_from_db()
    assert rosa.state == State.INTERVIEWED


def test_an_interview_with_an_open_question_is_not_lost(as_bilal, rosa, bilal, amina):
    shown = as_bilal.post(
        address(rosa, "interview/"),
        {**AN_INTERVIEW, "wanted": "", "interviewers": [str(bilal.pk), str(amina.pk)]},
    )

    assert shown.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "By the station" in shown.text
    assert not Interview.objects.exists()


@pytest.mark.req("S1-35")
@pytest.mark.parametrize("who", ["bilal", "grace"])
def test_project_worker_and_manager_both_decide_and_the_record_says_who(client, rosa, who, request):
    staff = request.getfixturevalue(who)
    client.force_login(staff)

    shown = client.post(
        address(rosa, "decide/"),
        {"outcome": "accept", "reason": "accept:fits", "decided_on": "2026-04-20",
         "communicated_on": "2026-04-20", "communicated_how": "By phone"},
        follow=True,
    )  # fmt: skip

    assert f"by {staff.name}" in shown.text
    decision = Decision.objects.get()
    assert (decision.recorded_by, decision.communicated_by) == (staff, staff)


def test_a_reason_of_another_decision_is_refused(as_bilal, rosa):
    shown = as_bilal.post(
        address(rosa, "decide/"),
        {"outcome": "decline", "reason": "accept:fits", "decided_on": "2026-04-20", "words": "No"},
    )

    assert shown.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "belongs to another decision" in shown.text


def test_a_key_worker_sees_no_door_to_decide_and_is_refused(as_amina, rosa):
    assert ">Decide<" not in as_amina.get(address(rosa)).text

    shown = as_amina.post(
        address(rosa, "decide/"),
        {"outcome": "accept", "reason": "accept:fits", "decided_on": "2026-04-20"},
    )

    assert shown.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Your role here does not include this." in shown.text
    assert not Decision.objects.exists()


def test_a_declined_referral_is_kept_for_the_figures_until_its_day(as_bilal, rosa):
    shown = as_bilal.post(
        address(rosa, "decide/"),
        {"outcome": "decline", "reason": "decline:needs_too_high", "decided_on": "2026-04-20",
         "words": "Needs nursing at night"},
        follow=True,
    )  # fmt: skip

    assert "Kept for the figures until" in shown.text
    assert "20 Apr 2028" in shown.text
    assert "Needs nursing at night" in as_bilal.get(address(rosa)).text
    assert "Lindqvist" in as_bilal.get(f"{LIST}?show=closed").text
    assert "Lindqvist" not in as_bilal.get(LIST).text


def test_the_waiting_list_is_in_the_order_of_waiting(as_bilal, mill_house, bilal, amina):
    for name, day in (("Late Comer", "2026-04-19"), ("Early Bird", "2026-04-15")):
        referral = a_referral(mill_house, by=amina, name=name)
        as_bilal.post(
            address(referral, "decide/"),
            {"outcome": "waiting_list", "reason": "waiting_list:no_bed", "decided_on": day},
        )

    shown = as_bilal.get("/schemes/mill-house/waiting-list/").text

    assert shown.index("Early Bird") < shown.index("Late Comer")
    assert "3 beds are free." in shown


@pytest.mark.req("S0-14")
def test_a_full_house_refuses_a_thirteenth_person_in_clear_sentences(
    as_bilal, mill_house, grace, beds
):
    rosa = an_accepted_referral(mill_house, by=grace)
    idris = an_accepted_referral(mill_house, by=grace, name="Idris Bello")
    a_stay(beds[1], by=grace, name="Ana Silva")
    a_stay(beds[2], by=grace, name="Jo Marsh")
    wanted = {"bed": str(beds[3].pk), "kept_until": "2026-04-22"}
    as_bilal.post(address(rosa, "offer/"), wanted)

    second = as_bilal.post(address(idris, "offer/"), wanted)

    assert second.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "That bed is not free any more." in second.text
    assert "No bed is free" in as_bilal.get(address(idris, "offer/")).text
    assert idris.offers.count() == 0


@pytest.mark.req("S0-10")
def test_a_bed_that_is_not_fit_needs_a_managers_reason(client, mill_house, bilal, grace, beds):
    report_fault(beds[1], by=bilal, kind="heating", words="No heat", seen_on=date(2026, 4, 18))
    rosa = an_accepted_referral(mill_house, by=grace)
    wanted = {"bed": str(beds[1].pk), "kept_until": "2026-04-22"}
    client.force_login(bilal)

    plain = client.post(address(rosa, "offer/"), wanted)
    assert "is not fit to offer: No heat" in plain.text
    tried = client.post(address(rosa, "offer/"), {**wanted, "fault_override": "Mild weather"})
    assert "or ask a manager, who can offer it" in tried.text

    client.force_login(grace)
    client.post(address(rosa, "offer/"), {**wanted, "fault_override": "Two heaters, mild weather"})
    assert rosa.offers.get().fault_override == "Two heaters, mild weather"


@pytest.mark.req("S0-14")
def test_the_bed_board_shows_every_bed_and_why_nobody_has_it(
    as_grace, grace, beds, tomasz, django_assert_max_num_queries
):
    offer_bed(an_accepted_referral(tomasz.scheme, by=grace), by=grace, bed=beds[1])
    take_out_of_use(beds[2], by=grace, from_on=date(2026, 4, 18), reason="Repairs: window")

    with django_assert_max_num_queries(12):
        shown = as_grace.get(BEDS).text

    assert "1 of 4" in shown
    assert "Repairs: window" in shown
    assert "kept until" in shown
    assert ">TN<" in shown  # the copy for the wall
    assert "nobody has lived here yet" in shown


def test_beds_are_added_taken_out_of_use_mended_and_closed(as_grace, beds, mill_house):
    as_grace.post(f"{BEDS}add/", {"name": "2A", "floor": "Second floor", "order": 9})
    twin = as_grace.post(f"{BEDS}add/", {"name": "2a", "order": 9})
    assert twin.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "There is a bed 2a here already." in twin.text

    bed = f"/beds/{beds[1].pk}/"
    as_grace.post(
        f"{bed}out-of-use/", {"why": "repairs", "more": "Window", "from_on": "2026-04-20"}
    )
    assert "Repairs: Window" in as_grace.get(BEDS).text
    as_grace.post(f"{bed}return/", {"on": "2026-04-20"})
    assert "Repairs: Window" not in as_grace.get(BEDS).text
    as_grace.post(f"{bed}fault/", {"kind": "safety", "words": "Lock", "seen_on": "2026-04-20"})
    assert "Free, not fit yet" in as_grace.get(BEDS).text
    as_grace.post(f"/beds/faults/{beds[1].faults.get().pk}/mended/", {"on": "2026-04-20"})
    assert "Free, not fit yet" not in as_grace.get(BEDS).text
    as_grace.post(f"{bed}close/", {"on": "2026-04-20"})
    assert ">1B<" not in as_grace.get(BEDS).text


@pytest.mark.parametrize("then", ["out-of-use/", "close/"])
def test_a_bed_somebody_lives_in_stays_open(as_grace, beds, tomasz, then):
    shown = as_grace.post(
        f"/beds/{beds[0].pk}/{then}",
        {"why": "repairs", "from_on": "2026-04-20", "on": "2026-04-20"},
    )

    assert shown.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Somebody is living in 1A." in shown.text


def test_two_files_of_one_person_are_shown_side_by_side_and_linked(
    as_grace, mill_house, grace, tomasz, rosa
):
    twin = a_referral(mill_house, by=grace, name="Rosa Lindquist")
    proposal = propose_duplicate(
        mill_house, by=grace, one=rosa.resident, other=twin.resident, why="A name much like it"
    )
    listed = as_grace.get("/schemes/mill-house/duplicates/").text
    assert "Rosa Lindqvist and Rosa Lindquist" in listed or (
        "Rosa Lindquist and Rosa Lindqvist" in listed
    )

    as_grace.post(f"/schemes/mill-house/duplicates/{proposal.pk}/", {"decision": "same"})

    shown = as_grace.get(address(rosa)).text
    assert "Another file is of the same person: <strong>Rosa Lindquist</strong>" in shown
    assert Resident.objects.filter(given_name="Rosa").count() == 2


def test_one_referral_costs_few_queries(
    as_grace, mill_house, grace, beds, django_assert_max_num_queries
):
    rosa = an_accepted_referral(mill_house, by=grace)
    screen_referral(rosa, by=grace, on=date(2026, 4, 17))
    offer_bed(rosa, by=grace, bed=beds[1])

    with django_assert_max_num_queries(12):
        shown = as_grace.get(address(rosa))

    assert "Bed 1B is kept until" in " ".join(shown.text.split())


@pytest.mark.parametrize(
    "url", [LIST, TAKE, BEDS, f"{BEDS}add/", "/schemes/mill-house/waiting-list/",
            "/schemes/mill-house/duplicates/"]
)  # fmt: skip
def test_to_owen_the_lists_of_mill_house_do_not_exist(client, owen, mill_house, url):
    client.force_login(owen)

    assert client.get(url).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    "then",
    ["", "screen/", "note/", "interview/", "decide/", "tell/", "send-on/", "offer/", "offer/yes/",
     "offer/longer/", "offer/end/"],
)  # fmt: skip
def test_to_owen_a_referral_to_mill_house_does_not_exist(client, owen, rosa, then):
    client.force_login(owen)

    assert client.get(address(rosa, then)).status_code == HTTPStatus.NOT_FOUND
    assert client.get(f"/beds/{a_bed(rosa)}/").status_code == HTTPStatus.NOT_FOUND


def a_bed(referral: Referral) -> str:
    return str(referral.scheme.beds.all()[0].pk)


def test_the_kitchen_reads_no_referrals(client, mill_house, owen, rosa):
    give_role(mill_house, by=SETTING_UP, staff=owen, role="kitchen", from_on=OPENED)
    client.force_login(owen)

    assert client.get(LIST).status_code == HTTPStatus.NOT_FOUND
    assert client.get(address(rosa)).status_code == HTTPStatus.NOT_FOUND


def test_a_pair_of_strangers_does_not_exist_for_amina(as_amina, cast):
    one, other = (a_resident(cast.quay_street, "Far", name) for name in ("One", "Two"))
    proposal = propose_duplicate(cast.quay_street, by=SETTING_UP, one=one, other=other, why="Alike")

    shown = as_amina.get(f"/schemes/mill-house/duplicates/{proposal.pk}/")

    assert shown.status_code == HTTPStatus.NOT_FOUND
