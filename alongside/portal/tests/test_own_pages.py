"""What a resident does by themselves: sessions, plan, week, stage, agreements; theirs only."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from alongside.agreements.operations import explain
from alongside.drafts.models import Draft
from alongside.keywork.models import Booking
from alongside.keywork.operations import book_time
from alongside.plans.models import Plan, PlanAction, WeeklyForm
from alongside.plans.operations import (
    Line,
    add_action,
    agree_as_worker,
    open_version,
    propose_action,
    verify_action,
    write_action,
    write_plan,
    write_week,
)
from alongside.signatures.models import Signature
from alongside.signatures.signing import Mark
from alongside.stages.models import Evidence
from alongside.stages.tests.scenes import at_stage
from tests.house.things import A_PICTURE

TODAY = date(2026, 4, 20)
DRAWN = {"strokes": "M1 1 L20 20"}


def body(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, answer
    return answer.content.decode()


@pytest.mark.req("S1-13", "S1-14")
def test_a_session_is_booked_moved_and_cancelled_in_their_own_name(own, tomasz, slot, amina):
    own.post("/my/sessions/", {"slot": str(slot.pk)})
    booking = Booking.objects.get()
    assert booking.by_resident == tomasz.resident
    assert "Tuesday 21 April, 14:00" in body(own, "/my/")

    assert "Move Tuesday 21 April" in body(own, f"/my/sessions/?move={booking.pk}")
    own.post("/my/sessions/", {"booking": str(booking.pk)})
    booking.refresh_from_db()
    assert booking.outcome == "cancelled"


def test_a_slot_that_is_gone_is_said_in_words(own, slot, rosa, amina):
    book_time(rosa, by=amina, worker=amina, on=date(2026, 4, 21), starts=time(14), venue="office")

    answer = own.post("/my/sessions/", {"slot": str(slot.pk)})
    assert answer.status_code == 422
    assert "already booked at this time" in answer.content.decode()


@pytest.mark.req("S1-26")
def test_an_action_is_ticked_as_done_and_waits_for_staff(own, tomasz, amina):
    action = add_action(tomasz, by=amina, text="Ring the college", when_on=TODAY)
    assert "I have done it" in body(own, "/my/")

    own.post(f"/my/plan/actions/{action.pk}/", {"words": "They were kind."})
    action.refresh_from_db()
    assert (action.reported_by_resident, action.verified_at) == (True, None)
    assert "to be looked at" in body(own, "/my/plan/")

    verify_action(action, by=amina)
    assert "Ring the college" not in body(own, "/my/")


def test_what_they_do_comes_eight_at_a_time(own, tomasz, amina):
    for number in range(9):
        add_action(tomasz, by=amina, text=f"Step {number} of nine.", who="resident")

    page = own.get("/my/plan/").text

    assert "1 to 8 of" in page
    assert page.count("I have done it") == 8


@pytest.mark.req("S1-08")
def test_they_put_something_forward_in_their_own_words(own, tomasz):
    own.post("/my/plan/idea/", {"text": "Learn to swim"})

    idea = PlanAction.objects.get()
    assert (idea.by_resident, idea.answer) == (tomasz.resident, "")
    assert "For the next talk" in body(own, "/my/plan/")
    assert own.post("/my/plan/idea/", {"text": " "}).status_code == 422


def test_they_answer_what_was_proposed_to_them(own, tomasz, amina):
    action = propose_action(tomasz, by=amina, text="See a dentist")
    assert "See a dentist" in body(own, "/my/")

    own.post(f"/my/plan/actions/{action.pk}/answer/", {"answer": "park"})
    action.refresh_from_db()
    assert action.answer == "park"


def a_plan_to_sign(tomasz, amina) -> Plan:
    plan = open_version(tomasz, by=amina)
    write_action(plan, by=amina, text="Open an account", when_on=TODAY)
    plan.refresh_from_db()
    write_plan(plan, by=amina, voice={"wants": "My own place"}, took_part="Tomasz")
    plan.refresh_from_db()
    return agree_as_worker(plan, by=amina, mark=Mark(strokes="M1 1 L2 2"))


@pytest.mark.req("S1-10")
def test_they_read_the_plan_and_sign_it_alone(own, tomasz, amina):
    plan = a_plan_to_sign(tomasz, amina)
    assert "Read and sign" in body(own, "/my/")
    assert "My own place" in body(own, f"/my/plan/{plan.pk}/sign/")

    own.post(f"/my/plan/{plan.pk}/sign/", DRAWN)
    plan.refresh_from_db()
    signature = Signature.objects.get(party="resident")
    assert plan.in_force_at
    assert signature.taken_by is None
    assert "My own place" in body(own, "/my/plan/")


def test_they_refuse_with_a_reason(own, tomasz, amina):
    plan = a_plan_to_sign(tomasz, amina)
    refuse = f"/my/plan/{plan.pk}/refuse/"
    assert own.post(refuse, {"reason": "disagrees"}).status_code == 422

    own.post(refuse, {"reason": "disagrees", "reason_words": "Too soon", "disagrees_with": "All"})
    plan.refresh_from_db()
    assert plan.state == "not_agreed"
    assert Signature.objects.get(refused=True).reason.endswith("Too soon")


def test_a_plan_that_is_still_being_written_is_not_signed_by_accident(own, tomasz, amina):
    plan = open_version(tomasz, by=amina)
    assert own.get(f"/my/plan/{plan.pk}/sign/").status_code == 404


def test_wrong_pins_on_a_signing_form_rest_like_those_at_the_door(own, tomasz, amina):
    plan = a_plan_to_sign(tomasz, amina)
    for _ in range(5):
        answer = own.post(f"/my/plan/{plan.pk}/sign/", {"pin": "1111"})
    assert "rests until 12:15" in answer.content.decode()
    assert own.post(f"/my/plan/{plan.pk}/sign/", {"pin": "2468"}).status_code == 422
    assert own.post(f"/my/plan/{plan.pk}/sign/", DRAWN).status_code == 302


@pytest.mark.req("S1-08", "S1-98")
def test_they_write_their_week_sign_it_and_tell_how_it_went(own, tomasz):
    lines = {"text_1": "Ring the bank", "when_on_1": "2026-04-22", "completed_by": "resident"}
    assert own.post("/my/week/", {**lines, "text_2": "Cook"}).status_code == 422
    own.post("/my/week/", lines)
    week = WeeklyForm.objects.get()
    assert (week.by_resident, week.completed_by) == (tomasz.resident, "resident")

    own.post(f"/my/week/{week.pk}/sign/", DRAWN)
    line = week.lines.get()
    assert "How did it go?" in body(own, "/my/week/")
    own.post(f"/my/week/lines/{line.pk}/", {"result": "done"})
    line.refresh_from_db()
    assert (line.result, line.action.reported_by_resident) == ("done", True)


def test_they_keep_their_own_words_and_put_them_into_the_plan_when_one_is_written(
    own, tomasz, amina
):
    own.post("/my/plan/words/", {"voice_wants": "A dog, whānau nearby"})
    assert Draft.objects.get().resident_id == tomasz.resident_id
    assert "whānau nearby" in body(own, "/my/plan/words/")

    plan = open_version(tomasz, by=amina)
    page = body(own, "/my/plan/words/")
    assert "whānau nearby" in page
    own.post("/my/plan/words/", {"voice_wants": "A dog, whānau nearby", "version": plan.version})
    plan.refresh_from_db()
    assert plan.voice["wants"] == "A dog, whānau nearby"
    assert not Draft.objects.exists()


def test_words_are_kept_for_later_without_a_script(own, tomasz, amina):
    action = add_action(tomasz, by=amina, text="Ring the college", when_on=TODAY)
    page = f"/my/plan/actions/{action.pk}/"
    own.post(page, {"words": "I will tell you", "keep_for_later": "yes"})

    assert "I will tell you" in body(own, page)
    action.refresh_from_db()
    assert action.reported_at is None


def test_words_are_kept_while_they_are_typed_and_are_nobody_elses(own, tomasz, client):
    answer = own.post(
        f"/my/drafts/own-idea-{tomasz.pk}/",
        data='{"text": ["Half a"]}',
        content_type="application/json",
    )
    assert answer.status_code == 200
    assert own.get(f"/my/drafts/own-idea-{tomasz.pk}/").json()["words"] == {"text": ["Half a"]}
    own.post("/my/finish/")
    assert own.get(f"/my/drafts/own-idea-{tomasz.pk}/").status_code == 302


@pytest.mark.req("S1-25")
def test_they_see_their_stage_what_is_next_and_what_it_opens(own, tomasz, grace):
    at_stage(tomasz, "stage-1", by=grace)
    page = body(own, "/my/stage/")

    stages = tomasz.scheme.pack.stages
    assert stages["stage-1"].says in page
    assert f"Next: {stages['stage-2'].says}" in page
    assert "It opens" in page


@pytest.mark.req("S1-26")
def test_they_show_with_words_and_a_photo_that_a_task_is_done(
    own, tomasz, grace, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    at_stage(tomasz, "stage-1", by=grace)
    task = next(iter(tomasz.scheme.pack.stages["stage-1"].tasks))
    sent = {
        "kind": "photo"
        if "photo" in tomasz.scheme.pack.choices("evidence_kinds")
        else "certificate",
        "happened_on": "2026-04-20",
        "words": "Here it is",
        "file": SimpleUploadedFile("me.png", A_PICTURE, "image/png"),
    }
    assert own.post(f"/my/stage/{task.key}/", sent).status_code == 302

    one = Evidence.objects.get(by_resident=tomasz.resident)
    assert one.file_kind == "image/png"
    assert "Evidence offered" in body(own, "/my/stage/")
    shown = b"".join(own.get(f"/my/evidence/{one.pk}/").streaming_content)
    assert shown.startswith(b"\x89PNG"), "It was painted anew, and is still a picture."
    assert own.post(f"/my/stage/{task.key}/", {**sent, "file": "", "words": ""}).status_code == 422
    assert own.get("/my/stage/9.9/").status_code == 404


@pytest.mark.req("S1-10")
def test_they_read_an_agreement_and_sign_it_or_say_why_not(own, tomasz, amina):
    key = "conditions-of-stay"
    assert own.get(f"/my/agreements/{key}/").status_code == 404
    explain(tomasz, by=amina, key=key, explained_on=TODAY)
    signs = [one for one in tomasz.scheme.pack.agreements if one.key == key]
    assert signs
    assert "Read and sign" in body(own, "/my/")

    page = f"/my/agreements/{key}/"
    own.post(f"{page}refuse/", {"reason": "disagrees", "reason_words": "The hours"})
    assert Signature.objects.get().refused
    own.post(page, DRAWN)
    assert Signature.objects.filter(refused=False, taken_by=None).count() == 1
    assert "You have signed this" in body(own, page)


def test_what_is_only_explained_asks_for_no_signature_and_says_so_to_them(own, tomasz, amina):
    explain(tomasz, by=amina, key="house-rules", explained_on=TODAY)

    page = body(own, "/my/agreements/house-rules/")

    assert "There is nothing to sign here" in page
    assert "Record whether they understood it" not in page


def test_what_belongs_to_rosa_is_not_there_for_tomasz(own, rosa, amina, grace):
    action = add_action(rosa, by=amina, text="Rosa’s action", when_on=TODAY)
    plan = a_plan_to_sign(rosa, amina)
    week = write_week(rosa, by=amina, starts_on=TODAY, lines=[Line(text="Hers", when_on=TODAY)])
    booking = book_time(
        rosa, by=amina, worker=amina, on=date(2026, 4, 22), starts=time(14), venue="office"
    )
    addresses = [
        reverse("portal:done", args=[action.pk]),
        reverse("portal:respond", args=[action.pk]),
        reverse("portal:sign-plan", args=[plan.pk]),
        reverse("portal:refuse-plan", args=[plan.pk]),
        reverse("portal:sign-week", args=[week.pk]),
        reverse("portal:refuse-week", args=[week.pk]),
        reverse("portal:result", args=[week.lines.get().pk]),
    ]
    for address in addresses:
        assert own.get(address).status_code == 404, address
        assert own.post(address, {**DRAWN, "answer": "accept"}).status_code == 404, address
    assert own.post("/my/sessions/", {"booking": str(booking.pk)}).status_code == 404
    for address in ("/my/", "/my/plan/", "/my/sessions/", "/my/week/", "/my/stage/"):
        assert "Rosa" not in own.get(address).content.decode()


@pytest.mark.parametrize(
    "page", ["", "sessions/", "plan/", "agreements/", "stage/", "week/", "what-they-do/"]
)
def test_a_page_makes_few_queries_however_much_is_there(
    own, cast, page, django_assert_max_num_queries
):
    at_stage(cast.tomasz, "stage-1", by=cast.grace)
    for number in range(12):
        add_action(cast.tomasz, by=cast.amina, text=f"Action {number}", when_on=TODAY)
    with django_assert_max_num_queries(12):
        assert own.get(f"/my/{page}").status_code == 200


@pytest.mark.req("S2-13")
def test_they_read_what_their_key_worker_does_and_staff_read_the_same_from_the_practice(
    own, client, cast
):
    shown = body(own, "/my/what-they-do/")
    assert "What your key worker does" in shown
    assert "Hold a key-work session this week" in shown
    assert "1 each week" in shown
    assert "Hold supervision" not in shown
    client.force_login(cast.amina)
    staff = client.get(reverse("schemes:practice", args=["mill-house"])).content.decode()
    assert "Hold a key-work session this week" in staff


def test_they_see_who_looked_at_their_file(own, client, tomasz, grace):
    client.force_login(grace)
    client.get(f"/stays/{tomasz.pk}/")

    shown = body(own, "/my/who-looked/")
    assert "Grace Okafor" in shown
    assert "Overview" in shown
