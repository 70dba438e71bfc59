"""A pack laid over another: it adds, it says otherwise, and it leaves alone what is locked."""

from __future__ import annotations

from pathlib import Path

import pytest

from alongside.practice.pack import Layer, PackFault, called, check, pack, packs
from alongside.practice.tests.small import DUTY, ROLES, about, put

SWITCH = """
[features.stages]
on = false
locked = true

[features.aftercare]
on = false
"""


@pytest.fixture
def home(shelf: Path) -> Path:
    """A shelf with one pack on which others can stack."""
    put(shelf, about("home") + 'currency = "NZD"\n' + ROLES + SWITCH + DUTY, key="home")
    return shelf


def told(folder: Path) -> list[str]:
    return [f"{fault.file}:{fault.line} {fault.problem}" for fault in check(folder)]


def test_a_stacked_pack_adds_by_key_and_says_otherwise_by_key(home):
    put(
        home,
        about("care", on="home 1.0.0")
        + "[roles.manager]\nsays = 'Boss'\n[roles.cook]\nsays='Cook'\nplural='Cooks'\n"
        + "[duties.first-plan]\ndue = 'P3D'\n[features.aftercare]\non = true\n",
        key="care",
    )
    care = pack("care")
    assert [(role.says, role.plural) for role in care.roles] == [
        ("Boss", "Managers"),
        ("Cook", "Cooks"),
    ]
    assert (str(care.duty("first-plan").due), care.duty("first-plan").says) == ("P3D", "First plan")
    assert care.has("aftercare")
    assert care.about.currency == "NZD"
    assert str(pack("home").duty("first-plan").due) == "P7D"


def test_its_version_names_both_and_finds_the_same_pair_again(home):
    put(home, about("care", on="home"), key="care")
    care = pack("care")
    assert care.name == "care 1.0.0 on home 1.0.0"
    assert care.version == "1.0.0 on home 1.0.0"
    newer = about("home", "2.0.0", since="2025-06-01") + ROLES + SWITCH + DUTY.replace("P7D", "P9D")
    put(home, newer, key="home", version="2.0.0")
    from_then = called("care 1.0.0 on home 1.0.0")
    assert str(from_then.duty("first-plan").due) == "P7D"
    assert (
        pack("care", "1.0.0 on home 2.0.0").duty("first-plan").due
        != from_then.duty("first-plan").due
    )


def test_without_a_version_it_stands_on_the_one_in_force_when_it_began(home):
    put(home, about("home", "2.0.0", since="2026-03-01") + ROLES, key="home", version="2.0.0")
    put(home, about("care", on="home", since="2026-02-01"), key="care")
    put(home, about("care", "1.1.0", on="home", since="2026-03-01"), key="care", version="1.1.0")
    assert pack("care", "1.0.0").version == "1.0.0 on home 1.0.0"
    assert pack("care", "1.1.0").version == "1.1.0 on home 2.0.0"


def test_three_stand_on_each_other(home):
    put(home, about("care", on="home 1.0.0") + "[duties.first-plan]\ndue = 'P3D'\n", key="care")
    put(home, about("night", on="care 1.0.0") + "[duties.first-plan]\nsays = 'N'\n", key="night")
    night = pack("night")
    assert night.version == "1.0.0 on care 1.0.0 on home 1.0.0"
    assert (str(night.duty("first-plan").due), night.duty("first-plan").says) == ("P3D", "N")
    assert called(night.name) == night


@pytest.mark.parametrize(
    ("switch", "line"),
    [("[features.stages]\non = true", 2), ("[features.stages]\nlocked = false", 2)],
)
def test_a_switch_locked_below_stays_locked(home, switch, line):
    put(home, about("care", on="home 1.0.0"), key="care")
    folder = put(home, switch, key="care", file="more.toml")
    assert told(folder) == [f'care/1.0.0/more.toml:{line} "home" locks this switch.']
    put(home, "[features.stages]\non = false\nsays = 'Not here'", key="care", file="more.toml")
    assert told(folder) == []


def test_a_lock_holds_two_packs_further_up_too(home):
    put(home, about("care", on="home 1.0.0"), key="care")
    folder = put(home, about("night", on="care 1.0.0") + "[features.stages]\non=true", key="night")
    assert told(folder) == ['night/1.0.0/pack.toml:8 "care" locks this switch.']


def test_neither_a_scheme_nor_a_person_can_turn_on_what_is_locked(home):
    on = Layer.of_text("[features.stages]\non = true", named="Mill House")
    with pytest.raises(PackFault, match=r'Mill House, line 2: .* "home" locks this switch'):
        pack("home", over=(on,))


