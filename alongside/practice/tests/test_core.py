"""What lies under every pack, so that a page always has its words, lists and numbers."""

from __future__ import annotations

from alongside.practice.core import filled_in


def test_a_list_that_a_pack_declares_replaces_the_whole_of_it():
    whole = filled_in({"choice_lists": {"venues": {"kitchen": "Kitchen"}}})
    assert whole["choice_lists"]["venues"] == {"kitchen": "Kitchen"}
    assert "attendance" in whole["choice_lists"]
    assert whole["terms"]["bed"]["plural"] == "beds"
