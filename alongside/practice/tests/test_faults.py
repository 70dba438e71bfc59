"""A pack with faults: all of them at once, each with its file, its line and what to do."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from alongside.practice.lines import lines_of
from alongside.practice.pack import (
    Layer,
    NotInPack,
    PackFault,
    check,
    pack,
    packs,
    reload,
)
from alongside.practice.tests.small import ABOUT, ROLES, put


def faults_of(shelf: Path, text: str) -> list[str]:
    put(shelf, ABOUT + ROLES)
    return [f"{fault.line} {fault}" for fault in check(put(shelf, text, file="more.toml"))]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("[pack]\nid = 'x'", 2, "The same key stands in another file"),
        ("[terms.bed]\nsingular = 'bed'", 1, "Every word needs its plural"),
        (
            "[limits.most]\nnumber=-4\nunit='people'\nsays='Most'\nsource='ours'",
            2,
            "It is below nought",
        ),
        (
            (
                "[duties.d]\nsays='D'\nsource='s'\nanchor='a'\nopens='P10D'\ndue='P5D'\n"
                "owner=['manager']\ndone_by='b'"
            ),
            5,
            "opens after it is due",
        ),
        (
            (
                "[duties.d]\nsays='D'\nsource='s'\nanchor='a'\ndue='P9999999D'\n"
                "owner=['manager']\ndone_by='b'"
            ),
            5,
            "longer than 120 years",
        ),
        (
            (
                "[duties.d]\nsays='D'\nsource='s'\nanchor='a'\ndue='P5D'\n"
                "owner=['manager']\ndone_by='b'\ncloses='one'"
            ),
            8,
            "Only one is ever owed at once",
        ),
        (
            (
                "[duties.d]\nsays='D'\nsource='s'\nanchor='a'\ndue='P5D'\n"
                "owner=['manager']\ndone_by='b'\nroles=['manager']"
            ),
            8,
            "about nobody who works here",
        ),
        (
            (
                "[duties.d]\nsays='D'\nsource='s'\nsubject='staff'\nanchor='a'\ndue='P5D'\n"
                "owner=['worker']\ndone_by='b'\nroles=['boss']"
            ),
            9,
            'no role "boss"',
        ),
        ("[signers.letter.resident]\nsays='R'\nsource='s'", 1, "no document to sign"),
        ("[signers.plan.resident]\nsays='R'\nsource='s'\nrequired=false", 1, "Nobody has to sign"),
        ("[signers.plan.boss]\nsays='B'\nsource='s'\nroles=['boss']", 4, 'no role "boss"'),
        (
            "[signers.plan.worker]\nsays='W'\nsource='s'\nroles=['manager']",
            4,
            "follows from the case",
        ),
        ("[roles.cook]\nsays='Cook'\nplural='Cooks'\ncan = []", 4, "There is no such key"),
        ("[roles.cook]\nsays='C'\nplural='C'\nmay=['fly']", 4, 'There is no action "fly"'),
        ("[roles.c]\nsays='C'\nplural='C'\nreports_to='d'", 4, 'There is no role "d"'),
        (
            (
                "[roles.c]\nsays='C'\nplural='C'\nreports_to='d'\n"
                "[roles.d]\nsays='D'\nplural='D'\nreports_to='c'"
            ),
            4,
            "circle: c → d → c",
        ),
        ("[stages.a]\nsays='A'\nnext='a'", 3, "circle: a → a"),
        ("[stages.a]\nsays='A'\nnext='b'\n[stages.b]\nsays='B'", 1, "leads on but has no tasks"),
        ("[stages.a]\nsays='A'\n[stages.b]\nsays='B'", 3, "No stage leads here"),
        ("[duties.d]\nsays='D'\nsource='s'\nanchor='a'\ndue='P1D'\ndone_by='b'", 1, "Nobody owns"),
        (
            "[duties.d]\nsays='D'\nsource='s'\nanchor='a'\ndue='P1D'\nowner=['manager']",
            1,
            "Nothing closes it",
        ),
        (
            "[duties.d]\nsays='D'\nsource='s'\nanchor='a'\ndue='P1D'\nowner=['boss']\ndone_by='b'",
            6,
            'There is no role "boss"',
        ),
        (
            (
                "[duties.d]\nsays='D'\nsource='s'\nanchor='a'\ndue='7 days'\n"
                "owner=['manager']\ndone_by='b'"
            ),
            5,
            'not a length of time such as "P7D"',
        ),
        ("[limits.l]\nnumber=1\nunit='days'\nsays='L'", 1, 'write "ours"'),
        ("[limits.l]\nnumber='1'\nunit='days'\nsays='L'\nsource='s'", 2, "Write a whole number"),
        ("[limits.l]\nnumber=true\nunit='d'\nsays='L'\nsource='s'", 2, "Write a whole number"),
        ("[limits.l]\nnumber=1\n[limits.l]\nnumber=2", 3, "a key may stand only once"),
        (
            (
                "[frameworks.f]\nsays='F'\nsource='s'\nscale=['a']\npoints=[0, 1]\n"
                "[frameworks.f.levels.a]\nsays='A'\nmeaning='A'\n[frameworks.f.areas.1]\nsays='1'"
            ),
            5,
            "1 levels have 2 points",
        ),
        (
            "[forms.f]\nsays='F'\nsource='s'\n[forms.f.fields]\nq={says='Q', kind='choice'}",
            5,
            "nothing to choose from",
        ),
        (
            (
                "[duties.d]\nsays='D'\nsource='s'\nanchor='a'\ndue='P7D'\nowner=['manager']\n"
                "done_by='b'\n[self_test.facts]\na=2025-06-03\n[self_test.expects]\n"
                "d={due=2025-06-11}"
            ),
            11,
            "It comes to 10 June 2025, not 11 June 2025",
        ),
    ],
)
def test_a_fault_names_its_line_and_what_to_do(shelf, text, line, says):
    found = faults_of(shelf, text)
    assert any(fault.startswith(f"{line} small/1.0.0/more.toml") for fault in found), found
    assert any(says in fault for fault in found), found


def test_all_faults_are_told_at_once(shelf):
    text = "[terms.bed]\nsingular='bed'\n[roles.c]\nsays='C'\nmay=['fly']\nodd=1\n[limits.l]\n"
    assert len(faults_of(shelf, text)) >= 7


def test_a_fact_that_nobody_provides_is_a_fault_when_the_facts_are_told(shelf):
    duty = "[duties.d]\nsays='D'\nsource='s'\nanchor='admission'\ndue='P1D'\n"
    put(shelf, ABOUT + ROLES)
    folder = put(shelf, duty + "owner=['manager']\ndone_by='review.hold:case'", file="more.toml")
    assert check(folder) == []
    [fault] = check(folder, facts={"admission", "review.held"})
    assert (fault.line, fault.problem) == (7, 'There is no fact "review.hold".')


def test_a_broken_pack_never_replaces_a_working_one(shelf):
    put(shelf, ABOUT + ROLES)
    working = pack("small", "1.0.0")
    put(shelf, "[roles.cook]\nsays = 'Cook'", file="more.toml")
    with pytest.raises(PackFault) as refused:
        reload("small", "1.0.0")
    assert "small/1.0.0/more.toml, line 1: roles.cook.plural" in str(refused.value)
    assert pack("small", "1.0.0") is working
    put(shelf, "[roles.cook]\nsays = 'Cook'\nplural = 'Cooks'", file="more.toml")
    assert reload("small", "1.0.0").role("cook").says == "Cook"


def test_the_newest_in_force_is_found_and_an_older_one_stays(shelf):
    put(shelf, ABOUT + ROLES)
    newer = ABOUT.replace("1.0.0", "1.10.0").replace("2026-01-01", "2026-04-20")
    put(shelf, newer + ROLES, version="1.10.0")
    later = ABOUT.replace("1.0.0", "1.9.0").replace("2026-01-01", "2026-03-01")
    put(shelf, later + ROLES, version="1.9.0")
    assert pack("small").version == "1.10.0"
    assert pack("small", on=date(2026, 4, 19)).version == "1.9.0"
    assert pack("small", "1.0.0").version == "1.0.0"
    assert [about.version for about in packs() if about.id == "small"] == [
        "1.0.0",
        "1.9.0",
        "1.10.0",
    ]


def test_a_providers_directory_is_read_over_the_shipped_pack(shelf):
    put(
        shelf,
        "[limits.caseload_most]\nnumber = 9\n[terms.resident]\nsingular='guest'\nplural='guests'",
        key="staged-hostel",
        file="ours.toml",
    )
    ours = pack("staged-hostel", "1.0.0")
    assert ours.limit("caseload_most").number == 9
    assert ours.limit("caseload_least").number == 10
    assert ours.term("resident").plural == "guests"


def test_a_scheme_and_then_a_person_may_differ(shelf):
    scheme = Layer.of_text("[duties.first-plan]\ndue = 'P6D'", named="Mill House")
    person = Layer.of_text("[duties.first-plan]\ndue = 'P9D'", named="Tomasz Nowak")
    assert str(pack("staged-hostel", "1.0.0", over=(scheme,)).duty("first-plan").due) == "P6D"
    both = pack("staged-hostel", "1.0.0", over=(scheme, person))
    assert str(both.duty("first-plan").due) == "P9D"
    assert str(pack("staged-hostel", "1.0.0").duty("first-plan").due) == "P7D"


def test_a_fault_in_a_schemes_own_values_names_the_scheme(shelf):
    wrong = Layer.of_text("[terms.resident]\nplurall = 'x'", named="Mill House")
    with pytest.raises(PackFault, match=r"Mill House, line 2: terms.resident.plurall.*plural"):
        pack("staged-hostel", "1.0.0", over=(wrong,))


def test_a_name_that_is_not_there_says_what_is(shelf):
    with pytest.raises(NotInPack, match="caseload_most"):
        pack("staged-hostel").limit("caseload_mots")
    with pytest.raises(NotInPack, match="staged-hostel"):
        pack("no-such-pack")
    with pytest.raises(NotInPack, match="version"):
        pack("staged-hostel", "9.9.9")


def test_lines_are_found_past_long_texts_and_lists():
    text = (
        'a = """\n[not.a.table]\nb = 1\n"""\n[t."1.1"]\nlist = [\n  "x",\n]\nafter = 1\n'
        "[[many]]\nk = 1\n[[many]]\nk = 2\n"
    )
    lines = lines_of(text)
    assert lines[("a",)] == 1
    assert ("not",) not in lines
    assert lines[("t", "1.1", "after")] == 9
    assert (lines[("many", "0", "k")], lines[("many", "1", "k")]) == (11, 13)
