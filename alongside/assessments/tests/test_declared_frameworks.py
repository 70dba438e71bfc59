"""An assessment says what it was made by, when, with whom, and under which principles."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from alongside.assessments.operations import (
    Said,
    complete_assessment,
    save_answers,
    start_assessment,
)
from alongside.assessments.queries import progress
from alongside.testing.builders import an_assessment
from alongside.testing.cast import assemble

TODAY = date(2026, 4, 20)


@pytest.mark.req("S0-37")
def test_an_assessment_names_its_framework_assessor_and_people_beside_its_principles(client, db):
    cast = assemble("aotearoa-transitional")
    begun = start_assessment(
        cast.tomasz, by=cast.amina, assessed_on=date(2026, 4, 13), participants="Tomasz, Aunty Hine"
    )
    client.force_login(cast.amina)
    page = client.get(reverse("assessments:answer", args=[begun.pk])).content.decode()
    for principle in ("Manaakitanga", "Rangatiratanga", "Whakawhanaungatanga"):
        assert principle in page
    progress_page = reverse("assessments:progress", args=[cast.tomasz.pk])
    assert begun.completed_at is None, "a draft"

    done = an_assessment(begun, by=cast.amina)

    page = client.get(reverse("assessments:assessment", args=[done.pk])).content.decode()
    assert "Te Whare Tapa Whā" in page
    assert "With Amina Yusuf and Tomasz, Aunty Hine" in page
    assert "under aotearoa-transitional 1.0.0" in page

    again = start_assessment(cast.tomasz, by=cast.amina, assessed_on=TODAY)
    item = again.framework.items[0].key
    level = again.framework.steps[-1].key
    an_assessment(again, by=cast.amina, answers={item: Said(answer="rated", level=level)})
    assert len(progress(cast.tomasz).assessments) == 2
    assert "At first" in client.get(progress_page).content.decode()


@pytest.mark.req("S3-19")
def test_the_needs_of_a_young_person_are_looked_at_part_by_part_in_their_own_view_too(client, db):
    home = assemble("childrens-home")
    begun = start_assessment(home.tomasz, by=home.amina, assessed_on=TODAY)
    item = begun.framework.items[0]
    said = Said(
        answer="rated", level="needs_help", own_level="coping", note="School report of March."
    )
    save_answers(
        begun, by=home.amina, answers={item.key: said}, in_their_words="Better than they think."
    )
    rest = {one.key: Said(answer="no_need") for one in begun.framework.items[1:]}
    save_answers(begun, by=home.amina, answers=rest)
    done = complete_assessment(begun, by=home.amina)
    client.force_login(home.amina)
    page = client.get(reverse("assessments:assessment", args=[done.pk])).content.decode()

    for shown in ("Needs of the young person", "20 April 2026", "School report of March.",
                  "Better than they think."):  # fmt: skip
        assert shown in page
    later = start_assessment(home.tomasz, by=home.amina, assessed_on=TODAY)
    an_assessment(later, by=home.amina, answers={item.key: Said(answer="rated", level="strong")})
    then_and_now = {says: (then, now) for says, then, now in progress(home.tomasz).side_by_side}
    levels = begun.framework.levels
    assert then_and_now[item.says] == (levels["needs_help"].says, levels["strong"].says)
