"""Papers: made whatever somebody wrote, and readable by a screen reader wherever they can be."""

from __future__ import annotations

import logging

import pytest

from alongside.ui.pdf import has_letters, make_pdf

READABLE = b"pdfuaid"  # what a file says of itself that keeps to PDF/UA
WHO_LOOKED = "stays/who_looked.typ"


def a_paper(name: str) -> bytes:
    data = {"name": name, "service": "Mill House", "made": "20 April 2026", "rows": []}
    return make_pdf(WHO_LOOKED, data)


@pytest.mark.parametrize(
    "name", ["Hēmi Ngāwaka", "علي حسن", "דוד", "Ελένη", "Ольга", "हिन्दी", "Tomasz 🙂⭐👋"]
)
def test_a_name_in_these_letters_is_printed_for_everybody(name):
    assert has_letters(name)
    assert READABLE in a_paper(name)


@pytest.mark.parametrize("name", ["王小明", "ไทย", "＜Full width＞", "𒀀 𓀀", "\ufffe\u0600"])
def test_where_a_letter_has_no_font_the_paper_is_made_all_the_same_and_the_log_names_nobody(
    name, caplog
):
    with caplog.at_level(logging.WARNING):
        assert a_paper(name).startswith(b"%PDF")
    assert name not in caplog.text
    assert has_letters(name) == ("no font here has" not in caplog.text)
