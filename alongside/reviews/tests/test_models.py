"""What the database itself refuses."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from alongside.kit import clock
from alongside.reviews.models import AgendaLine, Decision, Invitation, Review, Wish
from alongside.testing.builders import a_booked_review, a_held_review

DAY = date(2026, 4, 20)


@pytest.fixture
def review(tomasz, amina):
    return a_booked_review(tomasz, by=amina)


def refuses(act) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        act()


@pytest.mark.parametrize(
    "broken",
    [
        {"held_on": DAY},
        {"absence_reason": "unwell"},
        {"cancelled_at": clock.now()},
        {"cancelled_because": "No heating"},
        {"completed_at": clock.now()},
        {"did_not_wish": True, "view_words": "Fine"},
        {"feedback_on": DAY},
        {"feedback_words": "Told"},
    ],
)
def test_a_review_is_whole_at_every_step(review, broken):
    refuses(lambda: Review.objects.filter(pk=review.pk).update(**broken))


def test_a_review_is_not_complete_without_their_view(review, amina):
    held = a_held_review(review, by=amina)
    done = {"completed_at": clock.now(), "completed_by": amina}
    refuses(lambda: Review.objects.filter(pk=held.pk).update(**done))
    refuses(lambda: Review.objects.filter(pk=held.pk).update(next_on=DAY))
    told = {"feedback_on": DAY, "feedback_by": amina, "feedback_words": "Told"}
    refuses(lambda: Review.objects.filter(pk=held.pk).update(**told))


def test_one_review_of_a_kind_is_booked_at_a_time(review, amina):
    again = {"planned_on": DAY, "led_by": amina, "set_up_by": amina, "practice": "x"}
    refuses(lambda: Review.objects.create(stay=review.stay, kind=review.kind, **again))


@pytest.mark.parametrize(
    "broken",
    [
        {"kind": "outside", "agency": "Court"},
        {"kind": "outside", "sharing": "nothing"},
        {"kind": "outside", "agency": "Court", "sharing": "lawful"},
        {"kind": "outside", "agency": "Court", "sharing": "consent"},
        {"kind": "staff"},
        {"kind": "named", "despite_reason": "Must come"},
        {"kind": "named", "reply": "coming"},
        {"kind": "named", "replied_on": DAY},
        {"kind": "named", "withdrawn_at": clock.now()},
        {"kind": "named", "name_key": "tomasz nowak"},
    ],
)
def test_an_invitation_is_whole(review, broken):
    given = {"review": review, "name": "Jo", "name_key": "jo", **broken}
    refuses(lambda: Invitation.objects.create(**given))


def test_agenda_items_wishes_decisions_and_addenda_say_something(review, amina, tomasz):
    place = {"review": review, "place": 9, "by_staff": amina}
    first = review.agenda.first()
    refuses(lambda: AgendaLine.objects.create(words="", **place))
    refuses(lambda: AgendaLine.objects.create(words="Again", key=first.key, **place))
    refuses(lambda: AgendaLine.objects.create(review=review, words="By nobody", place=9))
    wish = {"stay": tomasz, "wanted": True, "by_staff": amina}
    refuses(lambda: Wish.objects.create(name="", name_key="", **wish))
    refuses(lambda: review.addenda.create(words="", written_by=amina))


@pytest.mark.parametrize("broken", [{"words": ""}, {"name": ""}, {"who": "staff"}, {"staff": "x"}])
def test_a_decision_is_whole(review, amina, broken):
    from alongside.reviews.operations import decide

    held = a_held_review(review, by=amina)
    made = decide(held, by=amina, words="Ring", who="resident", due_on=DAY)
    broken = {"staff": amina} if "staff" in broken else broken
    refuses(lambda: Decision.objects.filter(pk=made.pk).update(**broken))
