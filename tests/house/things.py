"""One of everything at Mill House, made by operations, for trying every door with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from alongside.absence.models import Absence, Cover
from alongside.absence.operations import ask_for_cover, report_sick
from alongside.accommodation.operations import report_fault
from alongside.admissions.operations import begin_admission, tick_items
from alongside.agreements.operations import explain, record_breach
from alongside.allocations.operations import (
    allocate,
    ask_for_change,
    describe_worker,
    hand_over_case,
)
from alongside.assessments.operations import start_assessment
from alongside.building.operations import book_night_out
from alongside.chores.models import HouseDuty
from alongside.chores.operations import give_duty
from alongside.conversations.operations import begin_conversation
from alongside.cover.operations import offer_session
from alongside.data_breaches.operations import Known, close_breach, leave_untold
from alongside.data_breaches.operations import record_breach as record_data_breach
from alongside.documents.operations import add_document
from alongside.duties.models import Duty
from alongside.duties.operations import close_month
from alongside.exports.models import Export
from alongside.exports.operations import take_out
from alongside.health.operations import register_with
from alongside.imports.operations import start_import
from alongside.keywork.operations import book_time, offer_slot, write_note, write_report
from alongside.kit import clock
from alongside.money.operations import list_benefit, record_spending
from alongside.moving_on.operations import list_provider, name_barrier
from alongside.organisation.models import Membership, Staff
from alongside.other_duties.operations import give_other_duty
from alongside.paperwork.operations import begin_form, fill_in_about_the_team
from alongside.plans.operations import (
    Line,
    add_goal,
    hand_on,
    open_version,
    record_disagreement,
    write_action,
    write_week,
)
from alongside.plans.queries import unsettled_plan
from alongside.privileges.operations import set_privileges
from alongside.reports.operations import fix_figures
from alongside.residents.operations import add_contact, amend_resident, propose_duplicate
from alongside.retention.leavers import hold_leaver, propose_of_leaver
from alongside.retention.models import LegalHold
from alongside.retention.operations import propose_erasure, set_hold
from alongside.reviews.models import InformationPack
from alongside.reviews.operations import add_agenda_item, collate_pack, decide
from alongside.reviews.queries import booked_review
from alongside.rights.lifting import ask_to_lift
from alongside.rights.models import Limit
from alongside.rights.operations import limit_file, open_in_emergency, put_under_seal, seal
from alongside.rota.models import Turn
from alongside.rota.operations import (
    answer_swap,
    clock_in,
    offer_swap,
    put_down,
    write_contingency_plan,
)
from alongside.schemes.operations import add_aim, add_duty
from alongside.sharing.operations import record_consent
from alongside.sheets.keeping import begin_sheet
from alongside.signin.codes import new_code
from alongside.signin.models import SignIn
from alongside.signin.operations import raise_alarm
from alongside.stages.operations import demote, offer_evidence
from alongside.stages.tests.scenes import at_stage
from alongside.stays.models import Stay
from alongside.subject_access.models import AccessRequest
from alongside.subject_access.operations import take_request
from alongside.team.operations import arrange_stand_in, delegate
from alongside.testing.builders import a_booked_review, a_held_review, a_referral, a_stay
from alongside.testing.cast import Cast, a_member_of_staff, a_resident
from alongside.time_away.operations import record_away
from alongside.workshops.operations import begin_house_role, begin_programme, plan_workshop

TODAY = date(2026, 4, 20)
REPORT = {"progress": "Rang the college.", "assessment": "Steady.", "risks": "None."}
AT_TWO = datetime(2026, 4, 22, 14, tzinfo=ZoneInfo("Europe/London"))


def a_picture() -> BytesIO:
    kept = BytesIO()
    Image.new("RGB", (8, 8)).save(kept, "PNG")
    kept.seek(0)
    return kept


A_PICTURE = a_picture().read()
A_LIST = b"Name,Moved in\nRosa Lindqvist,02/02/2026\nIdris Khan,31/02/2026\n"
type Make = Callable[[Cast], Any]


def a_handover(cast: Cast) -> Any:
    bilal = a_member_of_staff(cast.mill_house, "Bilal Khan", "key_worker", line_manager=cast.grace)
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina)
    return hand_over_case(
        cast.tomasz, by=cast.grace, to=bilal, summary="Goes to college on Tuesdays."
    )


def an_absence(cast: Cast) -> Any:
    """Amina is off sick; once, however many parts of an address ask."""
    if cast.tomasz.allocations.filter(until_on=None).first() is None:
        allocate(cast.tomasz, by=cast.grace, worker=cast.amina)
    there = Absence.objects.select_related(*Absence.LOCK_WITH).first()
    return there or report_sick(cast.mill_house, by=cast.grace, worker=cast.amina)


def an_absence_of_their_worker(cast: Cast) -> Any:
    """Whoever holds this very person is off sick; nobody holds two of those we ask about."""
    held = cast.tomasz.allocations.filter(until_on=None).select_related("worker").first()
    if held is None:
        worker = cast.amina
        if worker.allocations.filter(until_on=None).exists():
            worker = a_member_of_staff(cast.mill_house, "Bilal Khan", "key_worker")
        held = allocate(cast.tomasz, by=cast.grace, worker=worker, reason="continuity")
    absences = Absence.objects.select_related(*Absence.LOCK_WITH)
    there = absences.filter(worker=held.worker).first()
    return there or report_sick(cast.mill_house, by=cast.grace, worker=held.worker)


def an_absence_grace_may_cover(cast: Cast) -> Any:
    """Whoever was asked says yes to all; nobody else has anything to say yes to."""
    absence = an_absence(cast)
    if not Cover.objects.filter(absence=absence, to_worker=cast.grace).exists():
        ask_for_cover(absence, by=cast.grace, to_worker=cast.grace, stays=[cast.tomasz])
    return absence


def a_cover(cast: Cast) -> Any:
    ruth = a_member_of_staff(cast.mill_house, "Ruth Abara", "key_worker", line_manager=cast.grace)
    ask_for_cover(an_absence(cast), by=cast.grace, to_worker=ruth, stays=[cast.tomasz])
    return Cover.objects.get()


def a_session_offer(cast: Cast) -> Any:
    ruth = a_member_of_staff(cast.mill_house, "Ruth Abara", "key_worker", line_manager=cast.grace)
    booking = book_time(
        cast.tomasz, by=cast.amina, worker=cast.amina, on=AT_TWO.date(), starts=time(14),
        venue="office",
    )  # fmt: skip
    return offer_session(booking, by=cast.grace, to_worker=ruth)


def a_turn(cast: Cast) -> Any:
    return Turn.objects.first() or put_down(
        cast.mill_house, by=cast.grace, on=AT_TWO.date(), shift="early", worker=cast.amina
    )


def a_clocking(cast: Cast) -> Any:
    turn = put_down(cast.mill_house, by=cast.grace, on=TODAY, shift="early", worker=cast.amina)
    return clock_in(turn, by=cast.amina)


def a_swap(cast: Cast) -> Any:
    ruth = a_member_of_staff(cast.mill_house, "Ruth Abara", "key_worker", line_manager=cast.grace)
    swap = offer_swap(a_turn(cast), by=cast.amina, to_worker=ruth)
    return answer_swap(swap, by=ruth, agree=True)


def a_stand_in(cast: Cast) -> Any:
    now = clock.now()
    return arrange_stand_in(
        a_role(cast, cast.grace), by=cast.grace, staff=cast.amina, capacity="acting",
        from_at=now + timedelta(days=1), until_at=now + timedelta(days=2), because="A course.",
    )  # fmt: skip


def a_delegation(cast: Cast) -> Any:
    """To Grace herself, by whoever manages besides her: she answers it."""
    both = a_member_of_staff(cast.mill_house, "Vera Lund", "manager")
    return delegate(
        a_role(cast, both), by=both, staff=cast.grace, responsibilities=["plan"],
        from_at=clock.now(),
    )  # fmt: skip


def put_away_on_its_way(cast: Cast) -> Any:
    """A telephone number that stood in the file and is under seal."""
    amend_resident(cast.mill_house, by=cast.grace, resident=cast.tomasz.resident, phone="0161 496")
    stay = Stay.objects.select_related(*Stay.LOCK_WITH).get(pk=cast.tomasz.pk)
    return put_under_seal(stay, by=cast.grace, part="phone", kind="health")


def a_lifting(cast: Cast, by: Staff | None = None) -> Any:
    """Vera asks that it be lifted, or whoever is named; Grace may decide what Vera asked for."""
    who = by or a_member_of_staff(cast.mill_house, "Vera Lund", "manager")
    return ask_to_lift(put_away_on_its_way(cast), by=who, because="It is known by now.")


def a_document(cast: Cast) -> Any:
    return add_document(
        cast.tomasz, by=cast.grace, kind="letter", title="From the council", dated_on=TODAY,
        file=SimpleUploadedFile("letter.txt", b"Dear Tomasz"),
    )  # fmt: skip


def a_limit(cast: Cast) -> Any:
    limit_file(cast.tomasz, by=cast.grace, kind="never", staff=[cast.amina], because="Kin.")
    return Limit.objects.get(resident=cast.tomasz.resident_id, staff=cast.amina, kind="never")


def an_opening(cast: Cast) -> Any:
    return open_in_emergency(cast.tomasz, by=cast.amina, because="He does not answer his door.")


def a_role(cast: Cast, staff: Any) -> Any:
    found = Membership.objects.select_related("staff", "scheme__organisation")
    return found.filter(staff=staff).earliest("pk")


def a_contingency_plan(cast: Cast) -> Any:
    return write_contingency_plan(
        cast.mill_house, by=cast.grace, scenario="no_power", steps="Light the lamps.",
        calls="Grace, 07700 900111",
    )  # fmt: skip


def a_wish_for_change(cast: Cast) -> Any:
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina)
    return ask_for_change(
        cast.tomasz, by=cast.grace, reason="other", words="They would like a change."
    )


def a_duplicate(cast: Cast) -> Any:
    other = a_resident(cast.mill_house, "Tomas", "Novak")
    return propose_duplicate(
        cast.mill_house, by=cast.grace, one=cast.tomasz.resident, other=other, why="Nearly a name"
    )


def a_plan(cast: Cast) -> Any:
    """The version being written: two parts of one address are of the same plan."""
    return unsettled_plan(cast.tomasz) or open_version(cast.tomasz, by=cast.amina)


def a_goal(cast: Cast) -> Any:
    return add_goal(
        a_plan(cast), by=cast.amina, words="Save for a deposit", whose_idea="resident", need="4.7"
    )


def an_action(cast: Cast) -> Any:
    return write_action(a_plan(cast), by=cast.amina, text="Open an account", when_on=TODAY)


def a_task(cast: Cast) -> Any:
    return hand_on(
        an_action(cast), by=cast.amina, to=cast.grace, instruction="Go with him.", due_on=TODAY
    )


def a_disagreement(cast: Cast) -> Any:
    return record_disagreement(a_plan(cast), by=cast.amina, who="His sister", words="Too soon")


def a_week(cast: Cast) -> Any:
    lines = [Line(text="Ring the bank", when_on=TODAY)]
    return write_week(cast.tomasz, by=cast.amina, starts_on=TODAY, lines=lines)


def a_review(cast: Cast) -> Any:
    """The one that is booked: there is never more than one of a kind."""
    booked = booked_review(cast.tomasz, "monthly")
    return booked or a_booked_review(cast.tomasz, by=cast.amina, kind="monthly")


def a_pack(cast: Cast) -> Any:
    review = a_review(cast)
    there = InformationPack.objects.filter(review=review).first()
    return there or collate_pack(review, by=cast.amina, from_on=TODAY, until_on=TODAY)


def a_decision(cast: Cast) -> Any:
    held = a_held_review(a_review(cast), by=cast.amina)
    return decide(
        held, by=cast.amina, words="Ring the council", who="staff", staff=cast.grace, due_on=TODAY
    )


def some_evidence(cast: Cast) -> Any:
    at_stage(cast.tomasz, "probation", by=cast.grace)
    return offer_evidence(
        cast.tomasz, by=cast.amina, task="5.4", kind="certificate", happened_on=TODAY,
        words="The certificate", file=SimpleUploadedFile("page.png", A_PICTURE),
    )  # fmt: skip


def a_promotion(cast: Cast) -> Any:
    return at_stage(cast.tomasz, "stage-1", by=cast.grace)


def a_move_back(cast: Cast) -> Any:
    at_stage(cast.tomasz, "stage-2", by=cast.grace)
    return demote(
        cast.tomasz, by=cast.grace, stage="stage-1", reason="breach", words="Guests at night.",
        starts_at=clock.now(),
    )  # fmt: skip


def a_night_out(cast: Cast) -> Any:
    stay, opened = cast.tomasz, cast.mill_house.pack.privileges_at("stage-5")
    set_privileges(
        stay, by=cast.grace, unlocked=tuple(opened), stage="stage-5", from_at=clock.now()
    )
    return book_night_out(
        stay, by=cast.amina, night_of=AT_TWO.date(), back_by=AT_TWO + timedelta(hours=21),
        address="8 Elm Row", phone="07700 900123",
    )  # fmt: skip


def a_form(cast: Cast) -> Any:
    answers = {"agency": "Citizens Advice", "need": "My debts", "agreed": "Yes, all of it"}
    return begin_form(
        cast.tomasz, by=cast.amina, key="agency-referral", answers=answers, finish=True
    )


def a_photo(cast: Cast) -> Any:
    return describe_worker(cast.mill_house, by=cast.grace, worker=cast.amina, photo=a_picture())


def a_house_duty(cast: Cast) -> Any:
    give_duty(cast.tomasz, by=cast.amina, kind="kitchen", first_on=TODAY)
    return HouseDuty.objects.get()


def a_workshop(cast: Cast) -> Any:
    programme = begin_programme(cast.mill_house, by=cast.amina, name="Action Training")
    return plan_workshop(programme, by=cast.amina, title="Cooking for one", held_on=TODAY)


def always(value: str) -> Make:
    return lambda _: value


def an_export(cast: Cast) -> Any:
    """Coverage, taken out by Grace."""
    return take_out(
        cast.mill_house, by=cast.grace, what="coverage", asked="", columns=["met"], kind="csv",
        purpose="figures", words="The commissioner asks every month.",
    )  # fmt: skip


def an_export_that_waits(cast: Cast) -> Any:
    """Who lives here, asked for by Amina: so many that somebody else has to release it."""
    made = take_out(
        cast.mill_house, by=cast.amina, what="people", asked="", columns=["name"], kind="csv",
        purpose="planning", words="For the evacuation plan.",
    )  # fmt: skip
    Export.objects.filter(pk=made.pk).update(needs_release=True, people=40)
    return made


def a_consent(cast: Cast) -> Any:
    return record_consent(
        cast.tomasz, by=cast.amina, agency="Citizens Advice", purpose="benefits", scope=["money"],
        given_by="self", capacity="can", how="spoken", given_on=TODAY,
    )  # fmt: skip


def a_hold(cast: Cast) -> Any:
    there = LegalHold.objects.filter(ended_at=None).first()
    return there or set_hold(cast.tomasz, by=cast.grace, because="A claim is being made.")


def an_erasure(cast: Cast) -> Any:
    """Asked for by Amina, of somebody who left long ago."""
    rosa = a_stay(cast.beds[2], by=cast.grace)
    Stay.objects.filter(pk=rosa.pk).update(
        moved_in_on=date(2010, 3, 1), moved_out_on=date(2011, 3, 1), ended_by=cast.grace,
        left_because="planned",
    )  # fmt: skip
    return propose_erasure(Stay.objects.get(pk=rosa.pk), by=cast.amina)


def a_leaver(cast: Cast) -> Any:
    """Somebody who worked at Mill House and left long ago."""
    if there := Staff.objects.filter(name="Mo Iqbal", last_day__isnull=False).first():
        return there
    mo = a_member_of_staff(cast.mill_house, "Mo Iqbal", "support_worker", cast.grace)
    left = date(2019, 3, 29)
    Membership.objects.filter(staff=mo).update(from_on=date(2017, 3, 1), until_on=left)
    Staff.objects.filter(pk=mo.pk).update(last_day=left)
    return Staff.objects.get(pk=mo.pk)


def a_data_breach(cast: Cast) -> Any:
    """A letter about Tomasz that went to somebody else."""
    known = Known(
        what="A letter went to next door.", kind="wrong_person",
        aware_at=clock.now(), known_by=cast.amina, at_once="It was fetched.", seriousness="risk",
        people=[cast.tomasz.resident],
    )  # fmt: skip
    return record_data_breach(cast.mill_house, by=cast.grace, known=known)


def a_closed_data_breach(cast: Cast) -> Any:
    found = a_data_breach(cast)
    for whom in ("regulator", "people"):
        leave_untold(found, by=cast.grace, whom=whom, because="It came back unopened.")
    close_breach(found, by=cast.grace, lessons="Addresses are read aloud.")
    return found


def an_access_request(cast: Cast) -> Any:
    there = AccessRequest.objects.filter(stay=cast.tomasz, made_at=None).first()
    return there or take_request(cast.tomasz, by=cast.grace, received_on=TODAY, identity_on=TODAY)


def a_conversation(cast: Cast) -> Any:
    """Grace writes to Amina about nobody; in it whoever is tried as Grace may do anything."""
    return begin_conversation(
        cast.mill_house, by=cast.grace, to=[cast.amina], subject="The spare keys",
        text="They are missing.",
    )  # fmt: skip


def a_passage(cast: Cast) -> Any:
    """About his sister, in what he is to be given."""
    add_contact(
        cast.mill_house, by=cast.grace, resident=cast.tomasz.resident, name="Ewa Zielinska",
        relation="Sister",
    )  # fmt: skip
    return an_access_request(cast).mentions.first()


# What stands in an address under a name, or, where rooms use one name, under room and name.
THINGS: dict[str, Make] = {
    "spending_id": lambda cast: record_spending(
        cast.mill_house, by=cast.amina, what="A kettle", amount=Decimal(25)
    ).pk,
    "other_duty_id": lambda cast: give_other_duty(
        cast.mill_house, by=cast.grace, to=cast.amina, what="Order a kettle",
        why="The old one leaks.", due_on=TODAY,
    ).pk,
    "conversation_id": lambda cast: a_conversation(cast).pk,
    "message_id": lambda cast: a_conversation(cast).messages.get().pk,
    "member_id": lambda cast: a_conversation(cast).members.get(staff=cast.grace).pk,
    "data_breach_id": lambda cast: a_data_breach(cast).pk,
    "data_breaches:reopen data_breach_id": lambda cast: a_closed_data_breach(cast).pk,
    "whom": always("regulator"),
    "sharing pk": lambda cast: a_consent(cast).pk,
    "subject_access pk": lambda cast: an_access_request(cast).pk,
    "subject_access:decide pk": lambda cast: a_passage(cast).pk,
    "retention pk": lambda cast: an_erasure(cast).pk,
    "retention:end-hold pk": lambda cast: a_hold(cast).pk,
    "leaver_id": lambda cast: a_leaver(cast).pk,
    "staff_hold_id": lambda cast: hold_leaver(
        cast.mill_house, by=cast.grace, staff=a_leaver(cast), because="A claim is being made."
    ).pk,
    "staff_erasure_id": lambda cast: propose_of_leaver(
        cast.mill_house, by=cast.amina, staff=a_leaver(cast)
    ).pk,
    "scheme": lambda cast: cast.mill_house.slug,
    "stay_id": lambda cast: cast.tomasz.pk,
    "resident_id": lambda cast: cast.tomasz.resident_id,
    "staff_id": lambda cast: cast.amina.pk,
    "bed_id": lambda cast: cast.beds[1].pk,
    "schemes section": always("limits"),
    "schemes key": always("caseload_most"),
    "schemes field": always("number"),
    "schemes:withdraw-duty key": lambda cast: add_duty(
        cast.mill_house, by=cast.grace, says="A welcome tea", anchor="admission", due="P7D",
        owner="key_worker", done_by="session.held", because="We like tea.",
    ).key,
    "schemes:withdraw-aim key": lambda cast: add_aim(
        cast.mill_house, by=cast.grace, says_it="A home for everybody", because="Agreed."
    ).key,
    "schemes:reword-aim key": lambda cast: add_aim(
        cast.mill_house, by=cast.grace, says_it="A table for everybody", because="Agreed."
    ).key,
    "schemes:take-back-aim key": lambda cast: add_aim(
        cast.mill_house, by=cast.grace, says_it="A chair for everybody", because="Agreed."
    ).key,
    "schemes:vary-for-person key": always("first-plan"),
    "schemes:call-for-person key": always("key_worker"),
    "schemes:change-for-person key": always("first-plan"),
    "schemes:change-for-person field": always("due"),
    "agreements key": always("conditions-of-stay"),
    "assessment_id": lambda cast: start_assessment(
        cast.tomasz, by=cast.amina, assessed_on=TODAY
    ).pk,
    "duty_id": lambda cast: Duty.objects.filter(stay=cast.tomasz).earliest("due_on").pk,
    "note_id": lambda cast: write_note(
        cast.tomasz, by=cast.amina, kind="informal", text="Talked by the stairs."
    ).pk,
    "booking_id": lambda cast: book_time(
        cast.tomasz, by=cast.amina, worker=cast.amina, on=AT_TWO.date(), starts=time(14),
        venue="office",
    ).pk,
    "slot_id": lambda cast: offer_slot(
        cast.mill_house, by=cast.amina, worker=cast.amina, starts_at=AT_TWO,
        ends_at=AT_TWO.replace(hour=15), venue="office",
    ).pk,
    "report_id": lambda cast: write_report(
        cast.tomasz, by=cast.amina, headings=REPORT
    ).pk,
    "fault_id": lambda cast: report_fault(
        cast.beds[1], by=cast.grace, kind="heating", words="Cold", seen_on=TODAY
    ).pk,
    "referral_id": lambda cast: a_referral(cast.mill_house, by=cast.grace).pk,
    "proposal_id": lambda cast: a_duplicate(cast).pk,
    "request_id": lambda cast: a_wish_for_change(cast).pk,
    "handover_id": lambda cast: a_handover(cast).pk,
    "explanation_id": lambda cast: explain(
        cast.tomasz, by=cast.amina, key="conditions-of-stay", explained_on=TODAY
    ).pk,
    "breach_id": lambda cast: record_breach(
        cast.tomasz, by=cast.amina, key="conditions-of-stay", clause="6", happened_on=TODAY,
        what_happened="Stayed out without telling anybody.",
    ).pk,
    "sheet_id": lambda cast: begin_sheet(
        cast.mill_house, "induction", by=cast.grace, stay=cast.tomasz
    ).pk,
    "paperwork sheet_id": lambda cast: a_form(cast).pk,
    "paperwork key": always("agency-referral"),
    "paperwork:service-form key": always("team-meeting"),
    "paperwork:colleague-form key": always("supervision"),
    "paperwork:team-form sheet_id": lambda cast: fill_in_about_the_team(
        cast.mill_house, by=cast.grace, key="team-meeting",
        answers={"held_on": TODAY.isoformat(), "who": "Tomasz", "said": "More light."},
    ).pk,
    "reports figure": always("in"),
    "exports what": always("coverage"),
    "figures_id": lambda cast: fix_figures(
        cast.mill_house, by=cast.grace, month=date(2026, 3, 1)
    ).pk,
    "export_id": lambda cast: an_export(cast).pk,
    "exports:release export_id": lambda cast: an_export_that_waits(cast).pk,
    "exports:decline export_id": lambda cast: an_export_that_waits(cast).pk,
    "run_id": lambda cast: start_import(
        cast.mill_house, by=cast.grace, name="list.csv", content=A_LIST
    ).pk,
    "imports number": always("0"),
    "money what": always("benefit"),
    "money:follow-up what": always("status"),
    "signin pk": lambda cast: cast.amina.pk,
    "signin:end-session pk": lambda cast: SignIn.objects.create(
        staff=cast.amina, session_key=new_code(), how="app", device="A browser", kind="desk"
    ).pk,
    "signin:see-alarm pk": lambda cast: raise_alarm(cast.amina, by=cast.amina, people=61).pk,
    "money pk": lambda cast: list_benefit(
        cast.tomasz, by=cast.amina, kind="housing_benefit", status="live", from_on=TODAY
    ).pk,
    "health pk": lambda cast: register_with(
        cast.tomasz, by=cast.amina, kind="gp", name="Mill Street Surgery", registered_on=TODAY
    ).pk,
    "membership_id": lambda cast: a_role(cast, cast.amina).pk,
    "team:delegate membership_id": lambda cast: a_role(cast, cast.grace).pk,
    "stand_in_id": lambda cast: a_stand_in(cast).pk,
    "team:answer stand_in_id": lambda cast: a_delegation(cast).pk,
    "document_id": lambda cast: a_document(cast).pk,
    "limit_id": lambda cast: a_limit(cast).pk,
    "opening_id": lambda cast: an_opening(cast).pk,
    "rights:close opening_id": lambda cast: open_in_emergency(
        cast.tomasz, by=cast.grace, because="He does not answer his door."
    ).pk,
    "sealed_id": lambda cast: seal(
        cast.tomasz, by=cast.amina, kind="health", title="A test", words="Not known yet"
    ).pk,
    "lifting_id": lambda cast: a_lifting(cast).pk,
    "rights:lift sealed_id": lambda cast: put_away_on_its_way(cast).pk,
    "rights:take-back lifting_id": lambda cast: a_lifting(cast, by=cast.grace).pk,
    "allocations:photo staff_id": lambda cast: a_photo(cast).worker_id,
    "absence_id": lambda cast: an_absence(cast).pk,
    "cover:arrange absence_id": lambda cast: an_absence_of_their_worker(cast).pk,
    "cover:accept-all absence_id": lambda cast: an_absence_grace_may_cover(cast).pk,
    "cover_id": lambda cast: a_cover(cast).pk,
    "turn_id": lambda cast: a_turn(cast).pk,
    "clocking_id": lambda cast: a_clocking(cast).pk,
    "clocked": always("came"),
    "swap_id": lambda cast: a_swap(cast).pk,
    "yes_or_no": always("approve"),
    "contingency_id": lambda cast: a_contingency_plan(cast).pk,
    "cover offer_id": lambda cast: a_session_offer(cast).pk,
    "admission_id": lambda cast: begin_admission(
        cast.mill_house, by=cast.grace, given_name="Rosa"
    ).pk,
    "admissions key": always("safety"),
    "induction_id": lambda cast: tick_items(
        cast.tomasz, by=cast.amina, answers={"fire_exits": True}
    ).pk,
    "party": always("resident"),
    "building pk": lambda cast: a_night_out(cast).pk,
    "building what": always("left"),
    "time_away pk": lambda cast: record_away(
        cast.tomasz, by=cast.amina, kind="hospital", left_on=TODAY
    ).pk,
    "time_away what": always("back"),
    "month_id": lambda cast: close_month(
        cast.mill_house, by=cast.grace, month=date(2026, 3, 1)
    ).pk,
    "plans slug": lambda cast: cast.mill_house.slug,
    "plan_id": lambda cast: a_plan(cast).pk,
    "goal_id": lambda cast: a_goal(cast).pk,
    "action_id": lambda cast: an_action(cast).pk,
    "task_id": lambda cast: a_task(cast).pk,
    "disagreement_id": lambda cast: a_disagreement(cast).pk,
    "form_id": lambda cast: a_week(cast).pk,
    "plans line_id": lambda cast: a_week(cast).lines.get().pk,
    "plans week": lambda cast: a_week(cast).starts_on.isoformat(),
    "plans what": always("report"),
    "review_id": lambda cast: a_review(cast).pk,
    "reviews:pack review_id": lambda cast: a_pack(cast).review_id,
    "reviews:make-ready review_id": lambda cast: a_pack(cast).review_id,
    "reviews:pack-pdf review_id": lambda cast: a_pack(cast).review_id,
    "reviews line_id": lambda cast: add_agenda_item(
        a_review(cast), by=cast.amina, words="Keys"
    ).pk,
    "invitation_id": lambda cast: a_review(cast).invitations.get(kind="resident").pk,
    "decision_id": lambda cast: a_decision(cast).pk,
    "stages code": always("3.4"),
    "stages:decide what": always("waive"),
    "stages:move what": always("promote"),
    "stages pk": lambda cast: some_evidence(cast).pk,
    "move_id": lambda cast: a_move_back(cast).pk,
    "stages:told pk": lambda cast: a_promotion(cast).pk,
    "stages:lift pk": lambda cast: a_promotion(cast).pk,
    "stages:certificate pk": lambda cast: a_promotion(cast).pk,
    "provider_id": lambda cast: list_provider(
        cast.mill_house, by=cast.amina, name="Northside Homes", kind="association"
    ).pk,
    "moving_on what": always("plan"),
    "moving_on:follow-up what": always("close-barrier"),
    "moving_on pk": lambda cast: name_barrier(
        cast.tomasz, by=cast.amina, area="papers", what="No passport", since_on=TODAY
    ).pk,
    "chores pk": lambda cast: a_house_duty(cast).pk,
    "workshops pk": lambda cast: a_workshop(cast).pk,
    "workshops:record what": always("activity"),
    "workshops:follow-up what": always("end-role"),
    "workshops:follow-up pk": lambda cast: begin_house_role(
        cast.tomasz, by=cast.amina, role="buddy", from_on=TODAY
    ).pk,
}  # fmt: skip
# What else a door asks for in its address, without which it is no door to anybody.
ASKS = {"stages:confirm": "?line=observations.good:sleep"}


def maker(door: str, part: str) -> Make | None:
    """Who makes that part of that address: for the page, for the room, or for every room."""
    room = door.partition(":")[0]
    names = (f"{door} {part}", f"{room} {part}", part)
    return next((THINGS[name] for name in names if name in THINGS), None)
