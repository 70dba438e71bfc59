from __future__ import annotations

import pytest
from django.test import Client


def test_every_component_is_on_the_style_page_of_a_demonstration(
    client: Client, settings: object
) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    answer = client.get("/ui/")

    assert answer.status_code == 200
    assert b"house-timeline" in answer.content
    assert b" style=" not in answer.content


def test_a_real_house_has_no_style_page(client: Client) -> None:
    assert client.get("/ui/").status_code == 404


def test_a_form_with_errors_answers_422(client: Client, settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]

    assert client.post("/ui/", {}).status_code == 422


@pytest.mark.parametrize("path", ["/nowhere/", "/ui/"])
def test_a_page_that_is_not_here_says_so_in_plain_words(client: Client, path: str) -> None:
    assert b"This page is not here" in client.get(path).content
