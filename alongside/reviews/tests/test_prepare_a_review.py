"""Setting a review up: the day, the people, the agenda."""

from __future__ import annotations

from datetime import date

import pytest
from django.core import mail
from django.urls import reverse

from alongside.allocations.operations import allocate
from alongside.audit.actors import System
from alongside.kit import clock
from alongside.kit.refusal import NotPermitted, Refused
from alongside.post.models import Letter
from alongside.post.sending import send_what_is_due
from alongside.practice.actions import Action
from alongside.reviews import operations
from alongside.reviews.letters import letter_to
from alongside.reviews.models import Invitation, Kind, Review, Sharing
from alongside.reviews.queries.people import invitations_of, wishes_of
from alongside.reviews.queries.reviews import agenda_of
from alongside.schemes.operations import set_value
from alongside.stays.models import Stay
from alongside.testing.builders import a_booked_review

TODAY = date(2026, 4, 20)


@pytest.fixture
def review(tomasz, amina, grace):
    allocate(tomasz, by=grace, worker=amina, from_on=date(2026, 3, 2))
    return a_booked_review(tomasz, by=amina, kind="monthly", planned_on=date(2026, 4, 27))


def names(review) -> list[str]:
    return [one.name for one in invitations_of(review)]


@pytest.mark.req("S2-36")
def test_amina_sets_up_a_monthly_review_with_a_day_a_place_and_a_leader(tomasz, amina, client):
    client.force_login(amina)

    answer = client.post(
        reverse("reviews:set-up", args=[tomasz.pk]),
        {
            "kind": "monthly",
            "planned_on": "2026-04-27",
            "planned_time": "14:30",
            "place": "Blue room",
            "led_by": str(amina.pk),
        },
    )

    review = tomasz.reviews.get()
    assert answer.status_code == 302
    assert (review.planned_on, review.place, review.led_by) == (
        date(2026, 4, 27),
        "Blue room",
        amina,
    )
    page = client.get(reverse("reviews:review", args=[review.pk])).content.decode()
    assert "Monthly review" in page
    assert "Blue room" in page


@pytest.mark.req("S2-38")
def test_the_agenda_begins_with_what_tomasz_brings(review, amina):
    operations.add_agenda_item(review, by=amina, words="The broken heater")
    operations.add_agenda_item(review, by=amina, words="My brother’s visit", from_resident=True)

    words = [line.words for line in agenda_of(review)]

    assert words[:2] == ["What the resident wants to talk about", "My brother’s visit"]
    assert words[-1] == "The broken heater"


def test_what_tomasz_brings_to_his_own_review_is_his(review, tomasz):
    line = operations.add_agenda_item(review, by=tomasz.resident, words="A room with a window")

    assert line.from_resident
    assert line.by_name == "Tomasz Nowak"


def test_an_empty_agenda_item_is_refused(review, amina):
    with pytest.raises(Refused, match="Nothing has been written"):
        operations.add_agenda_item(review, by=amina, words="  ")


def test_what_tomasz_brought_is_not_taken_off_by_staff(review, amina):
    his = operations.add_agenda_item(review, by=amina, words="Sleep", from_resident=True)
    ours = operations.add_agenda_item(review, by=amina, words="Keys")

    operations.take_agenda_item_off(ours, by=amina)
    with pytest.raises(Refused, match="put this on the agenda"):
        operations.take_agenda_item_off(his, by=amina)
    with pytest.raises(Refused, match="belongs to every review"):
        operations.take_agenda_item_off(review.agenda.exclude(key="").first(), by=amina)

    assert "Keys" not in [line.words for line in agenda_of(review)]


@pytest.mark.req("S2-37")
def test_tomasz_comes_first_then_whom_he_named_then_staff_then_agencies(review, amina, grace):
    operations.invite(review, by=amina, kind="staff", staff=grace)
    operations.invite(
        review, by=amina, kind="outside", name="Jo Field", agency="Northside Outreach",
        sharing=Sharing.CONSENT, sharing_on=TODAY,
    )  # fmt: skip
    operations.say_whom_they_want(
        review, by=amina, name="Marek Nowak", wanted=True, relation="brother"
    )

    assert names(review) == [
        "Tomasz Nowak",
        "Marek Nowak",
        "Amina Yusuf",
        "Grace Okafor",
        "Jo Field",
    ]


