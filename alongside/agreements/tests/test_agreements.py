"""Texts are explained, signed or refused in one version; and who owes what when it changes."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from alongside.agreements import operations
from alongside.agreements.models import AgreementText, Breach, Explanation, Standing
from alongside.agreements.queries import (
    State,
    agreements_at,
    agreements_of,
    breaches_of,
    counts_by_clause,
    standing_of,
    standings_of,
)
from alongside.kit.refusal import NotPermitted, Refused
from alongside.signatures.models import Signature, digest_of
from alongside.signatures.signing import Mark, No
from alongside.testing.builders import a_stay
from alongside.testing.cast import Cast

DRAWN = Mark(strokes="M10 20 L40 60")
TODAY = date(2026, 4, 20)


def explained(cast: Cast, key: str = "conditions-of-stay") -> Explanation:
    return operations.explain(cast.tomasz, by=cast.amina, key=key, explained_on=TODAY)


def state(cast: Cast, key: str = "conditions-of-stay") -> State:
    return next(held.state for held in agreements_of(cast.tomasz) if held.text.key == key)


@pytest.mark.req("S0-47")
def test_a_text_is_explained_then_signed_by_both(cast: Cast) -> None:
    assert state(cast) is State.NOT_EXPLAINED
    told = explained(cast)
    assert state(cast) is State.EXPLAINED
    operations.sign_as_resident(told, by=cast.amina, mark=DRAWN)
    assert state(cast) is State.SIGNED_BY_RESIDENT

    operations.sign_as_worker(told, by=cast.amina, mark=DRAWN)

    assert state(cast) is State.SIGNED


def test_what_was_signed_is_locked_by_its_digest(cast: Cast) -> None:
    told = explained(cast)
    signature = operations.sign_as_resident(told, by=cast.amina, mark=DRAWN)

    assert signature.digest == digest_of(told.content)
    assert signature.content["version"] == "starter 1"
    assert signature.content["clauses"][0][0] == "1"


@pytest.mark.req("S0-47")
def test_a_refused_text_is_explained_and_refused_and_never_signed(cast: Cast) -> None:
    told = explained(cast)

    no = operations.refuse(
        told,
        by=cast.amina,
        no=No(
            reason="Wants advice first",
            witness="Grace Okafor",
            next_offer_on=date(2026, 4, 23),
        ),
    )

    assert state(cast) is State.REFUSED
    assert (no.reason, no.witness, no.next_offer_on) == (
        "Wants advice first",
        "Grace Okafor",
        date(2026, 4, 23),
    )
    refused = agreements_at(cast.mill_house).refused
    assert [(one.stay, one.held.text.key) for one in refused] == [
        (cast.tomasz, "conditions-of-stay")
    ]


def test_a_refused_text_can_be_signed_when_it_is_offered_again(cast: Cast) -> None:
    operations.refuse(explained(cast), by=cast.amina, no=No(reason="Wants time"))

    operations.sign_as_resident(explained(cast), by=cast.amina, mark=DRAWN)

    assert state(cast) is State.SIGNED_BY_RESIDENT


def test_without_a_day_it_is_offered_again_after_as_long_as_the_pack_says(cast: Cast) -> None:
    no = operations.refuse(explained(cast), by=cast.amina, no=No(reason="Wants time"))

    assert no.next_offer_on == date(2026, 4, 27)


@pytest.mark.parametrize(
    ("no", "says"),
    [
        (No(reason=" "), "needs its reason"),
        (No(reason="Wants time", next_offer_on=date(2026, 4, 19)), "has passed"),
    ],
)
def test_a_refusal_that_says_too_little_is_refused(cast: Cast, no: No, says: str) -> None:
    told = explained(cast)

    with pytest.raises(Refused, match=says):
        operations.refuse(told, by=cast.amina, no=no)


def test_a_guide_is_explained_and_not_signed(cast: Cast) -> None:
    told = explained(cast, "house-rules")

    with pytest.raises(Refused, match="is explained and not signed"):
        operations.sign_as_resident(told, by=cast.amina, mark=DRAWN)
    held = next(held for held in agreements_of(cast.tomasz) if held.text.key == "house-rules")
    assert (held.is_done, held.says) == (True, "Explained")


def test_nothing_is_explained_in_the_future_or_before_they_came(cast: Cast) -> None:
    for day, says in ((date(2026, 4, 21), "not happened yet"), (date(2026, 3, 1), "not staying")):
        with pytest.raises(Refused, match=says):
            operations.explain(cast.tomasz, by=cast.amina, key="complaints", explained_on=day)


def test_owen_may_not_explain_anything_at_mill_house(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        operations.explain(cast.tomasz, by=cast.owen, key="complaints", explained_on=TODAY)


def publish(cast: Cast, **changes) -> AgreementText:
    words = {
        "key": "conditions-of-stay",
        "new_version": "May 2026",
        "text": "We live here together.",
        "clauses": ["I am kind.", "I pay what I agreed."],
        **changes,
    }
    return operations.publish_text(cast.mill_house, by=cast.grace, **words)


def test_a_new_version_is_owed_to_everybody_here_and_to_nobody_else(cast: Cast) -> None:
    operations.sign_as_resident(explained(cast), by=cast.amina, mark=DRAWN)
    rosa = a_stay(cast.beds[1], by=cast.grace)
    elsewhere = agreements_at(cast.quay_street).texts

    publish(cast)

    assert state(cast) is State.NEWER_VERSION
    waiting = {
        one.stay.resident.name
        for one in agreements_at(cast.mill_house).waiting
        if one.held.text.version == "May 2026"
    }
    assert waiting == {"Tomasz Nowak", rosa.resident.name}
    assert agreements_at(cast.quay_street).texts == elsewhere


def test_the_old_version_can_no_longer_be_signed(cast: Cast) -> None:
    told = explained(cast)
    publish(cast)

    with pytest.raises(Refused, match="newer version of this text: May 2026"):
        operations.sign_as_resident(told, by=cast.amina, mark=DRAWN)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"key": "parking"}, "no such text"),
        ({"new_version": "starter 1"}, "is the one in force"),
    ],
)
def test_a_text_is_published_once_for_each_version(cast: Cast, changes, says: str) -> None:
    with pytest.raises(Refused, match=says):
        publish(cast, **changes)


def test_only_those_who_may_publish_a_text(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        operations.publish_text(
            cast.mill_house, by=cast.amina, key="complaints", new_version="2", text="New"
        )


@pytest.mark.req("S1-05")
def test_a_support_agreement_begins_on_probation_and_only_promotion_makes_it_full(
    cast: Cast,
) -> None:
    begun = operations.start_support_agreement(cast.tomasz, by=cast.grace)
    assert (begun.kind, begun.from_on) == ("probation", date(2026, 3, 2))
    with pytest.raises(Refused, match="began on 2 March 2026"):
        operations.start_support_agreement(cast.tomasz, by=cast.grace)

    operations.make_full_resident(cast.tomasz, by=cast.grace, on=TODAY)

    now = standing_of(cast.tomasz)
    assert now is not None
    assert str(now) == "Full resident since 20 April 2026"


@pytest.mark.req("S1-65")
def test_full_residence_is_dated_and_given_once(cast: Cast) -> None:
    operations.start_support_agreement(cast.tomasz, by=cast.grace)
    first = operations.make_full_resident(cast.tomasz, by=cast.grace, on=date(2026, 4, 1))
    again = operations.make_full_resident(cast.tomasz, by=cast.grace, on=TODAY)

    assert first == again
    operations.return_to_probation(cast.tomasz, by=cast.grace, on=TODAY)
    assert [one.kind for one in standings_of(cast.tomasz)] == ["probation", "full", "probation"]


def broken(cast: Cast, on: date = TODAY, **given) -> Breach:
    return operations.record_breach(
        cast.tomasz,
        by=cast.amina,
        key="conditions-of-stay",
        clause="6",
        happened_on=on,
        what_happened="Stayed out without telling anybody.",
        **given,
    )


@pytest.mark.req("S0-48")
def test_a_breach_names_its_clause_and_holds_the_talk(cast: Cast) -> None:
    breach = broken(cast, talked_on=TODAY, agreed="He rings before ten.", their_view="Forgot.")

    assert breach.clause_says.startswith("I tell staff when I will be out")
    assert (breach.talked_on, breach.agreed) == (TODAY, "He rings before ten.")
    assert operations.resolve_breach(breach, by=cast.amina, outcome="agreed").resolved_by


@pytest.mark.req("S0-48")
def test_three_breaches_of_one_clause_prompt_a_review_and_never_an_eviction(cast: Cast) -> None:
    for day in (13, 16, 19):
        broken(cast, date(2026, 4, day))

    often = agreements_at(cast.mill_house).often
    assert [(one.stay, one.count.times) for one in often] == [(cast.tomasz, 3)]
    cast.tomasz.refresh_from_db()
    assert cast.tomasz.is_current()


def test_a_breach_written_down_by_mistake_does_not_count(cast: Cast) -> None:
    one = broken(cast)
    with pytest.raises(Refused, match="A mistake needs explaining"):
        operations.resolve_breach(one, by=cast.amina, outcome="mistake")

    operations.resolve_breach(one, by=cast.amina, outcome="mistake", words="It was Rosa’s night.")

    assert counts_by_clause(breaches_of(cast.tomasz), cast.mill_house) == []


def test_a_breach_is_not_resolved_before_somebody_talked_about_it(cast: Cast) -> None:
    with pytest.raises(Refused, match="Nobody has talked with them"):
        operations.resolve_breach(broken(cast), by=cast.amina, outcome="agreed")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"agreed": "Rings"}, "needs its day"),
        ({"talked_on": TODAY}, "needs what came of it"),
        ({"talked_on": date(2026, 4, 19), "agreed": "Rings"}, "cannot be before it happened"),
    ],
)
def test_a_talk_has_a_day_and_an_end(cast: Cast, given, says: str) -> None:
    with pytest.raises(Refused, match=says):
        broken(cast, **given)


def test_only_a_clause_of_the_text_can_be_broken(cast: Cast) -> None:
    with pytest.raises(Refused, match="has no clause “99”"):
        operations.record_breach(
            cast.tomasz, by=cast.amina, key="conditions-of-stay", clause="99",
            happened_on=TODAY, what_happened="Something",
        )  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        {"talked_on": TODAY},
        {"agreed": "Rings"},
        {"outcome": "agreed"},
        {"resolved_at": "2026-04-20T11:00Z"},
        {"what_happened": ""},
    ],
)
def test_the_database_refuses_half_a_talk_and_half_a_resolution(cast: Cast, wrong) -> None:
    breach = broken(cast)

    with pytest.raises(IntegrityError), transaction.atomic():
        Breach.objects.filter(pk=breach.pk).update(**wrong)


def test_the_database_refuses_a_second_text_of_a_version_and_an_unknown_standing(
    cast: Cast,
) -> None:
    publish(cast)
    publish(cast, new_version="June 2026", text="We live here together in June.")
    with pytest.raises(Refused, match="already has a version of that name"):
        publish(cast, text="Other words")
    with pytest.raises(IntegrityError), transaction.atomic():
        AgreementText.objects.update(text="")
    operations.start_support_agreement(cast.tomasz, by=cast.grace)
    with pytest.raises(IntegrityError), transaction.atomic():
        Standing.objects.update(kind="guest")


def test_nobody_signs_the_same_words_twice(cast: Cast) -> None:
    told = explained(cast)
    operations.sign_as_resident(told, by=cast.amina, mark=DRAWN)

    with pytest.raises(Refused, match="signed already"), transaction.atomic():
        operations.sign_as_resident(told, by=cast.amina, mark=DRAWN)
    assert Signature.objects.count() == 1
