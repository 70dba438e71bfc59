"""Small ways to put a thing into words."""

from __future__ import annotations

from datetime import UTC, datetime

from django.utils.safestring import mark_safe

from alongside.ui.templatetags.house import hour, in_short, pill, short_time


def test_a_long_text_is_cut_after_sixty_words_and_keeps_its_lines() -> None:
    assert in_short("one\ntwo <b>") == "one<br>two &lt;b&gt;"
    sixty = " ".join(["word"] * 60)
    assert in_short(sixty) == sixty
    assert in_short(f"{sixty} more") == f"{sixty} …"
    assert in_short("x" * 50_000 + "\n" * 50_000) == "x" * 50_000


def test_a_time_is_that_of_the_wall() -> None:
    noon = datetime(2026, 4, 20, 11, 0, tzinfo=UTC)
    assert (short_time(noon), hour(noon)) == ("Mon 20 Apr, 12:00", "12:00")
    assert (short_time(None), hour(None)) == ("", "")


def test_words_that_were_marked_safe_do_not_make_others_so() -> None:
    assert "<i>" in pill(mark_safe("<i>late</i>"), "bad")
    assert "&lt;i&gt;" in pill("<i>late</i>", "bad")