def test_whom_he_named_once_is_invited_again_next_time(review, tomasz, amina):
    operations.say_whom_they_want(review, by=tomasz.resident, name="Marek Nowak", wanted=True)

    later = a_booked_review(tomasz, by=amina, kind="agencies", planned_on=date(2026, 5, 4))

    assert names(later)[:2] == ["Tomasz Nowak", "Marek Nowak"]


@pytest.mark.req("S2-37")
def test_somebody_he_does_not_want_comes_only_with_a_managers_written_reason(review, amina, grace):
    operations.say_whom_they_want(review, by=amina, name="Grace Okafor", wanted=False)

    with pytest.raises(Refused, match="does not want Grace"):
        operations.invite(review, by=amina, kind="staff", staff=grace)
    with pytest.raises(NotPermitted, match="only a manager"):
        operations.invite(
            review, by=amina, kind="staff", staff=grace, despite_reason="She decides on the room."
        )
    operations.invite(
        review, by=grace, kind="staff", staff=grace, despite_reason="I decide on the room."
    )

    invited = Invitation.objects.get(review=review, staff=grace)
    assert (invited.despite_reason, invited.despite_by) == ("I decide on the room.", grace)


def test_a_name_he_does_not_want_is_known_however_it_is_written(review, amina):
    operations.say_whom_they_want(review, by=amina, name="Łukasz Żak", wanted=False)

    with pytest.raises(Refused, match="does not want"):
        operations.invite(
            review, by=amina, kind="outside", name="lukasz zak", agency="Court", sharing="nothing"
        )


def test_who_is_on_the_list_and_not_wanted_is_taken_off_it(review, tomasz, amina):
    assert "Amina Yusuf" in names(review)

    operations.say_whom_they_want(review, by=amina, name="Amina Yusuf", wanted=False)
    later = a_booked_review(tomasz, by=amina, kind="case", planned_on=date(2026, 5, 4))

    assert names(review) == ["Tomasz Nowak"]
    assert names(later) == ["Tomasz Nowak"]
    assert [str(wish) for wish in wishes_of(tomasz)] == ["Does not want Amina Yusuf"]


@pytest.mark.req("S0-45")
@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"sharing": "consent", "sharing_on": TODAY}, "agency"),
        ({"agency": "Court"}, "sharing"),
        ({"agency": "Court", "sharing": "consent"}, "sharing_on"),
        ({"agency": "Court", "sharing": "lawful"}, "sharing_words"),
    ],
)
def test_no_agency_comes_without_a_ground_for_sharing(review, amina, given, field):
    with pytest.raises(Refused) as refused:
        operations.invite(review, by=amina, kind="outside", name="Jo Field", **given)

    assert refused.value.field == field
    assert "Jo Field" not in names(review)


def test_nobody_is_invited_twice(review, amina):
    with pytest.raises(Refused, match="on the list already"):
        operations.invite(review, by=amina, kind="staff", staff=amina)


def test_somebody_of_another_house_is_not_invited_as_staff(review, amina, owen):
    with pytest.raises(Refused, match="which member of staff"):
        operations.invite(review, by=amina, kind="staff", staff=owen)


@pytest.mark.req("S2-37")
def test_invitations_are_sent_and_replies_kept(review, amina, client):
    client.force_login(amina)
    client.post(reverse("reviews:send", args=[review.pk]))
    own = review.invitations.get(kind=Kind.STAFF)
    client.post(
        reverse("reviews:reply", args=[own.pk]), {"reply": "coming", "reply_words": "Gladly"}
    )

    own.refresh_from_db()
    review.refresh_from_db()
    assert (own.invited_on, own.reply, own.replied_on) == (TODAY, "coming", TODAY)
    assert review.agenda_sent_at is not None


