"""The weekly action form: up to five lines, signed by both, and how each went."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.db import IntegrityError, transaction

from alongside.duties.facts import FACTS
from alongside.kit.refusal import ChangedMeanwhile, NotPermitted, Refused
from alongside.plans import queries
from alongside.plans.models import PlanAction, WeeklyForm, WeeklyLine
from alongside.plans.operations import (
    Line,
    agree_week_as_resident,
    agree_week_as_substitute,
    agree_week_as_worker,
    refuse_week,
    tell_result,
    week_of,
    write_week,
)
from alongside.plans.tests.conftest import DRAWN
from alongside.signatures.signing import No

MONDAY = date(2026, 4, 20)
FRIDAY = date(2026, 4, 24)


def lines(count: int) -> list[Line]:
    return [Line(text=f"Thing {n}", when_on=FRIDAY) for n in range(1, count + 1)]


def a_signed_week(tomasz, amina, *, starts_on=MONDAY, count=2) -> WeeklyForm:
    form = write_week(tomasz, by=amina, starts_on=starts_on, lines=lines(count))
    agree_week_as_resident(form, by=tomasz.resident, mark=DRAWN)
    return agree_week_as_worker(form, by=amina, mark=DRAWN)


@pytest.mark.req("S1-56")
@pytest.mark.parametrize("count", [1, 5])
def test_a_form_holds_one_to_five_actions(tomasz, amina, count) -> None:
    form = write_week(tomasz, by=amina, starts_on=MONDAY, lines=lines(count))

    assert [line.number for line in form.lines.all()] == list(range(1, count + 1))
    assert len(queries.open_actions(tomasz)) == count


@pytest.mark.req("S1-56")
def test_the_sixth_is_refused_in_words_and_nothing_is_half_done(tomasz, amina) -> None:
    with pytest.raises(Refused, match=r"up to 5 actions\. Keep this one for next week") as refusal:
        write_week(tomasz, by=amina, starts_on=MONDAY, lines=lines(6))

    assert refusal.value.field == "text_6"
    assert not WeeklyForm.objects.exists()
    assert not PlanAction.objects.exists()


def test_a_form_without_an_action_is_refused(tomasz, amina) -> None:
    with pytest.raises(Refused) as refusal:
        write_week(tomasz, by=amina, starts_on=MONDAY, lines=[])

    assert refusal.value.field == "text_1"


@pytest.mark.req("S1-56")
def test_when_is_a_day_with_a_time_or_their_own_words(tomasz, amina) -> None:
    written = [
        Line(text="Ring the bank", when_on=FRIDAY, when_time=time(10, 30)),
        Line(text="Ring mum", when_words="after my shift"),
    ]
    form = write_week(tomasz, by=amina, starts_on=MONDAY, lines=written)
    said = [line.action.when for line in form.lines.select_related("action")]
    assert said == ["Friday 24 April 2026, 10:30", "after my shift"]

    with pytest.raises(Refused) as refusal:
        write_week(tomasz, by=amina, starts_on=MONDAY, lines=[Line(text="Some time")], version=1)
    assert refusal.value.field == "when_on_1"


@pytest.mark.req("S1-55")
def test_any_day_of_the_week_is_the_form_of_that_week(tomasz, amina, mill_house) -> None:
    form = write_week(tomasz, by=amina, starts_on=date(2026, 4, 23), lines=lines(1))
    assert form.starts_on == MONDAY
    assert week_of(date(2026, 4, 26), mill_house.pack) == MONDAY

    again = write_week(tomasz, by=amina, starts_on=MONDAY, lines=lines(2), version=1)
    assert again == form
    assert WeeklyForm.objects.count() == 1


@pytest.mark.req("S1-55")
def test_the_database_holds_one_form_per_person_per_week(tomasz, amina) -> None:
    write_week(tomasz, by=amina, starts_on=MONDAY, lines=lines(1))

    with pytest.raises(IntegrityError), transaction.atomic():
        WeeklyForm.objects.create(
            stay=tomasz, starts_on=MONDAY, completed_by="staff", by_staff=amina
        )


@pytest.mark.req("S1-57")
def test_an_unsigned_form_is_not_in_force(tomasz, amina) -> None:
    form = write_week(tomasz, by=amina, starts_on=MONDAY, lines=lines(1))
    assert form.state == "Not signed yet"

    half = agree_week_as_resident(form, by=tomasz.resident, mark=DRAWN)
    assert not half.is_in_force()
    assert list(FACTS["weekly_form.signed"].ask(tomasz, "")) == []

    whole = agree_week_as_worker(form, by=amina, mark=DRAWN)
    assert whole.is_in_force()
    assert list(FACTS["weekly_form.signed"].ask(tomasz, "")) == [MONDAY]


@pytest.mark.req("S1-57")
def test_a_refusal_is_recorded_and_the_form_is_not_in_force(tomasz, amina) -> None:
    form = write_week(tomasz, by=amina, starts_on=MONDAY, lines=lines(1))
    refused = refuse_week(form, by=amina, no=No(reason="Wants time to think"))

    assert refused.state == "Not signed: they refused"


def test_a_colleague_signs_the_week_for_the_key_worker(tomasz, key_worker, mill_house) -> None:
    from alongside.testing.cast import a_member_of_staff

    dana = a_member_of_staff(mill_house, "Dana Reid", "key_worker")
    form = write_week(tomasz, by=dana, starts_on=MONDAY, lines=lines(1))

    signed = agree_week_as_substitute(form, by=dana, mark=DRAWN, reason="On leave")

    assert signed.in_absence_of == key_worker


def test_a_signed_form_is_locked(tomasz, amina) -> None:
    a_signed_week(tomasz, amina)

    with pytest.raises(Refused, match="has been signed"):
        write_week(tomasz, by=amina, starts_on=MONDAY, lines=lines(3), version=1)


@pytest.mark.req("S1-08", "S1-98")
def test_the_resident_writes_their_own_and_it_is_known_who_held_the_pen(tomasz, amina) -> None:
    form = write_week(tomasz, by=tomasz.resident, starts_on=MONDAY, lines=lines(1))
    assert (form.by_resident, form.completed_by) == (tomasz.resident, "resident")
    assert form.lines.get().action.completed_by == "resident"

    later = write_week(
        tomasz, by=amina, starts_on=date(2026, 4, 27), lines=lines(1), completed_by="assisted"
    )
    assert later.completed_by == "assisted"


def test_rewriting_a_draft_leaves_no_stray_actions(tomasz, amina) -> None:
    write_week(tomasz, by=amina, starts_on=MONDAY, lines=lines(3))
    kept = PlanAction.objects.get(text="Thing 1")

    write_week(tomasz, by=amina, starts_on=MONDAY, lines=lines(1), version=1)

    assert list(PlanAction.objects.all()) == [kept]


@pytest.mark.req("S1-56")
def test_what_was_not_done_is_carried_over_as_the_same_action(tomasz, amina) -> None:
    before = a_signed_week(tomasz, amina, starts_on=date(2026, 4, 13))
    line = before.lines.get(number=1)
    tell_result(line, by=tomasz.resident, result="carried_over")

    form = write_week(
        tomasz,
        by=amina,
        starts_on=MONDAY,
        lines=[Line(text=line.action.text, when_on=FRIDAY, action=line.action_id)],
    )

    carried = form.lines.get()
    assert (carried.action_id, carried.carried_from) == (line.action_id, line)


@pytest.mark.req("S1-56")
def test_what_is_written_over_a_line_of_last_week_is_kept(tomasz, amina) -> None:
    old = a_signed_week(tomasz, amina, starts_on=date(2026, 4, 13)).lines.get(number=1)
    text, day = old.action.text, date(2026, 4, 22)

    form = write_week(
        tomasz,
        by=amina,
        starts_on=MONDAY,
        lines=[
            Line(text="Ring the GP", when_on=FRIDAY, action=old.action_id),
            Line(text=text, when_on=day, action=old.action_id),
        ],
    )

    other, moved = form.lines.all()
    assert (other.action.text, other.carried_from) == ("Ring the GP", None)
    assert (moved.action.when_on, moved.carried_from) == (day, old)
    old.refresh_from_db()
    assert (old.action.text, old.action.when_on) == (text, FRIDAY)
    again = write_week(
        tomasz, by=amina, starts_on=MONDAY, lines=[Line(text=text, when_on=day)], version=1
    )
    assert again.lines.get().carried_from == old


@pytest.mark.req("S1-56")
def test_what_is_carried_to_another_day_stands_in_the_place_of_the_old_once_both_signed(
    tomasz, amina
) -> None:
    old = a_signed_week(tomasz, amina, starts_on=date(2026, 4, 13), count=1).lines.get()
    text, day = old.action.text, date(2026, 4, 30)
    form = write_week(
        tomasz, by=amina, starts_on=MONDAY,
        lines=[Line(text=text, when_on=day, action=old.action_id)],
    )  # fmt: skip
    new = form.lines.get().action
    assert list(queries.open_actions(tomasz)) == [old.action], "nobody has signed yet"

    agree_week_as_resident(form, by=tomasz.resident, mark=DRAWN)
    agree_week_as_worker(form, by=amina, mark=DRAWN)

    assert list(queries.open_actions(tomasz)) == [new]
    assert (new.replaces, new.when_on) == (old.action, day)


def test_what_was_never_signed_for_its_new_day_is_passed_over(tomasz, amina) -> None:
    old = a_signed_week(tomasz, amina, starts_on=date(2026, 4, 6), count=1).lines.get().action
    draft = write_week(
        tomasz, by=amina, starts_on=date(2026, 4, 13),
        lines=[Line(text=old.text, when_on=date(2026, 4, 15), action=old.pk)],
    )  # fmt: skip

    form = write_week(
        tomasz, by=amina, starts_on=MONDAY,
        lines=[Line(text=old.text, when_on=FRIDAY, action=draft.lines.get().action_id)],
    )  # fmt: skip

    assert form.lines.get().action.replaces == old


def test_a_day_that_is_over_is_not_carried_into_the_new_week(client, tomasz, amina) -> None:
    a_signed_week(tomasz, amina, starts_on=date(2026, 4, 6), count=1)
    PlanAction.objects.update(when_on=date(2026, 4, 10))
    client.force_login(amina)
    page = client.get(f"/stays/{tomasz.pk}/weekly/2026-04-20/write/")
    form = page.context["form"]
    assert form["text_1"].value() == "Thing 1"
    assert form["when_on_1"].value() is None
    assert "It was Friday 10 April." in page.content.decode()

    sent = {
        "completed_by": "staff", "text_1": "Thing 1", "when_on_1": "2026-04-10",
        "action_1": form["action_1"].value(),
    }  # fmt: skip
    missing = client.post(
        f"/stays/{tomasz.pk}/weekly/2026-04-20/write/",
        {"completed_by": "staff", "text_1": "Thing 1", "text_2": "Thing 2"},
    ).content.decode()
    assert "Action 1 does not say when" in missing
    assert "Action 2 does not say when" in missing, "all of them at once"

    refused = client.post(f"/stays/{tomasz.pk}/weekly/2026-04-20/write/", sent)

    assert refused.status_code == 422
    assert "before the week of 20 April" in refused.content.decode()
    assert not WeeklyForm.objects.filter(starts_on=MONDAY).exists()


@pytest.mark.req("S1-87", "S1-26")
def test_a_line_that_was_done_reports_its_action_and_counts_for_the_week(tomasz, amina) -> None:
    line = a_signed_week(tomasz, amina).lines.get(number=1)

    tell_result(line, by=tomasz.resident, result="done")

    assert PlanAction.objects.get(pk=line.action_id).state == "Reported done, not yet checked"
    assert list(FACTS["weekly_forms.achieved"].ask(tomasz, "")) == [MONDAY]


def test_how_it_went_is_told_only_of_a_signed_form_and_from_the_list(tomasz, amina) -> None:
    form = write_week(tomasz, by=amina, starts_on=MONDAY, lines=lines(1))
    with pytest.raises(Refused, match="signed this form yet"):
        tell_result(form.lines.get(), by=amina, result="done")

    agree_week_as_resident(form, by=tomasz.resident, mark=DRAWN)
    with pytest.raises(Refused) as refusal:
        tell_result(WeeklyLine.objects.get(), by=amina, result="splendid")
    assert refusal.value.field == "result"


def test_two_people_write_one_week(tomasz, amina, grace) -> None:
    write_week(tomasz, by=grace, starts_on=MONDAY, lines=[Line(text="Theirs", when_on=FRIDAY)])

    with pytest.raises(ChangedMeanwhile) as change:
        write_week(tomasz, by=amina, starts_on=MONDAY, lines=[Line(text="Mine", when_on=FRIDAY)])

    assert change.value.theirs == {"text_1": "Theirs"}


def test_owen_writes_no_form_here(tomasz, owen) -> None:
    with pytest.raises(NotPermitted):
        write_week(tomasz, by=owen, starts_on=MONDAY, lines=lines(1))


def test_a_form_signed_after_its_week_is_no_form_of_that_week(tomasz, amina) -> None:
    a_signed_week(tomasz, amina, starts_on=date(2026, 4, 6))

    assert list(FACTS["weekly_form.signed"].ask(tomasz, "")) == []


def test_five_verified_actions_are_five_dates(tomasz, amina) -> None:
    from alongside.plans.operations import verify_action

    a_signed_week(tomasz, amina, count=5)
    for action in queries.open_actions(tomasz):
        verify_action(action, by=amina)

    assert list(FACTS["actions.completed"].ask(tomasz, "")) == [MONDAY] * 5


def test_what_a_line_is_for_stands_on_its_fold_and_no_row_calls_itself_optional(
    client, tomasz, amina
) -> None:
    write_week(
        tomasz, by=amina, starts_on=MONDAY,
        lines=[Line(text="Ring the clinic", when_on=FRIDAY, need="1.6", task="1.1")],
    )  # fmt: skip
    client.force_login(amina)

    page = client.get(f"/stays/{tomasz.pk}/weekly/2026-04-20/write/").text

    assert "What it is for: 1.6 Drug, 1.1 Shows improved personal hygiene" in page
    assert "(optional)" not in page
