"""Moving in, step by step: nothing is lost, and nobody is left without a key worker."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction

from alongside.admissions import operations
from alongside.admissions.models import Admission
from alongside.admissions.steps import steps_of
from alongside.agreements.models import Explanation
from alongside.agreements.queries import standing_of
from alongside.allocations.queries import holder
from alongside.duties.models import Duty, State
from alongside.kit.refusal import NotPermitted, Refused
from alongside.residents.models import Contact
from alongside.stages.queries import stage_of
from alongside.stays.models import Stay
from alongside.testing.builders import an_accepted_referral
from alongside.testing.cast import Cast, a_member_of_staff

TODAY = date(2026, 4, 20)
SAFE = {"risk": "Nothing known", "allergies": "Penicillin", "safe_tonight": "yes"}


def begun(cast: Cast, **given) -> Admission:
    words = {"given_name": "Rosa", "family_name": "Lindqvist", **given}
    return operations.begin_admission(cast.mill_house, by=cast.grace, **words)


def filled(cast: Cast, admission: Admission, *, key_worker: bool = True) -> Admission:
    operations.keep_answers(admission, by=cast.grace, answers=SAFE)
    operations.keep_arrival(
        admission, by=cast.grace, bed=cast.beds[1], moved_in_on=TODAY, moved_in_at=time(11, 30)
    )
    if key_worker:
        operations.keep_key_worker(
            admission, by=cast.grace, worker=cast.amina, only_for_now=True, reason="temporary"
        )
    operations.keep_contacts(
        admission, by=cast.grace, contacts=[{"name": "Eva", "relation": "Sister", "phone": "01"}]
    )
    operations.keep_texts(admission, by=cast.grace, keys=["house-rules"], copies_given=True)
    admission.refresh_from_db()
    return admission


@pytest.mark.req("S1-02")
def test_finishing_moves_them_in_with_everything_that_goes_with_it(cast: Cast) -> None:
    done = operations.finish_admission(filled(cast, begun(cast)), by=cast.grace)

    stay = done.stay
    assert stay is not None
    assert (stay.bed, stay.moved_in_on, stay.moved_in_at) == (cast.beds[1], TODAY, time(11, 30))
    assert holder(stay) == cast.amina
    standing = standing_of(stay)
    assert standing is not None
    assert (standing.kind, standing.from_on) == ("probation", TODAY)
    stage = stage_of(stay)
    assert stage is not None
    assert stage.key == "probation"
    assert Contact.objects.get().name == "Eva"
    assert Explanation.objects.get(stay=stay).copy_given_on == TODAY
    assert stay.induction.due_on == TODAY
    stay.resident.refresh_from_db()
    assert stay.resident.allergies == "Penicillin"


@pytest.mark.req("S1-02")
def test_it_cannot_finish_without_a_key_worker_or_somebody_named_for_now(cast: Cast) -> None:
    admission = filled(cast, begun(cast), key_worker=False)

    with pytest.raises(Refused, match="missing under “Key worker”"):
        operations.finish_admission(admission, by=cast.grace)

    assert Stay.objects.count() == 1


def test_what_was_kept_is_there_when_somebody_else_goes_on(cast: Cast) -> None:
    admission = begun(cast)
    operations.keep_answers(admission, by=cast.grace, answers=SAFE)

    found = Admission.objects.get(pk=admission.pk)

    assert [step.key for step in steps_of(found) if step.is_done] == ["safety", "more"]


def test_from_an_accepted_referral_the_referral_ends_in_the_stay(cast: Cast) -> None:
    referral = an_accepted_referral(cast.mill_house, by=cast.grace)

    admission = operations.begin_admission(cast.mill_house, by=cast.grace, referral=referral)
    done = operations.finish_admission(filled(cast, admission), by=cast.grace)

    referral.refresh_from_db()
    assert (referral.state, referral.stay) == ("moved_in", done.stay)


def at_night(hour: int = 2):
    return time_machine.travel(
        datetime(2026, 4, 20, hour, tzinfo=ZoneInfo("Europe/London")), tick=False
    )


def test_at_night_the_least_one_must_know_is_enough_for_a_bed(cast: Cast) -> None:
    noor = a_member_of_staff(cast.mill_house, "Noor Haddad", "night_worker")
    with at_night():
        admission = operations.begin_admission(
            cast.mill_house, by=noor, given_name="Sam", in_emergency=True
        )
        with pytest.raises(Refused, match="still missing"):
            operations.give_bed_tonight(admission, by=noor)
        operations.keep_answers(admission, by=noor, answers=SAFE)
        operations.keep_arrival(admission, by=noor, bed=cast.beds[1], moved_in_on=TODAY)
        given = operations.give_bed_tonight(admission, by=noor)

    assert given.stay is not None
    assert given.is_open()
    owed = Duty.objects.filter(stay=given.stay, key="admission-completed", state=State.OPEN)
    assert [duty.due_on for duty in owed] == [date(2026, 4, 21)]
    assert holder(given.stay) is None


def test_in_the_morning_the_rest_is_done_and_the_duty_is_met(cast: Cast) -> None:
    admission = begun(cast, in_emergency=True)
    operations.keep_answers(admission, by=cast.grace, answers=SAFE)
    operations.keep_arrival(admission, by=cast.grace, bed=cast.beds[1], moved_in_on=TODAY)
    operations.give_bed_tonight(admission, by=cast.grace)
    operations.keep_key_worker(
        admission, by=cast.grace, worker=cast.amina, only_for_now=True, reason="temporary"
    )
    operations.keep_contacts(admission, by=cast.grace, no_contact_because="Would rather not say")
    operations.keep_texts(admission, by=cast.grace, keys=[])

    done = operations.finish_admission(admission, by=cast.grace)

    assert done.stay is not None
    assert holder(done.stay) == cast.amina
    assert Duty.objects.get(stay=done.stay, key="admission-completed").met_on == TODAY


def test_an_ordinary_admission_gives_no_bed_before_it_is_finished(cast: Cast) -> None:
    with pytest.raises(Refused, match="for an emergency"):
        operations.give_bed_tonight(begun(cast), by=cast.grace)


def test_a_day_before_the_referral_is_refused_and_says_when_that_came(cast: Cast) -> None:
    coming = an_accepted_referral(cast.mill_house, by=cast.grace)
    started = operations.begin_admission(cast.mill_house, by=cast.grace, referral=coming)

    with pytest.raises(Refused, match="referred on 13 April 2026") as no:
        operations.keep_arrival(
            started, by=cast.grace, bed=cast.beds[1], moved_in_on=date(2026, 4, 1)
        )

    assert no.value.field == "moved_in_on"


@pytest.mark.parametrize(
    ("bed", "day", "says"),
    [(0, TODAY, "is not free here"), (1, date(2026, 4, 21), "have not moved in yet")],
)
def test_a_bed_that_is_taken_and_a_day_to_come_are_refused(
    cast: Cast, bed: int, day: date, says: str
) -> None:
    with pytest.raises(Refused, match=says):
        operations.keep_arrival(begun(cast), by=cast.grace, bed=cast.beds[bed], moved_in_on=day)


def test_two_admissions_of_one_bed_the_second_is_refused(cast: Cast) -> None:
    first, second = filled(cast, begun(cast)), filled(cast, begun(cast, given_name="Ana"))
    operations.finish_admission(first, by=cast.grace)

    with pytest.raises(Refused, match="is not free here"):
        operations.finish_admission(second, by=cast.grace)

    assert Stay.objects.count() == 2
    second.refresh_from_db()
    assert second.is_open()


def test_somebody_who_lives_here_is_not_admitted_again(cast: Cast) -> None:
    with pytest.raises(Refused, match="has an open stay"):
        operations.begin_admission(cast.mill_house, by=cast.grace, resident=cast.tomasz.resident)


def test_one_person_has_one_unfinished_admission(cast: Cast) -> None:
    admission = begun(cast)

    with pytest.raises(Refused, match="has been begun already"), transaction.atomic():
        operations.begin_admission(cast.mill_house, by=cast.grace, resident=admission.resident)
    operations.abandon_admission(admission, by=cast.grace, because="Went to a friend")
    assert begun(cast, resident=admission.resident).is_open()


def test_owen_and_amina_may_not_admit_to_mill_house(cast: Cast) -> None:
    for staff in (cast.owen, cast.amina):
        with pytest.raises(NotPermitted):
            operations.begin_admission(cast.mill_house, by=staff, given_name="Rosa")


@pytest.mark.parametrize(
    "wrong",
    [
        {"finished_at": "2026-04-20T11:00Z"},
        {"abandoned_at": "2026-04-20T11:00Z"},
        {"abandoned_because": "Left"},
    ],
)
def test_the_database_refuses_half_an_end(cast: Cast, wrong) -> None:
    admission = begun(cast)

    with pytest.raises(IntegrityError), transaction.atomic():
        Admission.objects.filter(pk=admission.pk).update(**wrong)


def test_leaving_within_the_first_week_closes_what_is_owed_as_left_not_missed(
    cast: Cast,
) -> None:
    stay = operations.finish_admission(filled(cast, begun(cast)), by=cast.grace).stay
    assert stay is not None
    assert Duty.objects.filter(stay=stay, state=State.OPEN).exists()

    with time_machine.travel(datetime(2026, 4, 23, 12, tzinfo=ZoneInfo("Europe/London"))):
        operations.move_on(
            stay,
            by=cast.grace,
            moved_out_on=date(2026, 4, 23),
            left_because="unplanned",
            destination="not_known",
        )

    assert not Duty.objects.filter(stay=stay, state__in=[State.OPEN, State.MISSED]).exists()
    assert Duty.objects.get(stay=stay, key="first-plan").state == State.VOID
    stay.refresh_from_db()
    assert (stay.left_because, stay.destination) == ("unplanned", "Not known")


def test_a_reason_that_says_too_little_needs_words(cast: Cast) -> None:
    with pytest.raises(Refused, match="says too little"):
        operations.move_on(
            cast.tomasz,
            by=cast.grace,
            moved_out_on=TODAY,
            left_because="asked_to_leave",
            destination="friends",
        )