def invited_by_letter(review, amina, *, also=()) -> list[mail.EmailMessage]:
    operations.say_whom_they_want(
        review, by=amina, name="Rae Holm", wanted=True, contact="rae@northside.example"
    )
    operations.say_whom_they_want(
        review, by=amina, name="Ola Nowak", wanted=True, contact="07700 900123"
    )
    operations.send_invitations(review, by=amina)
    assert not mail.outbox, "nobody waits for a mail server"
    send_what_is_due(by=System("the post"))
    return list(mail.outbox)


@pytest.mark.req("S2-37", "S2-38")
def test_who_has_an_e_mail_address_is_invited_by_letter_and_it_is_known_when(review, amina, client):
    sent = {one.to[0]: one.body for one in invited_by_letter(review, amina)}

    assert set(sent) == {"amina.yusuf@harbour.example", "rae@northside.example"}
    assert "Monday 27 April 2026" in sent["rae@northside.example"]
    client.force_login(amina)
    page = client.get(reverse("reviews:review", args=[review.pk])).content.decode()
    assert "e-mail sent 20 Apr" in page
    assert "without e-mail" in page, "Ola has a telephone only"

    operations.send_invitations(review, by=amina)
    send_what_is_due(by=System("the post"))
    assert len(mail.outbox) == 2, "nobody is invited twice"


def test_a_letter_says_no_more_of_the_person_than_the_practice_allows(
    review, amina, grace, mill_house
):
    for one in invited_by_letter(review, amina):
        assert "Nowak" not in one.subject + one.body.replace("Ola Nowak", "")
        assert "What we talk about" not in one.body

    for switch in ("letters_name_the_person", "letters_carry_the_agenda"):
        set_value(
            mill_house, by=grace, at=("features", switch, "on"), value=True, from_on=TODAY,
            because="Our agencies write by secure post.",
        )  # fmt: skip
    again = Review.objects.select_related(*Review.LOCK_WITH).get(pk=review.pk)
    words = letter_to(again, again.invitations.get(name="Rae Holm"))

    assert words
    assert "about Tomasz Nowak" in words.text
    assert "Reported actions beside their evidence" in words.text


def test_a_letter_that_cannot_be_delivered_is_seen_beside_the_name(
    review, amina, client, monkeypatch
):
    operations.send_invitations(review, by=amina)
    Letter.objects.update(given_up_at=clock.now(), fault="no such address")
    client.force_login(amina)

    page = client.get(reverse("reviews:review", args=[review.pk])).content.decode()

    assert "E-mail not delivered" in page


def test_a_reply_that_is_none_is_refused(review, amina):
    own = review.invitations.get(kind=Kind.STAFF)

    with pytest.raises(Refused, match="not a reply"):
        operations.record_reply(own, by=amina, reply="perhaps")


def test_tomasz_is_never_taken_off_the_list_of_his_own_review(review, amina):
    with pytest.raises(Refused, match="their own review"):
        operations.withdraw_invitation(review.invitations.get(kind=Kind.RESIDENT), by=amina)


def test_when_the_day_moves_everybody_is_asked_again(review, amina):
    operations.send_invitations(review, by=amina)
    own = review.invitations.get(kind=Kind.STAFF)
    operations.record_reply(own, by=amina, reply="coming")

    operations.move_review(review, by=amina, planned_on=date(2026, 4, 29), led_by=amina)

    own.refresh_from_db()
    assert (own.invited_on, own.reply) == (None, "")


@pytest.mark.req("S2-42")
def test_when_somebody_from_outside_leads_amina_supports(tomasz, amina):
    review = a_booked_review(
        tomasz, by=amina, kind="monthly", facilitator="Ana Reyes, Northside Outreach"
    )

    assert review.leader == "Ana Reyes, Northside Outreach, supported by Amina Yusuf"


