"""A refusal on a page of its own leads back to where somebody came from, and nowhere else."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from alongside.kit.refusal import Refused
from alongside.ui.pages import came_from, refused

HERE = "/imports/1/names/"


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/imports/1/", "/imports/1/"),
        ("http://testserver/search/?q=Nowak", "/search/?q=Nowak"),
        (f"http://testserver{HERE}", ""),
        ("", ""),
        ("https://elsewhere.example/imports/1/", ""),
        ("http://testserver//elsewhere.example/", ""),
        ("javascript:alert(1)", ""),
        ("http://[", ""),
    ],
)
def test_back_is_the_page_of_ours_that_led_here(referer: str, back: str) -> None:
    asked = RequestFactory().get(HERE, headers={"Referer": referer})

    assert came_from(asked) == back


@pytest.mark.django_db
def test_a_refusal_has_a_way_back(client, cast) -> None:
    client.force_login(cast.grace)
    request = RequestFactory().get(HERE, headers={"Referer": "http://testserver/imports/1/"})
    request.user = cast.grace
    no = Refused("This file has been brought in already.", instead="Bring the file again.")

    shown = refused(request, no)

    assert shown.status_code == 422
    assert '<a class="govuk-link" href="/imports/1/">Go back</a>' in shown.content.decode()
