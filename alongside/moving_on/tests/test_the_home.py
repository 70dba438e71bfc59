"""Looking for a home, and the move itself."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.admissions.operations import move_on
from alongside.kit.refusal import NotPermitted, Refused
from alongside.moments.models import Moment
from alongside.moments.recalculation import rebuild
from alongside.moments.search import search
from alongside.moving_on import models, operations
from alongside.moving_on.queries.housing import housing_of
from alongside.moving_on.tests.scenes import TODAY, a_move, a_move_on_plan, a_step
from alongside.referrals.board import bed_board
from alongside.testing.builders import a_stay

LONDON = ZoneInfo("Europe/London")
TOMORROW_AT_TEN = datetime(2026, 4, 21, 10, tzinfo=LONDON)


@pytest.mark.req("S0-68")
def test_providers_are_kept_for_the_scheme_and_each_once(mill_house, amina):
    northside = operations.list_provider(
        mill_house, by=amina, name="Northside Homes", kind="association", phone="01632 960001"
    )
    with pytest.raises(Refused, match="on the list already"):
        operations.list_provider(mill_house, by=amina, name="Northside Homes", kind="council")

    operations.remove_provider(northside, by=amina)

    operations.list_provider(mill_house, by=amina, name="Northside Homes", kind="association")


@pytest.mark.req("S0-68")
def test_an_application_says_whether_it_is_their_own_choice(mill_house, tomasz, amina):
    northside = operations.list_provider(
        mill_house, by=amina, name="Northside Homes", kind="association"
    )

    made = operations.apply_for_home(
        tomasz, by=amina, kind="association", where="", provider=northside, applied_on=TODAY,
        their_choice=False,
    )  # fmt: skip

    assert made.where == "Northside Homes"
    assert not made.their_choice


@pytest.mark.req("S0-70")
def test_the_rating_on_the_register_has_a_history_and_missing_papers_are_counted(tomasz, amina):
    made = operations.apply_for_home(
        tomasz, by=amina, kind="register", where="City housing register",
        applied_on=date(2026, 3, 10),
    )  # fmt: skip
    for rating, day in (("Band 3", date(2026, 3, 20)), ("Band 2", date(2026, 4, 14))):
        operations.rate_application(made, by=amina, rating=rating, rated_on=day)
    letter = operations.ask_for_evidence(
        made, by=amina, what="Letter of the doctor", asked_on=date(2026, 4, 14)
    )

    found = housing_of(tomasz)
    assert [one.rating for one in found.applications[0].ratings.all()] == ["Band 2", "Band 3"]
    assert found.lacking == 1

    operations.send_evidence(letter, by=amina, sent_on=TODAY)
    assert housing_of(tomasz).lacking == 0
    with pytest.raises(Refused, match="sent already"):
        operations.send_evidence(letter, by=amina, sent_on=TODAY)


def test_an_application_that_was_refused_says_why_and_is_over(tomasz, amina):
    made = operations.apply_for_home(
        tomasz, by=amina, kind="private", where="Elm Lettings", applied_on=TODAY
    )
    with pytest.raises(Refused, match="Nothing has been written"):
        operations.end_application(made, by=amina, result="refused", ended_on=TODAY)

    operations.end_application(
        made, by=amina, result="refused", ended_on=TODAY, words="No guarantor."
    )

    with pytest.raises(Refused, match="has ended"):
        operations.rate_application(made, by=amina, rating="x", rated_on=TODAY)


@pytest.mark.req("S0-69")
def test_a_viewing_is_talked_through_accompanied_and_its_result_recorded(tomasz, amina, grace):
    viewing = operations.plan_viewing(
        tomasz, by=amina, address="4 Canal Street", landlord="Elm Lettings",
        starts_at=TOMORROW_AT_TEN, accompanied_by=grace,
    )  # fmt: skip
    with pytest.raises(Refused, match="not begun yet"):
        operations.record_viewing(viewing, by=amina, result="wants_it")
    operations.coach_for_viewing(
        viewing, by=amina, coached_on=TODAY, words="Ask about the deposit first."
    )

    with time_machine.travel(datetime(2026, 4, 21, 12, tzinfo=LONDON), tick=False):
        operations.record_viewing(
            viewing, by=grace, result="wants_it", their_view="Light and quiet.",
            landlord_says="Wants a reference.",
        )  # fmt: skip

    viewing.refresh_from_db()
    assert (viewing.coached_by, viewing.result_by) == (amina, grace)
    assert viewing.their_view == "Light and quiet."


@pytest.mark.req("S0-69")
def test_a_talk_after_the_viewing_was_not_beforehand(tomasz, amina):
    viewing = operations.plan_viewing(
        tomasz, by=amina, address="4 Canal Street",
        starts_at=datetime(2026, 4, 17, 10, tzinfo=LONDON),
    )  # fmt: skip

    with pytest.raises(Refused, match="after the viewing"):
        operations.coach_for_viewing(viewing, by=amina, coached_on=TODAY, words="Too late")


@pytest.mark.req("S0-68")
def test_an_offer_that_is_refused_has_the_reason_of_the_person(tomasz, amina):
    offer = operations.record_offer(tomasz, by=amina, address="9 Hill Road", offered_on=TODAY)
    with pytest.raises(Refused, match="needs its reason"):
        operations.answer_offer(offer, by=amina, answer="refused", answered_on=TODAY)

    operations.answer_offer(
        offer, by=amina, answer="refused", answered_on=TODAY, reason="safety",
        words="My old crowd live there.",
    )  # fmt: skip

    offer.refresh_from_db()
    assert offer.reason_says == "They would not be safe there"
    with pytest.raises(Refused, match="is answered"):
        operations.answer_offer(offer, by=amina, answer="accepted", answered_on=TODAY)


@pytest.mark.req("S1-38")
def test_where_we_looked_is_kept_and_the_move_has_a_list_for_before_on_and_after(tomasz, amina):
    operations.record_search(
        tomasz, by=amina, searched_on=TODAY, where="Letting agents in Mill Lane", found="Two."
    )
    for phase in ("before", "on_the_day", "after"):
        operations.plan_home_step(tomasz, by=amina, kind="keys", phase=phase)

    assert housing_of(tomasz).searches[0].where == "Letting agents in Mill Lane"
    assert [one.phase for one in tomasz.home_steps.order_by("pk")] == [
        "before", "on_the_day", "after",
    ]  # fmt: skip


@pytest.mark.req("S1-38")
def test_the_day_of_a_move_frees_the_bed_from_then_and_lists_what_goes_with_them(
    client, cast, tomasz, grace
):
    a_move(tomasz, by=grace)

    tomasz.refresh_from_db()
    assert tomasz.leaving_on == date(2026, 5, 11)
    space = next(one for one in bed_board(cast.mill_house).spaces if one.stay)
    assert space.stay
    assert space.stay.leaving_on == date(2026, 5, 11)
    assert tomasz.move_documents.count() == len(
        cast.mill_house.pack.choices("move_documents").keys()
    )
    client.force_login(grace)
    board = client.get(reverse("referrals:bed-board", args=["mill-house"])).content.decode()
    assert "free from" in board


def test_a_move_that_falls_through_leaves_bed_and_day_as_they_were(tomasz, amina):
    move = a_move(tomasz, by=amina)

    operations.move_fell_through(move, by=amina, reason="landlord")

    tomasz.refresh_from_db()
    assert tomasz.leaving_on is None
    assert tomasz.is_current()
    assert tomasz.bed is not None
    with pytest.raises(Refused, match="ended already"):
        operations.move_fell_through(move, by=amina, reason="landlord")


def test_another_day_is_another_row_and_the_papers_are_listed_once(tomasz, amina):
    first = a_move(tomasz, by=amina)
    later = date(2026, 5, 18)

    a_move(tomasz, by=amina, leaves_on=later, moves_in_on=later)

    first.refresh_from_db()
    tomasz.refresh_from_db()
    assert first.ended_because == "set_anew"
    assert tomasz.leaving_on == later
    kinds = list(tomasz.move_documents.values_list("kind", flat=True))
    assert len(kinds) == len(set(kinds))


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"leaves_on": date(2026, 4, 19)}, "leaves_on"),
        ({"moves_in_on": date(2026, 5, 10)}, "moves_in_on"),
        ({"tenure": "a boat"}, "tenure"),
        ({"address": " "}, "address"),
    ],
)
def test_a_move_that_cannot_be_is_refused_beside_its_field(tomasz, amina, changed, field):
    with pytest.raises(Refused) as refused:
        a_move(tomasz, by=amina, **changed)

    assert refused.value.field == field
    assert not models.Move.objects.exists()


@pytest.mark.req("S0-71")
def test_a_paper_is_given_once(tomasz, amina):
    a_move(tomasz, by=amina)
    paper = tomasz.move_documents.earliest("pk")

    operations.give_document(paper, by=amina, given_on=TODAY)

    with pytest.raises(Refused, match="given already"):
        operations.give_document(paper, by=amina, given_on=TODAY)


def leaves_unplanned(stay, by, **changed):
    said = {
        "left_on": TODAY,
        "kind": "unplanned",
        "reason": "did_not_return",
        "destination_known": False,
        "aftercare": "not_asked",
        "told": "Outreach team",
        "risk": "May sleep rough again.",
    }
    return operations.record_departure(stay, by=by, **{**said, **changed})


def test_somebody_who_does_not_come_back_leaves_with_a_reason_and_somebody_is_told(tomasz, grace):
    a_move(tomasz, by=grace)

    left = leaves_unplanned(tomasz, grace)

    tomasz.refresh_from_db()
    assert tomasz.moved_out_on == TODAY
    assert not left.destination_known
    assert [one.told for one in left.risks_told.all()] == ["Outreach team"]
    assert not models.Move.objects.open().exists()


def test_made_to_leave_with_a_place_to_go(tomasz, grace):
    left = leaves_unplanned(
        tomasz, grace, kind="asked_to_leave", reason="behaviour", destination_known=True,
        destination="His sister in Leeds", told="", risk="",
        no_risks_words="She knows him, and there is nothing to tell.",
    )  # fmt: skip

    tomasz.refresh_from_db()
    assert "His sister in Leeds" in tomasz.destination
    assert left.reason_says == "Made to leave: behaviour"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"reason": "other"}, "words"),
        ({"destination_known": True}, "destination"),
        ({"told": ""}, "told"),
        ({"aftercare": "maybe"}, "aftercare"),
    ],
)
def test_leaving_unplanned_asks_for_what_must_be_known(tomasz, grace, changed, field):
    with pytest.raises(Refused) as refused:
        leaves_unplanned(tomasz, grace, **changed)

    assert refused.value.field == field
    tomasz.refresh_from_db()
    assert tomasz.is_current()


def test_who_may_not_end_a_stay_does_not_end_it_by_this_door(tomasz, amina):
    with pytest.raises(NotPermitted):
        leaves_unplanned(tomasz, amina)


def test_nothing_is_planned_with_somebody_who_has_gone(tomasz, amina, grace):
    move_on(
        tomasz, by=grace, moved_out_on=TODAY, left_because="planned", destination="private_tenancy"
    )
    for act in (a_move_on_plan, a_step, a_move):
        with pytest.raises(Refused, match="moved on on"):
            act(tomasz, by=amina)


def test_moving_on_shows_on_the_timeline_is_found_and_is_told_the_same_again(tomasz, amina, grace):
    a_move_on_plan(tomasz, by=amina, their_words="Near my mosaïque class.")
    operations.plan_viewing(tomasz, by=amina, address="4 Canal Street", starts_at=TOMORROW_AT_TEN)
    offer = operations.record_offer(tomasz, by=amina, address="9 Hill Road", offered_on=TODAY)
    operations.answer_offer(offer, by=amina, answer="refused", answered_on=TODAY, reason="area")
    a_move(tomasz, by=amina)
    leaves_unplanned(tomasz, grace)

    told = set(Moment.objects.filter(kind="moving_on").values_list("title", "text", "part"))

    assert len(told) == 7
    assert search("mosaique", viewer=amina).exists()
    rebuild()
    again = Moment.objects.filter(kind="moving_on").values_list("title", "text", "part")
    assert set(again) == told


def _refuses(make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def test_the_database_refuses_what_contradicts_itself(cast, tomasz, amina, grace):
    mill, day = cast.mill_house, date(2026, 4, 1)
    provider = models.Provider.objects.create
    provider(scheme=mill, name="x", kind="x")
    _refuses(lambda: provider(scheme=mill, name="x", kind="x"))
    _refuses(lambda: provider(scheme=mill, name="y", kind="x", ended_on=TODAY))
    ask = models.Application.objects.create
    _refuses(lambda: ask(stay=tomasz, kind="x", where="", applied_on=day))
    _refuses(lambda: ask(stay=tomasz, kind="x", where="x", applied_on=day, result="x"))
    made = ask(stay=tomasz, kind="x", where="x", applied_on=day)
    _refuses(lambda: models.RatingEntry.objects.create(application=made, rated_on=day, rating=""))
    paper = models.EvidenceAsked.objects.create
    _refuses(lambda: paper(application=made, what="", asked_on=day))
    _refuses(lambda: paper(application=made, what="x", asked_on=day, sent_on=day))
    _refuses(lambda: paper(application=made, what="x", asked_on=TODAY, sent_on=day, sent_by=amina))
    see = models.Viewing.objects.create
    at = TOMORROW_AT_TEN
    _refuses(lambda: see(stay=tomasz, address="", starts_at=at))
    _refuses(lambda: see(stay=tomasz, address="x", starts_at=at, coached_on=day))
    _refuses(lambda: see(stay=tomasz, address="x", starts_at=at, result="x"))
    offer = models.Offer.objects.create
    _refuses(lambda: offer(stay=tomasz, address="", offered_on=day))
    _refuses(lambda: offer(stay=tomasz, address="x", offered_on=day, answer="accepted"))
    half = {"stay": tomasz, "address": "x", "offered_on": day, "answer": "refused"}
    _refuses(lambda: offer(**half, answered_on=day, answered_by=amina))
    search_for = models.SearchEntry.objects.create
    _refuses(lambda: search_for(stay=tomasz, searched_on=day, where="", found="x"))


def test_the_database_refuses_two_moves_and_half_an_end(tomasz, amina):
    dates = dict.fromkeys(("leaves_on", "tenancy_starts_on", "moves_in_on", "set_on"), TODAY)
    said = {"stay": tomasz, "tenure": "private", "address": "x", **dates}
    make = models.Move.objects.create
    end = {"ended_on": TODAY, "ended_by": amina}
    _refuses(lambda: make(**{**said, "moves_in_on": date(2026, 4, 19)}))
    _refuses(lambda: make(**said, ended_on=TODAY))
    _refuses(lambda: make(**said, **end, ended_because="fell_through"))
    make(**said)
    _refuses(lambda: make(**said))
    models.HandoverDocument.objects.create(stay=tomasz, kind="x")
    _refuses(lambda: models.HandoverDocument.objects.create(stay=tomasz, kind="x"))
    _refuses(lambda: models.HandoverDocument.objects.create(stay=tomasz, kind="y", given_on=TODAY))
    leave = models.Departure.objects.create
    known = {"stay": tomasz, "kind": "x", "aftercare": "declined"}
    _refuses(lambda: leave(reason="x", destination_known=True, **known))
    _refuses(lambda: leave(reason="", destination_known=False, **known))
    left = leave(reason="x", destination_known=False, **known)
    _refuses(
        lambda: models.RiskTold.objects.create(departure=left, told="", risk="x", told_on=TODAY)
    )
    tomasz.leaving_on = date(2026, 3, 1)
    _refuses(tomasz.save)


def test_a_viewing_and_its_talk_go_through_the_pages(client, tomasz, amina, grace):
    client.force_login(amina)
    sent = client.post(
        reverse("moving_on:record", args=[tomasz.pk, "viewing"]),
        {"address": "4 Canal Street", "starts_at": "2026-04-21T10:00", "accompanied_by": grace.pk},
    )
    assert sent.status_code == 302
    viewing = models.Viewing.objects.get()
    assert viewing.starts_at == TOMORROW_AT_TEN

    address = reverse("moving_on:follow-up", args=["coach", viewing.pk])
    wrong = client.post(address, {"coached_on": "2026-04-25", "words": "Ask about deposit"})

    assert wrong.status_code == 422
    assert "Ask about deposit" in wrong.content.decode()


def test_a_question_of_the_wrong_kind_is_not_there(client, tomasz, amina):
    client.force_login(amina)

    assert client.get(f"/stays/{tomasz.pk}/moving-on/add/confirm/").status_code == 404
    assert client.get(f"/moving-on/plan/{tomasz.pk}/").status_code == 404


def test_a_provider_of_another_scheme_is_refused(cast, tomasz, amina, grace, owen):
    theirs = operations.list_provider(cast.quay_street, by=owen, name="Quay Lets", kind="agent")
    a_stay(cast.beds[1], by=grace)

    with pytest.raises(Refused, match="not on this list"):
        operations.apply_for_home(
            tomasz, by=amina, kind="private", where="x", applied_on=TODAY, provider=theirs
        )
