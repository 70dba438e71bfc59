"""Grids, moves, forms and plans in several rows are brought in, mended, and never twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.imports.models import ImportedRow, ImportRun, RememberedWorker
from alongside.imports.operations import answer_workers, map_sheets
from alongside.imports.queries import mappings_of
from alongside.imports.tests.houses import bring, bring_in
from alongside.imports.tests.test_strangers_files import book, saved
from alongside.keywork.models import Booking, Session
from alongside.plans.models import PlanAction, WeeklyForm
from alongside.stays.models import Stay


@pytest.fixture(autouse=True)
def _kept_apart(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.IMPORTS_IN_BACKGROUND = False


PEOPLE = b"Name,Moved in\nMona Lee,5/1/2026\nOmar Said,6/1/2026\n"
GRID: list[list[object]] = [
    ["Week commencing 2 March 2026"], ["Resident", "Mon", "Tue", "Wed", "Thu"],
        ["Mona Lee", "P", "A", "Z", None], ["Omar Said", "P", None, "P 45", "C"]]  # fmt: skip


def grid() -> bytes:
    return saved(book({"Week": GRID}))


def mended(run: ImportRun, before: bytes, after: bytes) -> bytes:
    with run.rejected.open("rb") as kept:
        content = bytes(kept.read())
    assert before in content
    return content.replace(before, after)


def test_a_grid_comes_in_and_comes_once(cast, grace, mill_house) -> None:
    bring_in(mill_house, grace, "people.csv", PEOPLE)
    run = bring_in(mill_house, grace, "grid.xlsx", grid())

    assert (run.to_bring, run.refused) == (5, 1)
    assert sorted(s.held_on.day for s in Session.objects.all()) == [2, 2, 4]
    assert sorted(b.outcome for b in Booking.objects.filter(words="")) == ["cancelled", "missed"]
    before = ImportedRow.objects.count()
    again = bring(mill_house, grace, "grid.xlsx", grid())
    assert (again.to_bring, again.count("unchanged"), again.refused) == (0, 5, 1)
    assert ImportedRow.objects.count() == before


def test_what_grace_says_of_marks_and_days_is_read_so_and_kept(client, grace, mill_house) -> None:
    bring_in(mill_house, grace, "people.csv", PEOPLE)
    text = b"Resident,Mon,Tue,Wed\nMona Lee,P,Z,\nOmar Said,P,,P\n"
    run = bring(mill_house, grace, "grid.csv", text)
    assert run.counts == {}
    client.force_login(grace)
    at = reverse("imports:sheet", args=[mill_house.slug, run.pk, 0])
    page = client.get(at)
    assert "Which is the first day above its columns?" in page.text
    assert "What do the marks mean?" in page.text
    said = {n: page.context["form"][n].value() or "" for n in page.context["form"].fields}
    wrong = client.post(at, {**said, "starts": "31/02/2026"})
    assert wrong.status_code == 422
    number = page.context["form"].mark_keys.index("z")
    client.post(at, {**said, "starts": "2026-03-02", f"mark-{number}": "cancelled"})

    run.refresh_from_db()
    assert (run.to_bring, run.refused) == (4, 0)
    told = mappings_of(bring(mill_house, grace, "grid.csv", text))["grid"]
    assert (told.starts, told.marks["z"]) == ("2026-03-02", "cancelled")
    other = b"Resident,Mon,Tue,Wed\nMona Lee,Z,P,\n"
    told = mappings_of(bring(mill_house, grace, "grid.csv", other))["grid"]
    assert (told.starts, told.marks["z"], told.asks) == ("", "cancelled", ("starts",))


def test_a_refused_cell_is_mended_in_the_file_of_rejected_rows(cast, grace, mill_house) -> None:
    bring_in(mill_house, grace, "people.csv", PEOPLE)
    text = b"Resident,2/3/2026,3/3/2026,4/3/2026\nMona Lee,P,Z,\n"
    run = bring_in(mill_house, grace, "grid.csv", text)
    again = bring_in(mill_house, grace, "mended.csv", mended(run, b",Z", b",DNA"))
    assert (again.to_bring, again.refused) == (1, 0)
    assert Booking.objects.get().starts_at.day == 3
    more = bring(mill_house, grace, "mended.csv", mended(run, b",Z", b",DNA"))
    assert (more.to_bring, more.count("unchanged")) == (0, 1)


def test_moves_come_in_once_and_a_mended_one_too(cast, grace, mill_house) -> None:
    text = (
        b"Name,In/Out,Date\nMona Lee,In,5/1/2026\nMona Lee,Out,1/2/2026\nMona Lee,In,9/3/2026\n"
        b"Omar Said,Out,1/2/2026\n"
    )
    run = bring_in(mill_house, grace, "moves.csv", text)
    assert run.refused == 1
    assert Stay.objects.filter(resident__family_name="Lee").count() == 2
    assert Stay.objects.filter(resident__family_name="Lee", moved_out_on=None).count() == 1
    fixed = mended(run, b"Omar Said,,2026-02-01", b"Omar Said,2026-01-06,2026-02-01")
    assert bring_in(mill_house, grace, "mended.csv", fixed).to_bring == 1
    again = bring(mill_house, grace, "moves.csv", text)
    assert (again.to_bring, again.count("unchanged")) == (0, 2)


def test_forms_come_in_once(cast, grace, mill_house) -> None:
    forms = saved(book({
        "Mona": [["Name", "Mona Lee"], ["Moved in", "5/1/2026"], ["Date of birth", "1/2/1990"]],
        "Omar": [["Name", "Omar Said"], ["Moved in", "6/1/2026"], ["Date of birth", "1/2/1991"]],
    }))  # fmt: skip
    assert bring_in(mill_house, grace, "forms.xlsx", forms).to_bring == 2
    assert bring(mill_house, grace, "forms.xlsx", forms).count("unchanged") == 2


def test_a_plan_in_several_rows_comes_in_once_with_all_its_actions(cast, grace, mill_house) -> None:
    bring_in(mill_house, grace, "people.csv", PEOPLE)
    rows = "".join(f",,Action {n}\n" for n in range(2, 8))
    text = f"Week commencing,Client,Action\n2/3/2026,Mona Lee,Action 1\n{rows}".encode()
    run = bring_in(mill_house, grace, "plans.csv", text)
    assert (run.count("warning"), WeeklyForm.objects.count()) == (1, 1)
    assert PlanAction.objects.count() == 7
    again = bring(mill_house, grace, "plans.csv", text)
    assert (again.to_bring, again.count("unchanged")) == (0, 1)


def test_a_worker_is_asked_once_and_remembered(client, grace, amina, mill_house) -> None:
    text = b"Name,Moved in,Key worker\nMona Lee,5/1/2026,Ammy\nOmar Said,6/1/2026,Temp\n"
    run = bring(mill_house, grace, "people.csv", text)
    client.force_login(grace)
    assert (
        "Some workers fit nobody for sure"
        in client.get(reverse("imports:import", args=[mill_house.slug, run.pk])).text
    )
    at = reverse("imports:workers", args=[mill_house.slug, run.pk])
    assert "Which worker is “Ammy”?" in client.get(at).text
    client.post(at, {"worker-0": str(amina.pk), "worker-1": "elsewhere"})

    run.refresh_from_db()
    assert run.questions["workers"] == []
    later = bring(
        mill_house, grace, "later.csv", b"Name,Moved in,Key worker\nA Bee,5/1/2026,ammy\n"
    )
    assert (later.count("new"), later.questions["workers"]) == (1, [])
    (temp,) = [row for row in run.rows.all() if row.about == "Omar Said"]
    assert [one["code"] for one in temp.reasons if "worker" in one["code"]] == ["worker-elsewhere"]


def test_what_was_said_of_a_worker_last_counts(cast, grace, amina, mill_house) -> None:
    text = b"Name,Moved in,Key worker\nMona Lee,5/1/2026,Ammy\n"
    run = bring(mill_house, grace, "people.csv", text)
    run = answer_workers(run, by=grace, answers={"Ammy": None})
    answer_workers(run, by=grace, answers={"ammy": amina})
    assert RememberedWorker.objects.get().staff == amina


def test_a_worker_is_remembered_once(cast, amina, mill_house) -> None:
    RememberedWorker.objects.create(scheme=mill_house, text="Ammy", text_key="ammy", staff=amina)
    with pytest.raises(IntegrityError), transaction.atomic():
        RememberedWorker.objects.create(scheme=mill_house, text="AMMY", text_key="ammy")


def test_the_year_that_was_said_is_taken(cast, grace, tomasz, mill_house) -> None:
    day = tomasz.moved_in_on + timedelta(days=1)
    text = f"Date,Resident,Attended\n{day.day}/{day.month},{tomasz.resident.name},Y\n".encode()
    run = bring(mill_house, grace, "log.csv", text)
    assert run.refused == 1
    mapping = mappings_of(run)["log"]
    told = type(mapping)(**{**mapping.to_json(), "columns": mapping.columns, "year": day.year})
    run = map_sheets(run, by=grace, mappings={"log": told})
    assert (run.to_bring, run.refused) == (1, 0)
