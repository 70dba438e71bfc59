"""The pages of agreements, as Amina and Grace use them; to Owen they do not exist."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from alongside.agreements import operations
from alongside.agreements.models import AgreementText, Breach, Explanation
from alongside.agreements.queries import State, agreements_of
from alongside.signatures.models import Signature
from alongside.signatures.signing import Mark, No
from alongside.testing.builders import a_stay
from alongside.testing.cast import Cast

TODAY = date(2026, 4, 20)
DRAWN = Mark(strokes="M10 20 L40 60")


@pytest.fixture
def told(cast: Cast) -> Explanation:
    return operations.explain(
        cast.tomasz,
        by=cast.amina,
        key="conditions-of-stay",
        explained_on=TODAY,
        understanding_words="Asked about nights out. <b>#panic()</b>",
    )


def test_every_text_and_its_state_on_one_page(
    cast: Cast, client, told: Explanation, django_assert_max_num_queries
) -> None:
    client.force_login(cast.amina)
    operations.start_support_agreement(cast.tomasz, by=cast.grace)

    with django_assert_max_num_queries(12):
        shown = client.get(reverse("agreements:agreements", args=[cast.tomasz.pk]))

    said = shown.content.decode()
    assert "Explained, not signed" in said
    assert "On probation" in said
    assert said.count("Not explained yet") == 5


@pytest.mark.req("S0-47")
def test_amina_explains_a_text_and_goes_on_to_signing(cast: Cast, client) -> None:
    client.force_login(cast.amina)
    address = reverse("agreements:explain", args=[cast.tomasz.pk, "conditions-of-stay"])

    answer = client.post(
        address,
        {
            "explained_on": "2026-04-20",
            "language": "Polish",
            "way": "interpreter",
            "understanding": "yes",
            "copy_given": "on",
        },
    )

    told = Explanation.objects.get()
    assert answer["Location"] == reverse("agreements:sign", args=[told.pk])
    assert (told.language, told.content["way"]) == ("Polish", "With an interpreter")
    assert told.copy_given_on == TODAY


def test_a_day_that_has_not_come_is_said_beside_the_field(cast: Cast, client) -> None:
    client.force_login(cast.amina)
    address = reverse("agreements:explain", args=[cast.tomasz.pk, "house-rules"])

    answer = client.post(
        address,
        {"explained_on": "2026-04-21", "understanding": "yes", "understanding_words": "Fine"},
    )

    assert answer.status_code == 422
    assert "This has not happened yet." in str(answer.context["form"].errors["explained_on"])
    assert "Fine" in answer.content.decode()


def test_they_sign_and_then_we_do(cast: Cast, client, told: Explanation) -> None:
    client.force_login(cast.amina)
    answer = client.post(reverse("agreements:sign", args=[told.pk]), {"strokes": "M10 20 L40 60"})
    assert answer["Location"] == reverse("agreements:countersign", args=[told.pk])

    client.post(reverse("agreements:countersign", args=[told.pk]), {"strokes": "M1 2 L4 6"})

    held = next(one for one in agreements_of(cast.tomasz) if one.text.key == told.key)
    assert held.state is State.SIGNED


def test_nothing_drawn_is_no_signature(cast: Cast, client, told: Explanation) -> None:
    client.force_login(cast.amina)

    answer = client.post(reverse("agreements:sign", args=[told.pk]), {"strokes": ""})

    assert answer.status_code == 422
    assert "Nothing has been drawn yet." in answer.content.decode()
    assert not Signature.objects.exists()


def test_a_refusal_is_recorded_with_its_reason_and_next_offer(
    cast: Cast, client, told: Explanation
) -> None:
    client.force_login(cast.amina)
    address = reverse("agreements:refuse", args=[told.pk])
    assert client.post(address, {"reason": ""}).status_code == 422

    client.post(
        address, {"reason": "wants_advice", "witness": "Sam", "next_offer_on": "2026-04-22"}
    )

    no = Signature.objects.get()
    assert (no.refused, no.witness, no.next_offer_on) == (True, "Sam", date(2026, 4, 22))
    client.force_login(cast.grace)
    listed = client.get(reverse("agreements:scheme-agreements", args=["mill-house"]))
    assert "Tomasz Nowak: Conditions of stay" in listed.content.decode()


def test_their_copy_is_a_pdf_with_the_words_as_text(cast: Cast, client, told: Explanation) -> None:
    operations.sign_as_resident(told, by=cast.amina, mark=DRAWN)
    client.force_login(cast.amina)

    answer = client.get(reverse("agreements:copy", args=[told.pk]), {"large": "yes"})

    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


def test_amina_records_a_breach_the_talk_and_how_it_was_resolved(cast: Cast, client) -> None:
    client.force_login(cast.amina)
    new = reverse("agreements:record-breach", args=[cast.tomasz.pk])
    assert client.post(new, {"happened_on": "2026-04-19"}).status_code == 422
    client.post(
        new,
        {
            "clause": "conditions-of-stay/6",
            "happened_on": "2026-04-19",
            "what_happened": "Stayed out.",
        },
    )
    breach = Breach.objects.get()
    page = reverse("agreements:breach", args=[cast.tomasz.pk, breach.pk])
    assert client.get(page).status_code == 200

    client.post(page, {"step": "talk", "talked_on": "2026-04-20", "agreed": "He rings."})
    client.post(page, {"step": "resolve", "outcome": "agreed"})

    breach.refresh_from_db()
    assert (breach.agreed, breach.outcome) == ("He rings.", "agreed")
    listed = client.get(reverse("agreements:breaches", args=[cast.tomasz.pk]))
    assert "We agreed how to go on" in listed.content.decode()


def test_grace_publishes_a_newer_version_and_amina_may_not(cast: Cast, client) -> None:
    address = reverse("agreements:publish", args=["mill-house", "house-rules"])
    client.force_login(cast.amina)
    assert client.get(address).status_code == 403

    client.force_login(cast.grace)
    assert client.get(address).status_code == 200
    client.post(address, {"new_version": "2", "text": "Quiet after ten.", "clauses": "One\n\nTwo"})

    row = AgreementText.objects.get()
    assert [clause["says"] for clause in row.clauses] == ["One", "Two"]


def test_the_list_costs_the_same_for_a_full_house(
    cast: Cast, client, django_assert_max_num_queries
) -> None:
    for number, name in enumerate(("Rosa Lindqvist", "Ana Silva", "Joe Bell")):
        a_stay(cast.beds[number + 1], by=cast.grace, name=name)
    client.force_login(cast.grace)

    with django_assert_max_num_queries(12):
        client.get(reverse("agreements:scheme-agreements", args=["mill-house"]))


def test_to_owen_none_of_it_exists(cast: Cast, client, told: Explanation) -> None:
    breach = operations.record_breach(
        cast.tomasz, by=cast.amina, key="conditions-of-stay", clause="1",
        happened_on=TODAY, what_happened="Shouted.",
    )  # fmt: skip
    stay = cast.tomasz.pk
    client.force_login(cast.owen)

    for address in (
        reverse("agreements:agreements", args=[stay]),
        reverse("agreements:agreement", args=[stay, "house-rules"]),
        reverse("agreements:explain", args=[stay, "house-rules"]),
        reverse("agreements:sign", args=[told.pk]),
        reverse("agreements:countersign", args=[told.pk]),
        reverse("agreements:refuse", args=[told.pk]),
        reverse("agreements:give-copy", args=[told.pk]),
        reverse("agreements:copy", args=[told.pk]),
        reverse("agreements:breaches", args=[stay]),
        reverse("agreements:record-breach", args=[stay]),
        reverse("agreements:breach", args=[stay, breach.pk]),
        reverse("agreements:scheme-agreements", args=["mill-house"]),
        reverse("agreements:publish", args=["mill-house", "house-rules"]),
    ):
        assert client.get(address).status_code == 404, address


def test_a_text_nobody_has_is_no_page(cast: Cast, client) -> None:
    client.force_login(cast.amina)

    assert (
        client.get(reverse("agreements:agreement", args=[cast.tomasz.pk, "parking"])).status_code
        == 404
    )


def test_signing_twice_is_refused_on_a_page_of_its_own(
    cast: Cast, client, told: Explanation
) -> None:
    operations.refuse(told, by=cast.amina, no=No(reason="Wants time"))
    operations.publish_text(
        cast.mill_house,
        by=cast.grace,
        key=told.key,
        new_version="2",
        text="Short.",
        clauses=["Be kind"],
    )
    client.force_login(cast.amina)

    answer = client.get(reverse("agreements:sign", args=[told.pk]))

    assert answer.status_code == 422
    assert "There is a newer version" in answer.content.decode()
