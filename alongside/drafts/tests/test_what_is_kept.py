"""What a page may send to be kept: texts, of so many forms; anything else is answered plainly."""

from __future__ import annotations

from typing import Any

import pytest

from alongside.drafts import keeping
from alongside.drafts.models import Draft
from alongside.kit.refusal import Refused

AT = "/drafts/note-x/"


def deep(levels: int) -> str:
    return f'{{"text": {"[" * levels}{"]" * levels}}}'


@pytest.mark.parametrize(
    "body",
    [
        *map(deep, (2, 900, 1_000, 3_000, 100_000)),
        '{"text": NaN}', '{"text": Infinity}', '{"text": 1e999}', '{"text": 1}', '{"text": null}',
        '{"text": {"text": "x"}}', '{"text": [["x"]]}', '["x"]', "null", "{",
    ],
    ids=lambda body: body[:20],
)  # fmt: skip
def test_what_is_no_text_is_not_kept_and_no_fault(client: Any, amina: Any, body: str) -> None:
    client.force_login(amina)
    answer = client.post(AT, body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["error"] == "These words could not be read."
    assert not Draft.objects.exists()


def test_texts_are_kept_without_what_no_database_holds(client: Any, amina: Any) -> None:
    client.force_login(amina)
    body = '{"text": ["He rang\\u0000", "\\ud800 M\u0101ori"], "kind": "informal"}'
    assert client.post(AT, body, content_type="application/json").status_code == 200
    assert client.get(AT).json()["words"] == {
        "text": ["He rang", "? M\u0101ori"], "kind": "informal",
    }  # fmt: skip


def test_nobody_fills_the_house_with_drafts(client: Any, amina: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(keeping, "MOST_KEPT", 2)
    client.force_login(amina)
    for form in ("a", "b", "a"):
        assert (
            client.post(f"/drafts/{form}/", "{}", content_type="application/json").status_code
            == 200
        )
    refused = client.post("/drafts/c/", "{}", content_type="application/json")
    assert refused.status_code == 422
    assert "too many" in refused.json()["error"]
    with pytest.raises(Refused):
        keeping.keep(amina, "d", {})
    assert Draft.objects.count() == 2
