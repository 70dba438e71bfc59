"""The weeks after a move: two clocks, the signed plan, contact, the decision, the tenancy."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.admissions.operations import move_on
from alongside.aftercare import models, operations
from alongside.aftercare.facts import missed_in_a_row, unanswered_alert
from alongside.aftercare.models import Contact, Episode
from alongside.aftercare.queries import aftercare_of, clocks_of, figures_at
from alongside.allocations.operations import allocate, change_key_worker
from alongside.allocations.queries import caseload, holder, loads, split_of
from alongside.duties.models import Duty
from alongside.kit.refusal import NotPermitted, Refused
from alongside.moments.models import Moment
from alongside.moments.recalculation import rebuild
from alongside.moving_on.operations import move_fell_through, set_target
from alongside.moving_on.tests.scenes import a_move
from alongside.practice.pack import read_over
from alongside.schemes.operations import vary_for_person
from alongside.signatures.signing import Mark
from alongside.testing.cast import a_member_of_staff, assemble

LONDON = ZoneInfo("Europe/London")
TODAY = date(2026, 4, 20)
INK = Mark(strokes="M10 10 L200 90")


def _overlay(tmp_path, features):
    folder = tmp_path / "staged-hostel" / "1.0.0"
    folder.mkdir(parents=True, exist_ok=True)
    switched = "\n".join(
        f'[features.{name}]\non = true\nsays = "{name}"\nsource = "ours"' for name in features
    )
    (folder / "switched_on.toml").write_text(switched, encoding="utf-8")
    read_over(tmp_path)


@pytest.fixture(autouse=True)
def _aftercare_is_offered(tmp_path):
    _overlay(tmp_path, ["aftercare"])
    yield
    read_over(None)


@pytest.fixture
def _without_aftercare(_aftercare_is_offered):
    read_over(None)


def _on(day: date):
    return time_machine.travel(
        datetime(day.year, day.month, day.day, 12, tzinfo=LONDON), tick=False
    )


def opened(stay, by, day=TODAY, **more) -> Episode:
    said = {
        "address": "4 Canal Street",
        "tenure": "private",
        "tenancy_starts_on": day,
        "moves_in_on": day,
        "answer": "accepted",
    }
    return operations.open_aftercare(stay, by=by, **{**said, **more})


def planned(episode, by, **more):
    said = {"home_every": "P2W", "goals": "To keep this home.", **more}
    return operations.write_aftercare_plan(episode, by=by, **said)


def signed(plan, by):
    operations.sign_as_resident(plan, by=by, mark=INK)
    operations.sign_as_worker(plan, by=by, mark=INK)
    plan.refresh_from_db()
    return plan


def leaves(stay, by, day=TODAY):
    return move_on(
        stay, by=by, moved_out_on=day, left_because="planned", destination="private_tenancy"
    )


@pytest.mark.req("S0-21")
def test_who_moved_on_26_august_has_aftercare_until_18_november(tomasz, amina):
    with _on(date(2026, 8, 20)):
        episode = opened(
            tomasz, amina, tenancy_starts_on=date(2026, 8, 24), moves_in_on=date(2026, 8, 26)
        )

    assert episode.secured_on == date(2026, 8, 26)
    assert episode.until_on == date(2026, 11, 18)


@pytest.mark.req("S0-21")
def test_setting_the_day_of_a_move_opens_it_and_another_day_moves_both_clocks(tomasz, amina):
    a_move(tomasz, by=amina)
    episode = Episode.objects.get()
    assert episode.until_on == date(2026, 5, 11) + timedelta(days=84)

    later = date(2026, 5, 18)
    a_move(tomasz, by=amina, leaves_on=later, moves_in_on=later)

    episode.refresh_from_db()
    assert episode.secured_on == later
    assert Episode.objects.count() == 1


@pytest.mark.req("S0-21")
def test_a_move_that_falls_through_cancels_it_and_does_not_close_it(tomasz, amina):
    move = a_move(tomasz, by=amina)

    move_fell_through(move, by=amina, reason="landlord")

    episode = Episode.objects.get()
    tomasz.refresh_from_db()
    assert episode.cancelled_on == TODAY
    assert episode.closed_on is None
    assert not tomasz.case_kept_open


def test_a_move_to_somewhere_for_the_time_being_opens_nothing(tomasz, amina):
    a_move(tomasz, by=amina, tenure="temporary")

    assert not Episode.objects.exists()


@pytest.mark.usefixtures("_without_aftercare")
def test_where_it_is_not_offered_nothing_is_opened(tomasz, amina):
    a_move(tomasz, by=amina)
    assert not Episode.objects.exists()

    with pytest.raises(Refused, match=r"not (offered|used) here"):
        opened(tomasz, amina)


@pytest.mark.req("S0-36")
def test_one_case_has_two_clocks_and_leaving_the_bed_does_not_close_it(tomasz, amina, grace):
    allocate(tomasz, by=grace, worker=amina)
    opened(tomasz, amina)
    leaves(tomasz, grace)

    with _on(TODAY + timedelta(days=10)):
        tomasz.refresh_from_db()
        clocks = clocks_of(tomasz, Episode.objects.get())

    assert [(clock.done, clock.of) for clock in clocks] == [(49, 84), (10, 84), (59, 168)]
    assert holder(tomasz) == amina
    assert list(caseload(amina)) == [tomasz]


@pytest.mark.req("S0-36")
def test_who_is_supported_after_the_move_counts_with_a_weight_and_is_shown_apart(
    cast, tomasz, amina, grace, tmp_path
):
    allocate(tomasz, by=grace, worker=amina)
    opened(tomasz, amina)
    leaves(tomasz, grace)
    assert loads([amina])[amina.pk].weighs == 1
    assert split_of([amina])[amina.pk] == (0, 1)

    (tmp_path / "staged-hostel" / "1.0.0" / "weight.toml").write_text(
        '[limits.aftercare_weight]\nnumber = 0\nunit = "per cent"\nsays = "x"\nsource = "ours"',
        encoding="utf-8",
    )
    read_over(tmp_path)

    assert loads([amina])[amina.pk].weighs == 0


@pytest.mark.req("S0-36")
def test_when_the_key_worker_leaves_aftercare_is_given_to_another_like_residence(
    cast, tomasz, amina, grace
):
    bilal = a_member_of_staff(cast.mill_house, "Bilal Khan", "key_worker", line_manager=grace)
    allocate(tomasz, by=grace, worker=amina, reason="other", words="Knows him")
    opened(tomasz, amina)
    leaves(tomasz, grace)
    tomasz.refresh_from_db()

    with _on(TODAY + timedelta(days=3)):
        change_key_worker(
            tomasz, by=grace, successor=bilal, reason="leaving_or_absent", decision_words="Leaves"
        )

    assert holder(tomasz) == bilal


def test_closed_it_is_on_nobodys_caseload(tomasz, amina, grace):
    allocate(tomasz, by=grace, worker=amina)
    episode = opened(tomasz, amina)
    leaves(tomasz, grace)

    operations.close_aftercare(episode, by=amina, outcome="completed", tenancy_held=True)

    assert loads([amina])[amina.pk].weighs == 0
    assert not caseload(amina).exists()


@pytest.mark.req("S0-73")
def test_the_plan_is_signed_by_both_and_then_locked(tomasz, amina):
    plan = planned(opened(tomasz, amina), amina)
    operations.sign_as_resident(plan, by=amina, mark=INK)
    plan.refresh_from_db()
    assert plan.in_force_on is None

    operations.sign_as_worker(plan, by=amina, mark=INK)

    plan.refresh_from_db()
    assert plan.in_force_on == TODAY
    with pytest.raises(Refused, match="signed and locked"):
        operations.sign_as_worker(plan, by=amina, mark=INK)
    again = planned(plan.episode, amina, home_every="P4W")
    assert again.number == 2


@pytest.mark.req("S0-73")
def test_without_both_signatures_the_plan_is_overdue_from_the_day_of_the_move(tomasz, amina):
    episode = opened(tomasz, amina)
    plan = planned(episode, amina)
    with _on(TODAY + timedelta(days=5)):
        said = [line.says for line in aftercare_of(episode).lines]
        assert "The plan is not signed, 5 days after the move" in said
        signed(plan, amina)
        said = [line.says for line in aftercare_of(episode).lines]
        assert not [words for words in said if "not signed" in words]


@pytest.mark.req("S0-72")
def test_contacts_are_planned_as_often_as_the_signed_plan_says(tomasz, amina):
    episode = opened(tomasz, amina)
    signed(planned(episode, amina, community_every="P4W"), amina)

    days = {kind: episode.contacts.filter(kind=kind).count() for kind in ("home", "community")}

    assert days == {"home": 6, "community": 3}
    assert episode.contacts.earliest("planned_on").planned_on == date(2026, 5, 4)


@pytest.mark.req("S0-72")
def test_another_version_plans_anew_what_lies_ahead(tomasz, amina):
    episode = opened(tomasz, amina)
    signed(planned(episode, amina), amina)

    signed(planned(episode, amina, home_every="P4W"), amina)

    ahead = episode.contacts.exclude(result="not_needed")
    assert [one.planned_on for one in ahead] == [
        date(2026, 5, 18), date(2026, 6, 15), date(2026, 7, 13),
    ]  # fmt: skip


def _missed(episode, by, day):
    contact = operations.plan_contact(episode, by=by, kind="home", planned_on=day)
    with _on(day):
        return operations.record_contact(
            contact, by=by, result="missed", happened_on=day, missed_because="not_there"
        )


@pytest.mark.req("S0-72")
def test_two_missed_in_a_row_call_for_a_look_whether_they_are_safe(tomasz, amina):
    episode = opened(tomasz, amina)
    _missed(episode, amina, date(2026, 5, 4))
    assert unanswered_alert(episode) is None
    _missed(episode, amina, date(2026, 5, 11))
    assert unanswered_alert(episode)

    with _on(date(2026, 5, 12)):
        operations.check_welfare(
            episode, by=amina, checked_on=date(2026, 5, 12), safe=True, words="At his sister’s."
        )

    assert unanswered_alert(episode) is None


def test_one_made_in_between_ends_the_run():
    made = [Contact(result=result) for result in ("missed", "done", "missed", "missed", "missed")]

    assert missed_in_a_row(made, 2) == [made[3]]


def test_a_missed_contact_says_why_and_is_recorded_once(tomasz, amina):
    contact = operations.plan_contact(
        opened(tomasz, amina), by=amina, kind="home", planned_on=TODAY
    )
    with pytest.raises(Refused, match="needs its reason"):
        operations.record_contact(contact, by=amina, result="missed", happened_on=TODAY)

    operations.record_contact(contact, by=amina, result="done", happened_on=TODAY)

    with pytest.raises(Refused, match="recorded already"):
        operations.record_contact(contact, by=amina, result="done", happened_on=TODAY)


@pytest.mark.req("S0-74")
def test_in_week_ten_it_is_asked_what_comes_after(tomasz, amina):
    episode = opened(tomasz, amina)
    asked = "Decide by 13 July 2026: end, go on, or refer"
    with _on(TODAY + timedelta(days=69)):
        assert asked not in [line.says for line in aftercare_of(episode).lines]
    with _on(TODAY + timedelta(days=70)):
        assert asked in [line.says for line in aftercare_of(episode).lines]
        operations.decide_aftercare(episode, by=amina, kind="end", reason="It goes well.")
        assert asked not in [line.says for line in aftercare_of(episode).lines]


@pytest.mark.req("S0-74")
def test_an_extension_needs_its_length_and_a_leader_who_did_not_ask_for_it(tomasz, amina, grace):
    episode = opened(tomasz, amina)
    with pytest.raises(Refused, match="already"):
        operations.decide_aftercare(episode, by=amina, kind="extend", reason="Arrears.")
    longer = episode.until_on + timedelta(weeks=6)
    asked = operations.decide_aftercare(
        episode, by=amina, kind="extend", reason="Arrears.", extend_until=longer
    )
    assert not asked.counts
    with pytest.raises(NotPermitted):
        operations.approve_extension(asked, by=amina)

    operations.approve_extension(asked, by=grace)

    episode.refresh_from_db()
    assert episode.until_on == longer


def test_nobody_approves_what_they_asked_for(tomasz, grace):
    episode = opened(tomasz, grace)
    asked = operations.decide_aftercare(
        episode, by=grace, kind="extend", reason="x", extend_until=date(2026, 9, 1)
    )

    with pytest.raises(Refused, match="yourself"):
        operations.approve_extension(asked, by=grace)


@pytest.mark.req("S0-75", "S0-74")
def test_a_referral_on_counts_once_the_agency_has_accepted(tomasz, amina):
    episode = opened(tomasz, amina)
    with pytest.raises(Refused, match="have not agreed"):
        operations.decide_aftercare(
            episode, by=amina, kind="refer", reason="Debts", agency="Debt advice"
        )
    sent = operations.decide_aftercare(
        episode, by=amina, kind="refer", reason="Debts", agency="Debt advice", consent_on=TODAY,
        sent_on=TODAY,
    )  # fmt: skip
    with pytest.raises(Refused, match="No agency has accepted"):
        operations.close_aftercare(episode, by=amina, outcome="referred_on", tenancy_held=True)

    operations.accept_referral(sent, by=amina, accepted_on=TODAY)

    sent.refresh_from_db()
    assert sent.counts
    operations.close_aftercare(episode, by=amina, outcome="referred_on", tenancy_held=True)


@pytest.mark.req("S0-21")
def test_who_declines_is_asked_once_more_and_then_left_in_peace(tomasz, amina):
    episode = opened(tomasz, amina, answer="declined")
    assert episode.is_open
    with _on(date(2026, 5, 4)):
        assert "Offer it once more before 18 May 2026" in [
            line.says for line in aftercare_of(episode).lines
        ]
        operations.answer_offer(episode, by=amina, answer="declined", offered_on=date(2026, 5, 4))

    episode.refresh_from_db()
    assert (episode.outcome, episode.closed_on) == ("declined", date(2026, 5, 4))


@pytest.mark.req("S0-21")
def test_a_tenancy_that_fails_leads_back_to_us_without_typing_it_again(tomasz, amina, grace):
    episode = opened(tomasz, amina)
    leaves(tomasz, grace)
    with _on(date(2026, 6, 1)):
        referral = operations.tenancy_failed(
            episode, by=amina, failed_on=date(2026, 5, 29), reason="The landlord sold.",
            consent_on=date(2026, 6, 1),
        )  # fmt: skip

    episode.refresh_from_db()
    assert referral.resident == tomasz.resident
    assert "4 Canal Street" in referral.reason
    assert (episode.outcome, episode.tenancy_held) == ("not_sustained", False)


@pytest.mark.req("S0-11")
def test_the_report_says_how_many_still_hold_the_home_and_contacts_for_each(
    cast, tomasz, amina, grace
):
    episode = opened(tomasz, amina)
    contact = operations.plan_contact(episode, by=amina, kind="call", planned_on=TODAY)
    operations.record_contact(contact, by=amina, result="done", happened_on=TODAY)
    operations.close_aftercare(episode, by=amina, outcome="completed", tenancy_held=True)

    figures = figures_at(cast.mill_house)

    assert (figures.held_of, figures.contacts_each) == ("1 of 1", "1.0")


@pytest.mark.req("S0-76")
def test_a_concern_about_the_tenancy_has_steps_and_a_result(tomasz, amina):
    concern = operations.raise_concern(
        tomasz, by=amina, topic="neighbours", concern="Loud music at night", raised_on=TODAY,
        parties="Flat 3",
    )  # fmt: skip
    operations.add_tenancy_step(concern, by=amina, done_on=TODAY, words="We went round together.")
    operations.resolve_concern(concern, by=amina, resolved_on=TODAY, result="They swap numbers.")

    concern.refresh_from_db()
    assert concern.steps.count() == 1
    with pytest.raises(Refused, match="is resolved"):
        operations.add_tenancy_step(concern, by=amina, done_on=TODAY, words="x")
    assert Moment.objects.filter(title="Tenancy: neighbours").exists()


@pytest.mark.req("S2-34")
def test_where_tenancy_is_kept_apart_it_is_not_on_the_timeline(tmp_path, tomasz, amina):
    _overlay(tmp_path, ["aftercare", "tenancy_apart"])
    del tomasz.scheme.__dict__["pack"]

    operations.raise_concern(tomasz, by=amina, topic="rent", concern="Two weeks", raised_on=TODAY)

    assert not Moment.objects.filter(kind="aftercare").exists()


@pytest.mark.req("S2-34")
def test_who_does_not_keep_tenancies_does_not_read_them(client, cast, tomasz):
    night = a_member_of_staff(cast.mill_house, "Sal Turner", "night_worker")
    client.force_login(night)

    assert client.get(reverse("aftercare:tenancy", args=[tomasz.pk])).status_code == 403


def test_the_time_after_a_move_is_told_the_same_again(tomasz, amina, grace):
    episode = opened(tomasz, amina)
    signed(planned(episode, amina), amina)
    asked = operations.decide_aftercare(
        episode, by=amina, kind="extend", reason="Arrears", extend_until=date(2026, 9, 1)
    )
    operations.approve_extension(asked, by=grace)
    operations.close_aftercare(episode, by=amina, outcome="completed", tenancy_held=True)

    told = set(Moment.objects.filter(kind="aftercare").values_list("title", "note", "part"))
    assert len(told) == 4
    rebuild()
    again = Moment.objects.filter(kind="aftercare").values_list("title", "note", "part")
    assert set(again) == told


def _refuses(make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def test_the_database_refuses_what_contradicts_itself(tomasz, amina):
    dates = dict.fromkeys(("tenancy_starts_on", "moves_in_on", "secured_on"), TODAY)
    said = {"stay": tomasz, "address": "x", "tenure": "private", "until_on": date(2026, 7, 13)}
    make, early = Episode.objects.create, date(2026, 4, 1)
    end = {"closed_on": TODAY, "closed_by": amina}
    _refuses(lambda: make(**said, **{**dates, "secured_on": early}))
    _refuses(lambda: make(**{**said, "until_on": TODAY}, **dates))
    _refuses(lambda: make(**said, **dates, cancelled_on=TODAY))
    _refuses(lambda: make(**said, **dates, **end))
    _refuses(lambda: make(**said, **dates, **end, outcome="x", cancelled_on=TODAY,
                          cancelled_by=amina))  # fmt: skip
    episode = make(**said, **dates)
    _refuses(lambda: make(**said, **dates))
    offer = models.AftercareOffer.objects.create
    _refuses(lambda: offer(episode=episode, offered_on=TODAY, answer="x"))
    plan = models.AftercarePlan.objects.create
    _refuses(lambda: plan(episode=episode, home_every="P1W", goals="", written_on=TODAY))
    words = {"episode": episode, "home_every": "P1W", "goals": "x", "written_on": TODAY}
    _refuses(lambda: plan(**words, in_force_on=TODAY))
    plan(**words)
    _refuses(lambda: plan(**words))
    meet = {"episode": episode, "kind": "home", "planned_on": TODAY}
    _refuses(lambda: Contact.objects.create(**meet, result="done"))
    _refuses(lambda: Contact.objects.create(**meet, result="missed", happened_on=TODAY,
                                            result_by=amina))  # fmt: skip
    Contact.objects.create(**meet)
    _refuses(lambda: Contact.objects.create(**meet))
    _refuses(
        lambda: models.WelfareCheck.objects.create(
            episode=episode, checked_on=TODAY, safe=True, words=""
        )
    )
    decide = models.Decision.objects.create
    choice = {"episode": episode, "decided_on": TODAY}
    _refuses(lambda: decide(**choice, kind="end", reason=""))
    _refuses(lambda: decide(**choice, kind="extend", reason="x"))
    _refuses(lambda: decide(**choice, kind="refer", reason="x", agency="x"))
    _refuses(lambda: decide(**choice, kind="end", reason="x", approved_on=TODAY))
    _refuses(lambda: decide(**choice, kind="end", reason="x", accepted_on=TODAY, refused_on=TODAY))
    worry = models.TenancyConcern.objects.create
    _refuses(lambda: worry(stay=tomasz, topic="rent", concern="", raised_on=TODAY))
    _refuses(lambda: worry(stay=tomasz, topic="rent", concern="x", raised_on=TODAY, result="x"))
    concern = worry(stay=tomasz, topic="rent", concern="x", raised_on=TODAY)
    _refuses(lambda: models.TenancyStep.objects.create(concern=concern, done_on=TODAY, words=""))


def test_the_plan_is_written_and_signed_through_the_pages(client, tomasz, amina):
    episode = opened(tomasz, amina)
    client.force_login(amina)
    address = reverse("aftercare:follow-up", args=["plan", episode.pk])
    wrong = client.post(address, {"home_every": "P2W", "help_with": "Budgeting"})
    assert wrong.status_code == 422
    assert "Budgeting" in wrong.content.decode()

    client.post(address, {"home_every": "P2W", "goals": "To keep this home."})
    plan = models.AftercarePlan.objects.get()
    for party in ("resident", "worker"):
        client.post(reverse("aftercare:sign", args=[plan.pk, party]), {"strokes": INK.strokes})

    plan.refresh_from_db()
    assert plan.in_force_on == TODAY
    shown = client.get(reverse("aftercare:aftercare", args=[tomasz.pk])).content.decode()
    assert "Signed and locked" in shown


def test_the_pages_ask_the_same_however_many_contacts(
    client, tomasz, amina, django_assert_max_num_queries
):
    episode = opened(tomasz, amina)
    signed(planned(episode, amina, home_every="P1W"), amina)
    for day in range(8):
        operations.raise_concern(
            tomasz, by=amina, topic="rent", concern=f"Week {day}", raised_on=TODAY
        )
    client.force_login(amina)

    for name, args, most in (
        ("aftercare", [tomasz.pk], 12),
        ("tenancy", [tomasz.pk], 12),
        ("aftercare-here", ["mill-house"], 12),
    ):
        with django_assert_max_num_queries(most):
            assert client.get(reverse(f"aftercare:{name}", args=args)).status_code == 200


def test_to_owen_none_of_this_exists(client, tomasz, amina, owen):
    episode = opened(tomasz, amina)
    plan = planned(episode, amina)
    client.force_login(owen)

    for name, args in (
        ("aftercare", [tomasz.pk]),
        ("tenancy", [tomasz.pk]),
        ("follow-up", ["plan", episode.pk]),
        ("sign", [plan.pk, "resident"]),
        ("aftercare-here", ["mill-house"]),
    ):
        assert client.get(reverse(f"aftercare:{name}", args=args)).status_code == 404
    with pytest.raises(NotPermitted):
        planned(episode, owen)


@pytest.fixture
def auckland(db):
    """The cast where support after the move is offered by the practice itself."""
    read_over(None)
    return assemble("aotearoa-transitional")


def _owed(key):
    return Duty.objects.get(key=key, subject_kind="aftercare")


@pytest.mark.req("S0-73", "S0-74")
def test_in_auckland_plan_and_decision_are_owed_after_the_stay_has_ended(auckland):
    cast = auckland
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina)
    episode = opened(cast.tomasz, cast.amina)
    move_on(
        cast.tomasz, by=cast.grace, moved_out_on=TODAY, left_because="planned",
        destination=next(iter(cast.mill_house.pack.choices("leaving_places"))).key,
    )  # fmt: skip
    plan = _owed("twelve-plus-plan")
    assert (plan.due_on, plan.state, plan.owed_by) == (TODAY, "open", cast.amina)
    decision = _owed("twelve-plus-decision")
    assert (decision.opens_on, decision.due_on) == (date(2026, 6, 29), date(2026, 7, 13))

    signed(planned(episode, cast.amina), cast.amina)
    with _on(date(2026, 7, 1)):
        operations.decide_aftercare(episode, by=cast.amina, kind="end", reason="It goes well.")

    assert _owed("twelve-plus-plan").state == "met"
    assert _owed("twelve-plus-decision").state == "met"


@pytest.mark.req("S0-72")
def test_in_auckland_two_missed_contacts_are_a_duty_that_a_look_closes(auckland):
    cast = auckland
    episode = opened(cast.tomasz, cast.amina)
    _missed(episode, cast.amina, date(2026, 5, 4))
    _missed(episode, cast.amina, date(2026, 5, 11))
    assert _owed("twelve-plus-welfare").due_on == date(2026, 5, 12)

    with _on(date(2026, 5, 12)):
        operations.check_welfare(
            episode, by=cast.amina, checked_on=date(2026, 5, 12), safe=True, words="At home."
        )

    assert _owed("twelve-plus-welfare").state == "met"


@pytest.mark.req("S0-21")
def test_in_auckland_who_declined_owes_us_nothing_and_is_asked_once_more(auckland):
    cast = auckland
    opened(cast.tomasz, cast.amina, answer="declined")

    assert _owed("twelve-plus-offer-again").due_on == date(2026, 5, 18)
    states = Duty.objects.filter(subject_kind="aftercare", key="twelve-plus-plan")
    assert not states.filter(state="open").exists()


@pytest.mark.req("S0-21")
def test_the_plain_page_for_moving_on_leads_to_the_support_after_the_move(client, auckland):
    cast = auckland
    client.force_login(cast.grace)
    page = reverse("admissions:move-on", args=[cast.tomasz.pk])
    said = {"moved_out_on": "2026-04-20", "left_because": "planned"}

    answer = client.post(page, {**said, "destination": "social_housing"})

    begin = reverse("aftercare:open", args=[cast.tomasz.pk])
    assert answer.headers["Location"] == begin
    client.post(
        begin,
        {
            "address": "4 Canal Street", "tenure": "council", "tenancy_starts_on": "2026-04-20",
            "moves_in_on": "2026-04-20", "answer": "accepted",
        },
    )  # fmt: skip
    assert _owed("twelve-plus-plan").due_on == TODAY


def test_a_place_for_the_time_being_leads_to_no_support_after_the_move(client, auckland):
    cast = auckland
    client.force_login(cast.grace)
    page = reverse("admissions:move-on", args=[cast.tomasz.pk])
    said = {"moved_out_on": "2026-04-20", "left_because": "planned", "destination": "friends"}

    answer = client.post(page, said)

    assert answer.headers["Location"] == reverse("agreements:agreements", args=[cast.tomasz.pk])


def test_records_of_support_are_not_there_once_it_is_switched_off(client, tomasz, amina):
    episode = opened(tomasz, amina)
    plan = planned(episode, amina)
    client.force_login(amina)
    pages = [
        reverse("aftercare:follow-up", args=["offer", episode.pk]),
        reverse("aftercare:sign", args=[plan.pk, "resident"]),
    ]
    assert [client.get(page).status_code for page in pages] == [200, 200]

    read_over(None)

    assert [client.get(page).status_code for page in pages] == [404, 404]


@pytest.mark.req("S0-20")
def test_the_twelve_weeks_are_settled_by_another_date_and_not_by_a_review(auckland):
    cast = auckland
    moved_in = cast.tomasz.moved_in_on
    duty = Duty.objects.get(stay=cast.tomasz, key="expected-move")
    assert duty.due_on == moved_in + timedelta(days=84)
    with _on(moved_in + timedelta(days=85)):
        reasons = cast.mill_house.pack.reasons("move_on_target")
        set_target(
            cast.tomasz, by=cast.amina, target_on=moved_in + timedelta(days=120),
            reason=next(iter(reasons)).key, words="The flat is not ready yet.",
        )  # fmt: skip

    first, then = Duty.objects.filter(stay=cast.tomasz, key="expected-move").order_by("due_on")
    assert (first.pk, first.state) == (duty.pk, "met_late")
    assert then.due_on == moved_in + timedelta(days=120)


@pytest.mark.req("S0-74")
def test_longer_support_waits_on_today_of_the_leader_who_did_not_ask_for_it(client, auckland):
    house, stay = auckland, auckland.tomasz
    episode = opened(stay, house.amina)
    asked = operations.decide_aftercare(
        episode, by=house.amina, kind="extend", reason="Arrears.",
        extend_until=episode.until_on + timedelta(weeks=6),
    )  # fmt: skip
    client.force_login(house.amina)
    assert "Longer support to approve" not in client.get("/").text
    client.force_login(house.grace)
    assert "Longer support to approve" in client.get("/").text
    to_approve = f"/schemes/{stay.scheme.slug}/aftercare/?show=to-approve"
    assert stay.resident.name in client.get(to_approve).text

    operations.approve_extension(asked, by=house.grace)

    assert "Longer support to approve" not in client.get("/").text
    assert stay.resident.name not in client.get(to_approve).text


@pytest.mark.req("S2-19")
def test_what_is_owed_after_the_move_can_be_off_for_one_person_alone(auckland, client):
    tomasz, grace = auckland.tomasz, auckland.grace
    allocate(tomasz, by=grace, worker=auckland.amina)
    opened(tomasz, auckland.amina)
    key = "twelve-plus-plan"
    owed = Duty.objects.filter(subject_kind="aftercare", stay=tomasz, state="open")
    assert owed.filter(key=key).exists()
    others = set(owed.exclude(key=key).values_list("key", "period_from"))
    client.force_login(grace)
    page = reverse("schemes:vary-for-person", args=[tomasz.pk, key])
    assert page in client.get(reverse("schemes:person", args=[tomasz.pk])).text

    today = tomasz.scheme.today()
    said = {"how": "off", "from_on": today.isoformat(), "because": "His sister looks in."}
    assert client.post(page, said).status_code == 302
    assert not owed.filter(key=key).exists()
    assert set(owed.values_list("key", "period_from")) == others

    tomasz.refresh_from_db()
    vary_for_person(tomasz, by=grace, key=key, from_on=today, because="Ours.", to=grace)
    assert owed.get(key=key).owed_by == grace
