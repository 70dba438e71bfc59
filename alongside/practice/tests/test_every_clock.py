"""Every clock, limit and count that the five sources name stands in its pack, with its clause.

The list is the specification's (section 3.7), in its order; what a source leaves open is ours,
and says so. A pack that loses one of them, or changes its number unseen, fails here.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from alongside.practice.duties import Days, DutyKind, DutyRule
from alongside.practice.pack import pack

AOTEAROA, HOSTEL, LIVING, HOME, CARE = (
    "aotearoa-transitional",
    "staged-hostel",
    "supported-living",
    "childrens-home",
    "coordinated-care",
)


@dataclass(frozen=True)
class Clock:
    """A duty of a pack: how it is counted, who owes it first, what closes it and its clause."""

    says: str
    of: str
    key: str
    counted: str
    closed_by: str
    owner: str
    clause: str


CLOCKS = [
    Clock("Key worker allocated", HOSTEL, "key-worker-allocated", "admission +P0D",
          "key_worker.named", "manager", "Key Working, step 1"),
    Clock("Key worker allocated, child", HOME, "key-worker-allocated", "admission +P0D",
          "key_worker.named", "manager", "Key worker guidance, 1: preferably before"),
    Clock("Induction", HOSTEL, "induction", "admission +P0D",
          "induction.held", "key_worker", "Key Working, step 1"),
    Clock("Initial assessment", HOSTEL, "initial-assessment", "admission +P7D",
          "assessment.completed", "coordinator", "Key Working, step 2"),
    Clock("First action plan", HOSTEL, "first-plan", "admission +P7D",
          "plan.in_force", "coordinator", "Key Working, step 2"),
    Clock("Diarised session", HOSTEL, "weekly-session", "1 each week from admission",
          "session.held", "resident", "Key Working, step 3"),
    Clock("Regular session", HOME, "weekly-session", "1 each week from admission",
          "session.held", "key_worker", "Key worker guidance, 3.1"),
    Clock("Weekly actions", HOSTEL, "weekly-action-form", "1 each week from plan.in_force",
          "weekly_form.signed", "resident", "Appendix 1"),
    Clock("Action training workshop", HOSTEL, "action-training",
          "1 each week from workshop.planned", "workshop.held",
          "project_worker", "weekly Action Training workshops"),
    Clock("Spokesperson’s team meeting", HOSTEL, "team-meeting", "every P14D from service.begun",
          "sheet.completed:team-meeting", "manager", "by weekly"),
    Clock("Report before review", HOSTEL, "period-report", "P2D before review.planned:monthly",
          "report.written", "key_worker", "Key Working, step 5"),
    Clock("Evidence reconciliation", HOSTEL, "evidence-reconciliation", "every P1M from admission",
          "evidence.reconciled", "coordinator", "Key Working, step 6"),
    Clock("Manager’s plan review", HOSTEL, "manager-review", "plan.in_force +P28D to +P91D",
          "review.held:manager", "manager", "4 to 13 week review"),
    Clock("Case review", AOTEAROA, "case-review", "every P28D from admission",
          "review.held:case", "key_worker", "regular case review"),
    Clock("Care review", LIVING, "care-review", "every P6M from admission",
          "review.held:care", "key_worker", "Care planning and reviews"),
    Clock("Placement Planning Meeting", HOME, "planning-meeting-information",
          "P5D (working) before review.planned:placement-planning", "information.gathered",
          "key_worker", "information packs"),
    Clock("Looked After Review", HOME, "looked-after-information",
          "P5D (working) before review.planned:looked-after", "information.gathered",
          "key_worker", "information packs"),
    Clock("Placement Plan", HOME, "plan-current", "every P28D from plan.in_force",
          "review.held:placement-plan", "key_worker", "Key worker guidance, 3.6"),
    Clock("Leave preparation", HOSTEL, "leave-preparation", "P2D before leave.begins",
          "leave.arranged", "key_worker", "Key Working, step 4"),
    Clock("Transitional stay", AOTEAROA, "expected-move", "for each move_on_target.reached +P0D",
          "move_on_target.renewed", "key_worker", "average of 12 weeks, more or less"),
    Clock("Aftercare", AOTEAROA, "twelve-plus-decision", "aftercare.begun +P70D to +P84D",
          "aftercare.decided", "key_worker", "a further 12 weeks"),
    Clock("Internal supervision", AOTEAROA, "supervision", "every P14D from work.begun",
          "sheet.completed:supervision", "line_manager", "fortnightly"),
    Clock("External supervision", AOTEAROA, "external-supervision", "every P1M from work.begun",
          "sheet.completed:external-supervision", "worker", "monthly"),
    Clock("Charter signed", AOTEAROA, "residents-charter", "admission +P1D",
          "agreement.answered:residents-charter", "key_worker", "Case management"),
    Clock("Incident logged", AOTEAROA, "incident-logged", "for each sheet.happened:incident +P0D",
          "sheet.completed:incident", "key_worker", "Shift operation"),
    Clock("Breach of law reported", AOTEAROA, "breach-reported",
          "for each sheet.happened:breach-of-law +P0D",
          "sheet.completed:breach-of-law", "team_leader", "Health and safety"),
    Clock("Social worker informed", HOME, "social-worker-update", "every P7D from admission",
          "sheet.completed:social-worker-update", "key_worker", "good news as well as bad"),
    Clock("Social worker visits", HOME, "social-worker-visit", "every P42D from admission",
          "sheet.completed:social-worker-visit", "key_worker", "the child’s own plan"),
    Clock("Birthdays and dates", HOME, "special-day", "P14D before birthday",
          "sheet.completed:special-day", "key_worker", "Key worker guidance, 3.1"),
    Clock("Health Care Plan", HOME, "health-care-plan-renewed",
          "P14D before sheet.expires:health-care-plan",
          "sheet.renewed:health-care-plan", "key_worker", "3.2: up to date"),
    Clock("Policy review", LIVING, "policy-review", "every P12M from sheet.completed:policy-review",
          "sheet.completed:policy-review", "manager", "annually"),
    Clock("Policy review after a change", LIVING, "policy-after-change",
          "for each sheet.happened:role-changed +P28D",
          "sheet.completed:policy-review", "manager", "when the use of key workers changes"),
    Clock("Monthly report", CARE, "monthly-report", "1 each month from admission, P5D (working) on",
          "report.written", "key_worker", "Budgets and KPIs: monthly"),
    Clock("Complaint acknowledged", CARE, "complaint-acknowledged",
          "for each sheet.completed:complaint +P3D (working)",
          "sheet.completed:complaint-acknowledged", "key_worker", "within timescales"),
    Clock("Complaint answered", CARE, "complaint-answered",
          "for each sheet.completed:complaint +P20D (working)",
          "sheet.completed:complaint-answered", "key_worker", "within timescales"),
    Clock("Safeguarding training", CARE, "safeguarding-training", "every P12M from work.begun",
          "sheet.completed:safeguarding-training", "worker", "Safe: up to date"),
    Clock("Medication audit", CARE, "medication-audit",
          "every P1M from sheet.completed:medication-support",
          "sheet.completed:medication-audit", "key_worker", "Safe: auditing"),
    Clock("Medication stock", CARE, "medication-stock",
          "every P7D from sheet.completed:medication-support",
          "sheet.completed:medication-stock", "key_worker", "Safe: auditing"),
    Clock("Capacity and liberty records", CARE, "capacity-renewed",
          "P60D before sheet.expires:capacity", "sheet.renewed:capacity", "key_worker",
          "capacity and liberty records"),
    Clock("Regulator notification", CARE, "regulator-notified",
          "for each sheet.happened:notifiable-event +P1D",
          "sheet.completed:notification-sent", "manager", "notifications where appropriate"),
    Clock("File audits", CARE, "file-audit", "every P3M from admission",
          "sheet.completed:file-audit", "key_worker", "audited as required"),
]  # fmt: skip


def counted(rule: DutyRule) -> str:
    """How a rule counts, in one line: "admission +P7D", "every P14D from work.begun"."""
    working = " (working)" if rule.days is Days.WORKING else ""
    match rule.kind:
        case DutyKind.FIXED:
            after = f", {rule.due}{working} on" if rule.due else ""
            return f"{rule.minimum} each {rule.every} from {rule.anchor}{after}"
        case DutyKind.ROLLING:
            return f"every {rule.every} from {rule.anchor}"
        case DutyKind.BEFORE:
            return f"{rule.due}{working} before {rule.before}"
    each = "for each " if rule.for_each else ""
    opens = f"+{rule.opens} to " if rule.opens else ""
    return f"{each}{rule.anchor} {opens}+{rule.due}{working}"


@pytest.mark.parametrize("clock", CLOCKS, ids=lambda clock: clock.says)
def test_each_clock_of_the_sources_runs_in_its_pack(clock):
    rule = pack(clock.of).duties[clock.key]

    assert counted(rule) == clock.counted
    assert rule.done_by == clock.closed_by
    assert rule.owner[0] == clock.owner
    assert clock.clause in rule.source


@pytest.mark.parametrize(
    "clock", [one for one in CLOCKS if one.of == LIVING], ids=lambda clock: clock.says
)
def test_what_supported_living_counts_runs_under_co_ordinated_care_too(clock):
    """Its source is the policy, which holds there as well: the pack is stacked on it."""
    rule = pack(CARE).duties[clock.key]

    assert counted(rule) == clock.counted
    assert rule.done_by == clock.closed_by
    assert rule.source


# Section 3.7, row by row: what each is checked by here, where it is not a duty.
NOT_A_DUTY = {
    "Nights out", "Caseload", "Bed counts", "Care Certificate etc.", "Workshop completion",
    "Actions", "Aftercare",
}  # fmt: skip
ROWS = {
    "Induction", "Initial assessment", "First action plan", "Diarised session",
    "Regular session", "Weekly actions", "Action training workshop",
    "Spokesperson’s team meeting", "Report before review", "Evidence reconciliation",
    "Manager’s plan review", "Case review", "Care review", "Placement Planning Meeting",
    "Looked After Review", "Placement Plan", "Leave preparation", "Nights out", "Caseload",
    "Transitional stay", "Aftercare", "Internal supervision", "External supervision",
    "Bed counts", "Charter signed", "Incident logged", "Breach of law reported",
    "Social worker informed", "Social worker visits", "Birthdays and dates", "Health Care Plan",
    "Policy review", "Care Certificate etc.", "Monthly report", "Complaint acknowledged",
    "Complaint answered", "Safeguarding training", "Medication audit",
    "Capacity and liberty records", "Regulator notification", "File audits",
    "Workshop completion", "Actions",
}  # fmt: skip


def test_no_row_of_the_clocks_is_left_out():
    told = {clock.says.partition(",")[0] for clock in CLOCKS}

    assert ROWS - told - NOT_A_DUTY == set()


@pytest.mark.parametrize(
    ("of", "key", "number", "passed", "clause"),
    [
        (HOSTEL, "weekly_actions_most", 5, "refuse", "Appendix 1"),
        (HOSTEL, "nights_out_most", 2, "override", "Stages"),
        (AOTEAROA, "caseload_least", 10, "warn", "10-12 named clients"),
        (AOTEAROA, "caseload_most", 12, "override", "10-12 named clients"),
        (AOTEAROA, "move_on_target", 84, "warn", "12 weeks"),
        (AOTEAROA, "aftercare_length", 84, "warn", "12 weeks"),
        (AOTEAROA, "aftercare_decision", 70, "warn", "ours"),
        (AOTEAROA, "beds_womens_house", 15, "refuse", "Service"),
        (AOTEAROA, "beds_large_house", 50, "refuse", "Service"),
        (HOSTEL, "achieving_actions", 5, "warn", "scale"),
    ],
)
def test_each_limit_of_the_sources_stands_in_its_pack(of, key, number, passed, clause):
    limit = pack(of).limits[key]

    assert int(limit) == number
    assert str(limit.when_passed) == passed
    assert clause in limit.source


def test_no_nights_out_before_stage_five_then_one_and_at_the_legend_two():
    nights = {
        stage.key: privilege.number
        for stage in pack(HOSTEL).stages
        if (privilege := stage.privileges.get("nights_out"))
    }
    assert nights == {"stage-5": 1, "legend": 2}


def test_half_the_workshops_for_stage_three_all_for_stage_four_five_actions_for_stage_two():
    asked = {
        (rule.fact, stage.key, int(rule.at_least))
        for stage in pack(HOSTEL).stages
        for task in stage.tasks
        for rule in (*task.evidence, *(each for part in task.parts for each in part.evidence))
    }
    assert ("workshops.percent", "stage-3", 50) in asked
    assert ("workshops.percent", "stage-4", 100) in asked
    assert ("actions.completed", "stage-2", 5) in asked


@pytest.mark.parametrize("of", [LIVING, CARE])
def test_nobody_becomes_a_key_worker_without_the_care_certificate(of):
    gate = pack(of).training_gates["care-certificate"]

    assert str(gate.when_missing) == "refuse"
    assert "key_worker" in gate.roles
    assert "Training" in gate.source
