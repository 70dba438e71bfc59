"""What a role may do is said in words, not in the names of the code."""

from __future__ import annotations

import pytest

from alongside.practice.actions import Action
from alongside.practice.pack import pack
from alongside.team.powers import GROUPS, in_plain, offered


def test_every_power_stands_in_one_group_and_has_its_words():
    said = [power for powers in GROUPS.values() for power in powers]

    assert sorted(said) == sorted(Action)


@pytest.mark.parametrize("key", ["staged-hostel", "supported-living", "aotearoa-transitional"])
def test_powers_are_said_in_the_words_of_the_practice(key):
    known = pack(key)
    for power in Action:
        assert "{" not in in_plain(power, known)
    assert in_plain("allocate_key_worker", known) == (
        f"Name the {known.term('key_worker').singular}"
    )


def test_only_what_the_post_may_is_offered_and_no_group_stands_empty():
    groups = offered({"keep_rota", "write_note"}, pack("staged-hostel"))

    assert [name for name, _ in groups] == ["Key work", "The team"]
    assert groups[1][1] == [("keep_rota", "Keep the rota")]