@pytest.mark.parametrize(
    ("over", "place", "problem"),
    [
        ("[duties.first-plan]\nowner = ['boss']", "care/1.0.0/more.toml:2", "no role"),
        ("[roles.cook]\nsays='C'\nplural='C'\nreports_to='x'", "care/1.0.0/more.toml:4", "no role"),
        ("[roles.cook]\nsays='C'", "care/1.0.0/more.toml:1", '"plural" is missing'),
        ("[duties]\nfirst-plan = 7", "care/1.0.0/more.toml:2", "wrong kind"),
    ],
)
def test_a_fault_points_into_the_layer_that_made_it(home, over, place, problem):
    put(home, about("care", on="home 1.0.0"), key="care")
    folder = put(home, over, key="care", file="more.toml")
    assert any(one.startswith(place) and problem in one for one in told(folder)), told(folder)
    assert not any("home/" in one for one in told(folder))


def test_a_scale_changed_above_points_that_are_left_below_is_the_fault_of_the_upper(home):
    scale = (
        "[frameworks.f]\nsays='F'\nsource='s'\nscale=['a']\npoints=[0]\n"
        "[frameworks.f.levels.a]\nsays='A'\nmeaning='A'\n[frameworks.f.areas.1]\nsays='1'"
    )
    put(home, scale, key="home", file="frameworks.toml")
    put(home, about("care", on="home 1.0.0"), key="care")
    more = "[frameworks.f]\nscale=['a', 'b']\n[frameworks.f.levels.b]\nsays='B'\nmeaning='B'"
    folder = put(home, more, key="care", file="more.toml")
    assert told(folder) == ["care/1.0.0/more.toml:1 2 levels have 1 points."]


def test_a_fault_of_the_pack_below_is_told_in_its_own_file_and_once(home):
    put(home, "[duties.first-plan]\nevery = 7", key="home", file="odd.toml")
    put(home, "[terms.bed]\nsingular = 'bed'", key="home", file="words.toml")
    put(home, about("care", on="home 1.0.0"), key="care")
    found = told(put(home, "[terms.bed]\nsource = 'ours'", key="care", file="more.toml"))
    assert found.count('home/1.0.0/words.toml:1 "plural" is missing.') == 1
    assert not any(one.startswith("care") for one in found)


@pytest.mark.parametrize(
    ("on", "problem"),
    [
        ("nowhere 1.0.0", 'There is no pack "nowhere".'),
        ("home 9.0.0", 'There is no version "9.0.0" of the pack "home".'),
        ("care 1.0.0", "It goes round in a circle: care → care."),
    ],
)
def test_what_it_stands_on_must_be_there_and_not_itself(home, on, problem):
    folder = put(home, about("care", on=on), key="care")
    [fault] = [fault for fault in check(folder) if fault.key == "pack.stacks_on"]
    assert (fault.file, fault.line, fault.problem) == ("care/1.0.0/pack.toml", 6, problem)
    assert '"home 1.0.0"' in fault.instead


def test_two_packs_cannot_stand_on_each_other(home):
    put(home, about("one", on="two 1.0.0"), key="one")
    folder = put(home, about("two", on="one 1.0.0"), key="two")
    assert told(folder) == ["two/1.0.0/pack.toml:6 It goes round in a circle: two → one → two."]


def test_a_pack_says_its_own_name_even_when_it_stands_on_another(home):
    folder = put(home, '[pack]\nid="care"\nstacks_on="home 1.0.0"', key="care")
    missing = {fault.key for fault in check(folder)}
    assert {"pack.version", "pack.says", "pack.in_force_from"} <= missing


def test_a_pack_in_the_wrong_folder_is_refused(home):
    put(home, about("care"), key="core")
    with pytest.raises(PackFault, match='It says "care", its folder says "core"'):
        pack("core")


def test_a_broken_newer_version_leaves_the_older_in_force(home):
    put(home, about("home", "1.1.0") + "[roles.x]\n", key="home", version="1.1.0")
    assert pack("home").version == "1.0.0"
    assert [each.version for each in packs() if each.id == "home"] == ["1.0.0"]
    with pytest.raises(PackFault):
        pack("home", "1.1.0")


def test_a_newer_version_may_say_only_what_is_otherwise(home):
    newer = about("home", "1.1.0", on="home 1.0.0", since="2026-02-01")
    put(home, newer + "[duties.first-plan]\ndue = 'P5D'\n", key="home", version="1.1.0")
    assert pack("home").name == "home 1.1.0 on home 1.0.0"
    assert str(pack("home").duty("first-plan").due) == "P5D"
    assert str(pack("home", "1.0.0").duty("first-plan").due) == "P7D"
