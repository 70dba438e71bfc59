"""The five practices side by side: each says what its own source says."""

from __future__ import annotations

import pytest

from alongside.practice.frameworks import ScoreMethod
from alongside.practice.pack import Pack, check, pack
from alongside.practice.shelf import SHIPPED
from alongside.practice.words import CountsAgainst

AOTEAROA, HOSTEL, LIVING, HOME, CARE = NAMES = (
    "aotearoa-transitional",
    "staged-hostel",
    "supported-living",
    "childrens-home",
    "coordinated-care",
)
ON, OFF, LOCKED = "on", "off", "locked"
SWITCHES = {
    "referrals": (ON, ON, OFF, ON, OFF),
    "stages": (OFF, ON, LOCKED, LOCKED, LOCKED),
    "workshops": (OFF, ON, OFF, ON, ON),
    "building": (ON, ON, OFF, ON, OFF),
    "inspections": (ON, OFF, OFF, ON, OFF),
    "money": (ON, ON, OFF, ON, ON),
    "move_on": (ON, ON, OFF, ON, ON),
    "aftercare": (ON, OFF, ON, OFF, ON),
    "chronology": (OFF, OFF, OFF, ON, OFF),
    "daily_living": (OFF, OFF, OFF, ON, ON),
    "medication": (OFF, OFF, OFF, ON, ON),
    "capacity": (OFF, OFF, ON, OFF, ON),
    "nutrition": (OFF, OFF, OFF, OFF, ON),
    "petty_cash": (OFF, ON, OFF, OFF, ON),
}


def state(of: Pack, switch: str) -> str:
    feature = of.features[switch]
    return ON if feature.on else LOCKED if feature.locked else OFF


@pytest.mark.parametrize("switch", SWITCHES)
def test_each_practice_switches_on_what_it_needs(switch):
    assert tuple(state(pack(name), switch) for name in NAMES) == SWITCHES[switch]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (AOTEAROA, "key worker, key workers, key worker’s; client, clients, clients’"),
        (HOSTEL, "key worker, key workers, key worker’s; resident, residents, residents’"),
        (LIVING, "link worker, link workers, link worker’s; person, people, people’s"),
        (HOME, "key worker, key workers, key worker’s; young person, young people, young people’s"),
        (CARE, "co-ordinator, co-ordinators, co-ordinator’s; customer, customers, customers’"),
    ],
)
@pytest.mark.req("S2-02")
def test_one_thing_has_the_name_its_practice_gives_it(name, words):
    worker, person = pack(name).term("key_worker"), pack(name).term("resident")
    said = f"{worker.singular}, {worker.plural}, {worker.possessive}; "
    assert said + f"{person.singular}, {person.plural}, {person.plural_possessive}" == words


@pytest.mark.parametrize("name", [AOTEAROA, LIVING, HOME, CARE])
def test_where_people_are_not_scored_there_is_no_percentage(name):
    [framework] = pack(name).frameworks
    assert framework.method is ScoreMethod.NONE
    assert all(item.help for item in framework.items)


def test_the_house_has_four_walls_and_stands_on_the_land():
    areas = pack(AOTEAROA).framework("te-whare-tapa-wha").areas
    assert [area.says for area in areas] == [
        "Taha tinana", "Taha hinengaro", "Taha whānau", "Taha wairua", "Whenua",
    ]  # fmt: skip


def test_ten_topics_of_coaching_four_directions_of_risk_and_four_heads_of_handover():
    aotearoa = pack(AOTEAROA)
    assert len(aotearoa.choices("coaching_topics")) == 10
    assert aotearoa.choices("risk_directions").keys() == (
        "to_self", "to_others", "to_property", "from_others",
    )  # fmt: skip
    heads = [head.says for head in aotearoa.choices("handover_heads")]
    assert heads == ["Incidents", "Risks", "Patterns", "Concerns"]


def test_a_key_worker_in_aotearoa_holds_ten_to_twelve():
    limits = pack(AOTEAROA).limits
    assert (int(limits["caseload_least"]), int(limits["caseload_most"])) == (10, 12)
    assert int(limits["move_on_target"]) == int(limits["aftercare_length"]) == 84


def test_the_file_of_a_young_person_has_seven_entries_and_eleven_kinds_of_document():
    entries = pack(HOME).file_checklist
    assert len(entries) == 7
    assert sum(len(entry.documents) for entry in entries) == 11
    asked = [q for q in pack(HOME).sheet("file-check").questions if q.choices == "document_states"]
    assert len(asked) == 11


def test_a_childs_key_worker_changes_for_four_reasons_and_no_other():
    reasons = pack(HOME).reasons("change_of_key_worker")
    assert reasons.keys() == (
        "not_working", "leaving_or_absent", "no_relationship", "best_interests",
    )  # fmt: skip
    assert "resident" in reasons["not_working"].started_by
    assert reasons["best_interests"].started_by == ("manager",)


