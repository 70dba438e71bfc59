"""The pages of stages, as Amina, Grace and Owen find them."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from alongside.documents.tests.corpus import picture
from alongside.kit.refusal import Refused
from alongside.stages import operations, queries
from alongside.stages.facts import evidence_reconciled
from alongside.stages.models import Evidence, EvidenceNote, Reconciliation, StageMove
from alongside.stages.tests.scenes import TODAY, at_stage, evidence_for, verified, waived
from alongside.testing.cast import a_member_of_staff

PNG = picture("PNG")


def at(name, *args):
    return reverse(f"stages:{name}", args=args)


def read(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


@pytest.mark.req("S1-59")
def test_the_sheet_shows_seven_levels_and_five_tasks(
    client, tomasz, amina, grace, django_assert_max_num_queries
):
    at_stage(tomasz, "probation", by=grace)
    evidence_for(tomasz, "P3", by=tomasz.resident, words="Swam twice")
    client.force_login(amina)

    with django_assert_max_num_queries(12):
        page = read(client, at("stage-sheet", tomasz.pk))

    for words in ("Probation", "Stage 5", "Legend", "Housing Benefit and income benefit",
                  "Swam twice", "Reported by them", "0 of 5 done"):  # fmt: skip
        assert words in page
    assert page.count('id="task-') == 5
    assert "Volunteers" in read(client, at("stage-sheet", tomasz.pk) + "?level=stage-4")
    assert "no further tasks" in read(client, at("stage-sheet", tomasz.pk) + "?level=legend")


@pytest.mark.parametrize(("stage", "has_lower"), [("probation", False), ("legend", True)])
def test_moving_back_is_offered_where_there_is_a_lower_stage(
    client, tomasz, grace, stage, has_lower
):
    at_stage(tomasz, stage, by=grace)
    client.force_login(grace)

    assert ("Move back" in read(client, at("stage-sheet", tomasz.pk))) is has_lower


@pytest.mark.req("S1-28")
def test_amina_confirms_a_promotion_and_the_certificate_is_printed(client, tomasz, amina, grace):
    at_stage(tomasz, "probation", by=grace)
    client.force_login(amina)
    assert "Ready for" not in read(client, at("stage-sheet", tomasz.pk))
    too_soon = client.post(at("move", tomasz.pk, "promote"), {"promoted_on": "2026-04-20"})
    assert too_soon.status_code == 422
    assert "still to be verified" in too_soon.content.decode()
    waived(tomasz, "probation", by=grace)
    assert "Ready for Stage 1" in read(client, at("stage-sheet", tomasz.pk))

    client.post(at("move", tomasz.pk, "promote"), {"promoted_on": "2026-04-20"})

    move = StageMove.objects.get(kind="promoted")
    certificate = client.get(at("certificate", move.pk))
    assert certificate.status_code == 200
    assert certificate["Content-Type"] == "application/pdf"
    assert "Stage 1" in read(client, at("history", tomasz.pk))


@pytest.mark.req("S1-25")
def test_evidence_with_a_photo_is_offered_read_and_opened(
    client, tomasz, amina, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(amina)
    address = at("offer", tomasz.pk, "5.4")
    said = {"kind": "photo", "happened_on": "2026-04-19"}

    wrong = client.post(address, {**said, "file": SimpleUploadedFile("x.png", b"MZ not a picture")})
    assert wrong.status_code == 422
    assert "is something else" in wrong.content.decode()
    assert client.post(address, said).status_code == 422
    client.post(address, {**said, "file": SimpleUploadedFile("x.png", PNG)})

    one = Evidence.objects.get()
    assert one.file_kind == "image/png"
    sent = client.get(at("file", one.pk))
    assert b"".join(sent.streaming_content).startswith(b"\x89PNG")
    assert "attachment" in sent["Content-Disposition"]
    assert client.post(at("read", one.pk), {"verdict": "rejected"}).status_code == 422
    client.post(at("read", one.pk), {"verdict": "accepted"})
    client.post(at("verify", tomasz.pk, "5.4"))
    assert queries.task_of(tomasz, "5.4").is_done
    assert client.post(at("verify", tomasz.pk, "5.4")).status_code == 422


def test_a_part_is_confirmed_and_a_rejection_disputed_on_the_page(client, tomasz, amina):
    one = evidence_for(tomasz, "3.4", by=tomasz.resident)
    operations.read_evidence(one, by=amina, verdict="rejected", reason="not_enough")
    client.force_login(amina)

    assert client.post(at("dispute", one.pk), {"words": ""}).status_code == 422
    client.post(at("dispute", one.pk), {"words": "I slept well"})
    line = at("confirm", tomasz.pk, "3.4") + "?line=observations.good:sleep"
    client.post(line, {"words": "Up at seven all week"})

    page = read(client, at("task", tomasz.pk, "3.4"))
    assert "I slept well" in page
    assert "Waits for a second reader" in page
    assert "Accepted evidence of 20 April 2026" in page
    assert client.get(at("confirm", tomasz.pk, "3.4") + "?line=x").status_code == 404


def test_grace_waives_replaces_and_sets_aside_on_the_page(client, tomasz, grace):
    client.force_login(grace)
    wrong = client.post(at("decide", tomasz.pk, "P3", "waive"), {"reason": "other"})
    assert "a few words more" in wrong.content.decode()
    client.post(at("decide", tomasz.pk, "P3", "waive"), {"reason": "not_medically_fit"})
    client.post(
        at("decide", tomasz.pk, "1.2", "not-applicable"),
        {"reason": "no_medication", "agreed_on": "2026-04-19"},
    )
    client.post(
        at("decide", tomasz.pk, "4.3", "substitute"),
        {"reason": "not_available", "replaced_by": "Helps in the garden"},
    )

    assert "Not medically fit" in read(client, at("task", tomasz.pk, "P3"))
    report = read(client, at("variations", "mill-house"))
    for words in ("Waived", "Not applicable", "Substituted", "Helps in the garden"):
        assert words in report
    client.post(at("decide", tomasz.pk, "P3", "apply"), {})
    assert not queries.task_of(tomasz, "P3").is_done


@pytest.mark.req("S1-29")
def test_grace_moves_somebody_back_on_the_page_and_they_answer(client, tomasz, amina, grace):
    at_stage(tomasz, "stage-5", by=grace)
    verified(tomasz, "5.4", by=amina)
    client.force_login(grace)
    client.post(
        at("decide", tomasz.pk, "5.4", "lapse"),
        {"reason": "no_longer_true", "lapsed_on": "2026-04-20"},
    )
    assert "no longer holds: 5.4" in read(client, at("stage-sheet", tomasz.pk))
    assert "Tomasz Nowak" in read(client, at("outcome", "mill-house"))
    said = {"stage": "stage-4", "reason": "tasks_lapsed", "starts_at": "2026-04-20T12:00"}
    assert client.post(at("move", tomasz.pk, "back"), said).status_code == 422

    client.post(at("move", tomasz.pk, "back"), {**said, "tasks": ["5.4"]})

    move = StageMove.objects.get(kind="demoted")
    client.post(at("told", move.pk), {"told_on": "2026-04-20", "answer": "I disagree"})
    assert "I disagree" in read(client, at("history", tomasz.pk))
    client.post(at("lift", move.pk), {"because": "All is well"})
    move.refresh_from_db()
    assert move.lifted_by == grace


def test_grace_promotes_by_exception_and_keeps_a_stage_on_the_page(client, tomasz, grace):
    at_stage(tomasz, "probation", by=grace)
    client.force_login(grace)
    said = {"stage": "stage-2", "reason": "skipped_stage", "promoted_on": "2026-04-20"}
    assert client.post(at("move", tomasz.pk, "by-exception"), said).status_code == 422
    client.post(at("move", tomasz.pk, "by-exception"), {**said, "words": "Lived alone before"})
    verified(tomasz, "5.4", by=grace)
    operations.lapse_task(tomasz, by=grace, task="5.4", reason="no_longer_true")

    client.post(at("move", tomasz.pk, "keep"), {"words": "It comes back in May"})

    assert StageMove.objects.get(kind="kept").tasks == ["5.4"]


def test_the_header_says_how_many_things_the_stage_opens(client, tomasz, amina, grace):
    at_stage(tomasz, "stage-1", by=grace)
    client.force_login(amina)
    sheet = reverse("stages:stage-sheet", args=[tomasz.pk])
    assert "Full resident status" in client.get(sheet).content.decode()

    operations.promote_early(
        tomasz, by=grace, stage="stage-3", reason="progress", words="Doing well", promoted_on=TODAY
    )

    page = client.get(sheet).content.decode()
    assert "3 benefits of their stage" in page
    assert "more" not in page.partition("benefits of their stage")[0][-60:]


@pytest.mark.req("S1-96")
def test_a_note_is_dated_and_signed(client, tomasz, amina):
    client.force_login(amina)
    assert client.post(at("notes", tomasz.pk), {"words": ""}).status_code == 422

    client.post(at("notes", tomasz.pk), {"words": "Cooked for six"})

    note = EvidenceNote.objects.get()
    assert (note.by_staff, note.written_on) == (amina, TODAY)
    assert "Cooked for six" in read(client, at("notes", tomasz.pk))


@pytest.mark.req("S1-27")
def test_the_monthly_comparison_is_kept_line_by_line(client, tomasz, amina):
    one = evidence_for(tomasz, "5.4", by=tomasz.resident, words="My cousin and the choir")
    client.force_login(amina)
    assert "My cousin and the choir" in read(client, at("reconcile", tomasz.pk))

    address, claim = at("reconcile", tomasz.pk), {"claim": str(one.pk)}
    assert client.post(address, claim).status_code == 422
    assert client.post(address, {"claim": "x", "outcome": "matched"}).status_code == 404
    client.post(address, {**claim, "outcome": "matched"})

    assert Reconciliation.objects.get().outcome == "matched"


def test_a_month_with_nothing_done_is_compared_and_settled(client, tomasz, amina):
    client.force_login(amina)
    address = at("reconcile", tomasz.pk)
    assert "We held it, nothing to compare" in read(client, address)

    client.post(address, {"words": "He was ill all month."})

    held = Reconciliation.objects.get()
    assert (held.outcome, held.record_id) == (Reconciliation.NOTHING, tomasz.pk)
    assert evidence_reconciled(tomasz, "") == [held.reconciled_on]
    assert "He was ill all month." in read(client, address)


def test_nothing_to_compare_is_refused_while_something_is_said_to_be_done(tomasz, amina):
    evidence_for(tomasz, "5.4", by=tomasz.resident)

    with pytest.raises(Refused, match="There is something to compare"):
        operations.reconcile_nothing(tomasz, by=amina)


@pytest.mark.req("S1-59")
def test_the_sheet_is_printed_with_empty_columns(client, tomasz, amina):
    client.force_login(amina)

    page = read(client, at("paper", tomasz.pk))

    assert page.count('<tr><th scope="row">') == 30


def test_the_report_of_the_stages_takes_days_and_survives_nonsense(client, tomasz, amina, grace):
    at_stage(tomasz, "stage-1", by=grace)
    client.force_login(amina)

    assert "Stage 1" in read(client, at("outcome", "mill-house") + "?from=2026-04-01&to=nonsense")


def every_address(stay, one, move):
    return [
        at("stage-sheet", stay.pk), at("paper", stay.pk), at("history", stay.pk),
        at("notes", stay.pk), at("reconcile", stay.pk), at("move", stay.pk, "promote"),
        at("task", stay.pk, "P1"), at("offer", stay.pk, "P1"), at("confirm", stay.pk, "P1"),
        at("decide", stay.pk, "P1", "waive"), at("read", one.pk), at("dispute", one.pk),
        at("file", one.pk), at("told", move.pk), at("lift", move.pk), at("certificate", move.pk),
        at("outcome", "mill-house"), at("variations", "mill-house"),
    ]  # fmt: skip


def test_to_owen_none_of_it_exists(client, tomasz, amina, grace, owen):
    move, one = at_stage(tomasz, "stage-1", by=grace), evidence_for(tomasz, "5.4", by=amina)
    client.force_login(owen)

    for address in every_address(tomasz, one, move):
        assert client.get(address).status_code == 404, address
    assert client.post(at("verify", tomasz.pk, "P1")).status_code == 404


def test_the_kitchen_reads_nothing_of_it(client, cast, tomasz, amina, grace):
    move, one = at_stage(tomasz, "stage-1", by=grace), evidence_for(tomasz, "5.4", by=amina)
    client.force_login(a_member_of_staff(cast.mill_house, "Kit Brown", "kitchen"))

    for address in every_address(tomasz, one, move):
        assert client.get(address).status_code in {403, 404}, address


def test_what_nobody_offers_does_not_exist(client, tomasz, grace):
    client.force_login(grace)
    for address in (
        at("task", tomasz.pk, "9.9"), at("decide", tomasz.pk, "P1", "x"),
        at("move", tomasz.pk, "x"),
    ):  # fmt: skip
        assert client.get(address).status_code == 404
    assert queries.outcome(tomasz.scheme, first=date(2026, 1, 1), last=TODAY) is not None
