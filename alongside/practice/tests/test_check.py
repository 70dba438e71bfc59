"""`alongside practice check`: everything wrong at once, on a terminal, and nothing is harmed."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from alongside.practice.pack import PackFault, pack
from alongside.practice.shelf import SHIPPED
from alongside.practice.tests.small import ABOUT, DUTY, ROLES, put


def checked(at: Path) -> tuple[int, str]:
    """What the command leaves the terminal with: its exit code and what it said."""
    said = StringIO()
    try:
        call_command("practice", "check", str(at), stdout=said)
    except CommandError as refused:
        return refused.returncode, f"{said.getvalue()}{refused}"
    return 0, said.getvalue()


def test_every_shipped_pack_is_sound_together():
    code, said = checked(SHIPPED)
    assert code == 0
    assert said.count(": sound.") == len(list(SHIPPED.glob("*/*")))


def test_all_faults_of_several_packs_are_told_in_one_go(shelf):
    put(shelf, ABOUT + ROLES + DUTY.replace("P7D", "7 days"))
    put(shelf, ABOUT.replace("small", "other") + "[terms.bed]\nsingular='bed'", key="other")
    code, said = checked(shelf)
    assert code == 1
    assert 'small/1.0.0/pack.toml, line 15: duties.first-plan.due: "7 days"' in said
    assert 'other/1.0.0/pack.toml, line 6: terms.bed.plural: "plural" is missing.' in said
    assert said.endswith("2 faults. The pack in force stays as it is until they are mended.")


def test_a_file_of_a_pack_stands_for_the_whole_of_it(shelf):
    put(shelf, ABOUT)
    file = put(shelf, ROLES, file="roles.toml") / "roles.toml"
    assert checked(file)[0] == 0
    put(shelf, "[roles.manager]\nsays = 'Boss'", file="more.toml")
    code, said = checked(file)
    assert code == 1
    assert "The same key stands in another file of this pack." in said


def test_one_file_can_be_a_whole_pack(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(ABOUT + ROLES + DUTY, encoding="utf-8")
    assert checked(file)[0] == 0
    file.write_text(ABOUT + ROLES + DUTY.replace("plan.in_force", "plan.in_forse"), "utf-8")
    code, said = checked(file)
    assert code == 1
    assert 'There is no fact "plan.in_forse". Did you mean plan.in_force' in said


def test_a_folder_outside_finds_the_pack_it_stands_on_beside_it(tmp_path):
    put(tmp_path, ABOUT + ROLES + DUTY)
    folder = put(tmp_path, ABOUT.replace("small", "tall") + "stacks_on = 'small 1.0.0'", key="tall")
    assert checked(folder) == (0, f"{folder}: sound.\n")


@pytest.mark.parametrize(
    ("content", "line", "problem"),
    [
        (b"[terms.bed]\nsingular = 'b\xe9'\n", 2, "This is not UTF-8 text."),
        (b"[terms]\n[terms.bed\n", 2, "This is not TOML"),
        (b"\xef\xbb\xbf[terms.bed]\nsingular='bed'\n", 1, '"plural" is missing.'),
    ],
)
def test_a_file_that_cannot_be_read_says_so_and_nothing_else(shelf, content, line, problem):
    folder = put(shelf, ABOUT)
    (folder / "words.toml").write_bytes(content)
    code, said = checked(folder)
    assert code == 1
    assert said.startswith(f"small/1.0.0/words.toml, line {line}: ")
    assert problem in said
    assert "1 fault." in said


def test_what_a_file_that_cannot_be_read_may_hold_is_not_said_to_be_missing(shelf):
    put(shelf, ABOUT + DUTY.replace("P7D", "7 days"))
    at = put(shelf, "[roles.manager\nsays = 'Boss'", file="roles.toml")
    code, said = checked(at)
    assert code == 1
    assert "roles.toml, line 1: This is not TOML" in said
    assert '"7 days"' in said
    assert "There is no role" not in said


def test_of_a_hundred_names_that_could_be_meant_only_some_are_told(shelf):
    roles = "".join(f"[roles.r{n}]\nsays='R'\nplural='Rs'\nsource='ours'\n" for n in range(99))
    at = put(shelf, ABOUT + ROLES + roles + DUTY.replace('["manager"]', '["zzz"]'))
    code, said = checked(at)
    assert code == 1
    assert 'There is no role "zzz"' in said
    assert " more." in said
    assert "r98" not in said


def test_where_nothing_is_there_is_nothing_to_check(tmp_path):
    assert checked(tmp_path)[0] == 2
    assert checked(tmp_path / "nowhere")[0] == 2


def test_a_provider_cannot_load_a_pack_that_asks_for_a_fact_nobody_knows(shelf):
    put(shelf, ABOUT + ROLES + DUTY.replace("admission", "admision"))
    with pytest.raises(PackFault, match=r'There is no fact "admision"\. Did you mean admission'):
        pack("small")


def test_checking_a_broken_pack_leaves_the_working_one_alone(shelf):
    put(shelf, ABOUT + ROLES)
    working = pack("small")
    folder = put(shelf, "[roles.cook]\nsays = 'Cook'", file="more.toml")
    assert checked(folder)[0] == 1
    assert pack("small") is working


def test_ten_kinds_of_fault_are_told_at_once_with_file_line_and_what_to_do(shelf):
    put(shelf, ABOUT)
    put(
        shelf,
        """
[roles.manager]
says = "Manager"
plural = "Managers"
reports_to = "deputy"
[roles.deputy]
says = "Deputy"
plural = "Deputies"
reports_to = "manager"
may = ["fly"]
colour = "blue"
""",
        file="roles.toml",
    )
    put(
        shelf,
        """
[duties.one]
says = "One"
source = "s"
anchor = "admission"
due = "-P7D"
owner = ["boss"]
done_by = "plan.in_forse"
[duties.two]
says = "Two"
source = "s"
anchor = "admission"
due = "P7D"
""",
        file="duties.toml",
    )
    put(
        shelf,
        """
[limits.most]
number = "ten"
unit = "people"
says = "Most"
[terms.bed]
singular = "bed"
source = "ours"
""",
        file="rest.toml",
    )
    put(shelf, "pack:\n  - this is YAML\n", file="old.toml")

    code, said = checked(shelf / "small/1.0.0")

    assert code == 1
    for told in (
        "old.toml, line 1: This is not TOML",
        "roles.toml, line 4: roles.manager.reports_to: It goes round in a circle",
        'roles.toml, line 9: roles.deputy.may.0: There is no action "fly"',
        "roles.toml, line 10: roles.deputy.colour: There is no such key",
        'duties.toml, line 5: duties.one.due: "-P7D" is not a length',
        'duties.toml, line 6: duties.one.owner: There is no role "boss"',
        'duties.toml, line 7: duties.one.done_by: There is no fact "plan.in_forse". Did you mean',
        "duties.toml, line 8: duties.two.owner: Nobody owns it",
        "duties.toml, line 8: duties.two.done_by: Nothing closes it",
        "rest.toml, line 2: limits.most.number: The value has the wrong kind. Write a whole number",
        'rest.toml, line 1: limits.most.source: "source" is missing',
        'rest.toml, line 5: terms.bed.plural: "plural" is missing',
    ):
        assert f"small/1.0.0/{told}" in said
    assert "12 faults" in said


def test_a_folder_without_toml_says_what_a_pack_is(shelf):
    (shelf / "yaml").mkdir()
    (shelf / "yaml/pack.yaml").write_text("pack:\n  id: yaml\n", encoding="utf-8")
    code, said = checked(shelf / "yaml")
    assert code == 2
    assert "YAML is not read" in said