def test_co_ordinated_care_stands_on_supported_living_and_adds_its_own():
    care, living = pack(CARE), pack(LIVING)
    assert living.duties.keys() == care.duties.keys()[: len(living.duties)]
    assert "medication-audit" in care.duties
    assert "medication-audit" not in living.duties
    assert [question.says for question in care.choices("standards")][-5:] == [
        "Safe", "Effective", "Caring", "Responsive", "Well led",
    ]  # fmt: skip


def test_the_organisation_chart_of_co_ordinated_care_has_four_levels():
    roles = pack(CARE).roles
    chain = ["support_worker"]
    while above := roles[chain[-1]].reports_to:
        chain.append(above)
    assert chain == ["support_worker", "key_worker", "manager", "contracts_manager"]
    assert roles["housing_worker"].reports_to == "key_worker"


@pytest.mark.parametrize(
    ("name", "holds"),
    [
        (AOTEAROA, ["team_leader", "key_worker"]),
        (HOSTEL, ["manager", "coordinator", "project_worker", "key_worker"]),
        (LIVING, ["key_worker"]),
        (HOME, ["deputy", "key_worker"]),
    ],
)
def test_who_answers_to_the_manager_for_a_case_is_not_the_manager(name, holds):
    assert [role.key for role in pack(name).roles if role.holds_cases] == holds


@pytest.mark.parametrize("name", NAMES)
def test_every_duty_and_every_number_says_where_it_comes_from(name):
    shipped = pack(name)
    assert check(SHIPPED / name / "1.0.0") == []
    assert len(shipped.self_test.expects) >= 4
    assert all(each.source for part in ("duties", "limits") for each in getattr(shipped, part))


@pytest.mark.parametrize("name", NAMES)
def test_a_persons_own_choice_is_nowhere_a_failure_of_the_service(name):
    missed = pack(name).reasons("session_missed")
    assert missed["staff_absent"].counts_against is CountsAgainst.SERVICE
    assert missed["refused"].counts_against is CountsAgainst.RESIDENT


@pytest.mark.parametrize("name", NAMES)
def test_every_text_we_ship_says_that_it_must_be_replaced(name):
    assert all(text.replace_me and "starter text" in text.text for text in pack(name).agreements)


@pytest.mark.parametrize(
    ("name", "role", "may", "may_not"),
    [
        (
            CARE,
            "contracts_manager",
            {"read_reports", "decide_referral"},
            {"record_key_work", "sign_plan"},
        ),
        (
            CARE,
            "key_worker",
            {"keep_rota", "read_safeguarding"},
            {"override_caseload", "manage_scheme"},
        ),
        (CARE, "housing_worker", {"keep_tenancy", "manage_beds"}, {"assess", "write_plan"}),
        (HOME, "key_worker", {"assess", "write_plan"}, {"decide_change_of_key_worker"}),
        (HOME, "support_worker", {"record_key_work"}, {"register_referral", "hold_interview"}),
        (HOME, "night_worker", {"write_note"}, {"admit", "register_referral"}),
        (LIVING, "key_worker", {"set_up_review", "write_plan"}, {"hold_manager_review"}),
        (LIVING, "night_worker", {"write_note"}, {"admit", "register_referral"}),
        (LIVING, "key_worker", {"keep_tenancy"}, {"register_referral", "hold_interview"}),
        (LIVING, "qualified_person", {"hold_review", "decide_leave"}, {"admit", "decide_erasure"}),
        (AOTEAROA, "manager", {"allocate_key_worker", "read_reports"}, {"assess", "write_plan"}),
        (AOTEAROA, "team_leader", {"decide_referral", "sign_plan"}, {"decide_erasure"}),
        (AOTEAROA, "key_worker", {"admit", "hold_interview"}, {"allocate_key_worker"}),
        (AOTEAROA, "support_worker", {"record_key_work"}, {"register_referral"}),
        (AOTEAROA, "outreach_nurse", {"read_sealed_health"}, {"record_key_work"}),
        (HOME, "manager", {"decide_change_of_key_worker"}, {"keep_tenancy"}),
        (CARE, "support_worker", {"report_action"}, {"assess", "sign_as_substitute"}),
    ],
)
def test_what_a_role_may_do_is_what_its_source_gives_it(name, role, may, may_not):
    allowed = {str(action) for action in pack(name).roles[role].may}
    assert may <= allowed
    assert not may_not & allowed


def test_a_refusal_calls_a_room_what_the_practice_calls_it(db):
    from alongside.kit.refusal import Refused
    from alongside.testing.builders import a_stay
    from alongside.testing.cast import assemble

    home = assemble(HOME)
    with pytest.raises(Refused, match="Bedroom 1A is not free here"):
        a_stay(home.beds[0], by=home.grace)
