"""How long a list is, said as people say it."""

from __future__ import annotations

import pytest
from django.template import Context, Template

from alongside.ui.paging import paged_list


def said(rf, rows: int, page: int = 1) -> str:
    paged = paged_list(rf.get("/", {"page": page}), range(rows), size=25)
    shown = Template('{% load house %}{% pager paged "files" %}').render(Context({"paged": paged}))
    return " ".join(shown.split())


@pytest.mark.parametrize(("rows", "words"), [(0, ""), (1, ""), (12, "12 files")])
def test_a_list_that_is_whole_says_at_most_how_many(rf, rows, words):
    shown = said(rf, rows)

    assert words in shown
    assert " to " not in shown


def test_a_longer_list_says_where_one_is(rf):
    assert "26 to 30 of 30 files" in said(rf, 30, page=2)