@pytest.mark.req("S1-39")
def test_only_a_manager_leads_and_holds_a_managers_review(tomasz, amina, grace):
    with pytest.raises(Refused, match="cannot lead this review"):
        a_booked_review(tomasz, by=amina, kind="manager")

    review = a_booked_review(tomasz, by=amina, kind="manager", led_by=grace)

    assert not amina.may(Action.HOLD_MANAGER_REVIEW, review)
    with pytest.raises(NotPermitted, match="held by a manager"):
        operations.hold_review(review, by=amina, held_on=TODAY, attendance={})


def test_a_review_is_not_booked_for_a_day_that_is_over(tomasz, amina):
    with pytest.raises(Refused, match="day is over"):
        a_booked_review(tomasz, by=amina, planned_on=date(2026, 4, 19))


def test_one_review_of_a_kind_is_booked_at_a_time(review, tomasz, amina):
    with pytest.raises(Refused, match="booked already, for 27 April 2026"):
        a_booked_review(tomasz, by=amina, kind="monthly", planned_on=date(2026, 4, 28))


def test_an_unknown_kind_of_review_is_refused(tomasz, amina):
    with pytest.raises(Refused, match="no such kind"):
        a_booked_review(tomasz, by=amina, kind="jury")


def test_somebody_of_another_house_does_not_lead(tomasz, amina, owen):
    with pytest.raises(Refused, match="does not work here"):
        a_booked_review(tomasz, by=amina, led_by=owen)


def test_a_review_is_cancelled_with_a_reason(review, amina):
    with pytest.raises(Refused, match="Nothing has been written"):
        operations.cancel_review(review, by=amina, because=" ")

    operations.cancel_review(review, by=amina, because="The heating failed.")

    review.refresh_from_db()
    assert review.state == "cancelled"
    with pytest.raises(Refused, match="was cancelled"):
        operations.move_review(review, by=amina, planned_on=date(2026, 5, 4), led_by=amina)


def test_a_wrong_form_answers_beside_the_field_and_loses_nothing(tomasz, amina, client):
    client.force_login(amina)

    answer = client.post(
        reverse("reviews:set-up", args=[tomasz.pk]),
        {"kind": "monthly", "planned_on": "2020-01-01", "place": "Blue room", "led_by": amina.pk},
    )

    assert answer.status_code == 422
    assert "That day is over." in answer.content.decode()
    assert "Blue room" in answer.content.decode()
    assert not tomasz.reviews.exists()


def test_the_agenda_is_printed_with_nothing_from_the_file(review, amina, client):
    client.force_login(amina)

    answer = client.get(reverse("reviews:paper", args=[review.pk]))

    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF")


def pages_of(stay: Stay, review) -> list[str]:
    names = ["review", "paper", "move", "cancel", "wish", "invite-staff", "invite-agency",
             "add-agenda-item", "hold", "outcome", "decide", "sign-as-resident",
             "sign-as-worker", "refuse", "complete", "addendum", "feedback"]  # fmt: skip
    own = [reverse(f"reviews:{name}", args=[review.pk]) for name in names]
    reply = reverse("reviews:reply", args=[review.invitations.first().pk])
    return [
        *own,
        reply,
        reverse("reviews:reviews", args=[stay.pk]),
        reverse("reviews:set-up", args=[stay.pk]),
        reverse("reviews:scheme-reviews", args=["mill-house"]),
        reverse("reviews:team-agenda", args=["mill-house"]),
    ]


def test_to_owen_no_review_at_mill_house_exists(review, tomasz, owen, client):
    client.force_login(owen)

    for url in pages_of(tomasz, review):
        assert client.get(url).status_code == 404, url
    for name, key in [
        ("withdraw", review.invitations.first().pk),
        ("take-off", review.agenda.first().pk),
        ("send", review.pk),
    ]:
        assert client.post(reverse(f"reviews:{name}", args=[key])).status_code == 404, name


def test_every_page_opens_for_amina(review, tomasz, amina, client):
    client.force_login(amina)

    for url in pages_of(tomasz, review):
        assert client.get(url).status_code == 200, url
