"""The pages of an import: a file is chosen, looked through, asked about, brought in, mended."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from alongside.imports.models import ImportRun, RememberedAnswer
from alongside.imports.operations import let_file_go
from alongside.imports.tests.houses import bring
from alongside.keywork.models import Note
from alongside.residents.models import Resident
from alongside.stays.models import Stay

RESIDENTS = """Name,DOB,Room,Moved in,Moved out,Notes
Rosa Lindqvist,12/01/1984,1B,02/02/2026,,Likes to be called early
Idris Khan,31/02/1990,1C,03/02/2026,,
Nobody's Fool,01/05/1991,1D,31/02/2026,,
"""
SESSIONS = """Date,Resident,KW,Outcome,Mins,Note
10/02/2026,Rosa Lindqvist,AY,Attended,45,Talked about the flat
11/02/2026,Rosie,AY,Attended,30,Rang the college
"""


@pytest.fixture(autouse=True)
def _kept_apart(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.IMPORTS_IN_BACKGROUND = False


def address(name: str, scheme, *args) -> str:
    return reverse(f"imports:{name}", args=[scheme.slug, *args])


def choose(client, scheme, name: str, content: bytes):
    file = SimpleUploadedFile(name, content)
    return client.post(address("imports", scheme), {"file": file}, follow=True)


def said_on(page) -> dict[str, object]:
    form = page.context["form"]
    return {name: form[name].value() or "" for name in form.fields}


def way_out(scheme, run) -> str:
    at = reverse("exports:take-out", args=[scheme.slug, "rejected-rows"])
    return f"{at}?run={run.pk}"


def taken_out(client, scheme, run) -> bytes:
    asked = {"columns": ["all"], "purpose": "mending", "words": "To put right what was wrong."}
    made = client.post(way_out(scheme, run), asked)
    return bytes(client.post(f"{made['Location']}file/").content)


def test_grace_brings_a_list_in_and_mends_what_was_rejected(client, grace, mill_house) -> None:
    client.force_login(grace)

    found = choose(client, mill_house, "residents.csv", RESIDENTS.encode())
    run = ImportRun.objects.get()
    assert found.status_code == 200
    assert (run.to_bring, run.refused) == (2, 1)
    assert Resident.objects.count() == 1  # Tomasz: nothing was brought in yet

    rows = client.get(address("rows", mill_house, run.pk), {"verdict": "rejected"})
    assert "D4" in rows.text
    assert "There is no such day." in rows.text
    assert "Rosa" not in rows.text

    client.post(address("apply", mill_house, run.pk), follow=True)
    assert Stay.objects.filter(scheme=mill_house).count() == 3
    report = client.get(address("import", mill_house, run.pk))
    assert "Brought in on" in report.text
    idris = Resident.objects.get(given_name="Idris")
    assert (idris.born_on, idris.born_words) == (None, "31/02/1990")

    mended = taken_out(client, mill_house, run)
    assert mended.decode("utf-8-sig").count("\n") == 2
    choose(client, mill_house, "mended.csv", mended.replace(b"31/02/2026", b"01/03/2026"))
    again = ImportRun.objects.latest("pk")
    client.post(address("apply", mill_house, again.pk))
    assert Stay.objects.filter(scheme=mill_house).count() == 4


def test_files_brought_before_are_listed(client, grace, mill_house) -> None:
    bring(mill_house, grace, "residents.csv", RESIDENTS.encode())
    client.force_login(grace)

    assert "residents.csv" in client.get(address("imports", mill_house)).text


def test_a_name_is_asked_once_and_remembered(client, grace, mill_house) -> None:
    client.force_login(grace)
    choose(client, mill_house, "residents.csv", RESIDENTS.encode())
    client.post(address("apply", mill_house, ImportRun.objects.get().pk))
    choose(client, mill_house, "sessions.csv", SESSIONS.encode())
    run = ImportRun.objects.latest("pk")
    asked = client.get(address("names", mill_house, run.pk))
    assert "Who is “Rosie”?" in asked.text

    rosa = Resident.objects.get(given_name="Rosa")
    client.post(address("names", mill_house, run.pk), {"who-0": str(rosa.pk)})
    run.refresh_from_db()
    assert (run.to_bring, run.refused) == (2, 0)
    assert RememberedAnswer.objects.get().resident == rosa
    client.post(address("apply", mill_house, run.pk))
    assert Note.objects.filter(stay__resident=rosa, kind="session").count() == 2

    third = SESSIONS.replace("11/02", "12/02").encode()
    choose(client, mill_house, "sessions.csv", third)
    assert ImportRun.objects.latest("pk").count("unchanged", "new") == 2


def test_a_column_is_given_another_meaning_and_that_is_remembered(
    client, grace, mill_house
) -> None:
    client.force_login(grace)
    odd = RESIDENTS.replace("Moved in,", "Began with us,").encode()
    choose(client, mill_house, "residents.csv", odd)
    run = ImportRun.objects.get()
    assert run.to_bring == 0
    sheet = address("sheet", mill_house, run.pk, 0)

    page = client.post(sheet, said_on(client.get(sheet)) | {"kind": "stays"}, follow=True)
    assert "Now say which column holds: moved in." in page.text
    assert "Began with us" in page.text
    assert "02/02/2026" in page.text
    client.post(sheet, said_on(page) | {"column-4": "moved_in"})
    run.refresh_from_db()
    assert run.to_bring == 2

    choose(client, mill_house, "residents.csv", odd + b"Ana Reyes,1/1/1990,,3/3/2026,,\n")
    assert ImportRun.objects.latest("pk").to_bring == 3


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (("tracker.xlsx", b"%PDF-1.7 not a workbook"), "PDF"),
        (("empty.csv", b""), "This file is empty."),
        (("big.csv", b"x" * 20_000_001), "This file is larger than 20 MB."),
        (("words.csv", b"only one line of words"), "looks like a table with a heading"),
    ],
)
def test_what_is_no_spreadsheet_is_refused_in_words(client, grace, mill_house, file, says) -> None:
    client.force_login(grace)
    found = choose(client, mill_house, *file)
    assert found.status_code == 422
    assert says in found.text
    assert not ImportRun.objects.exists()


def test_to_owen_no_import_of_mill_house_exists(client, owen, grace, mill_house) -> None:
    run = bring(mill_house, grace, "residents.csv", RESIDENTS.encode())
    client.force_login(owen)
    for page in ("import", "names", "rows", "progress"):
        assert client.get(address(page, mill_house, run.pk)).status_code == 404
    assert client.get(address("imports", mill_house)).status_code == 404
    assert client.post(address("apply", mill_house, run.pk)).status_code == 404
    assert client.post(address("let-go", mill_house, run.pk)).status_code == 404


def test_a_key_worker_may_not_import(client, amina, grace, mill_house) -> None:
    run = bring(mill_house, grace, "residents.csv", RESIDENTS.encode())
    client.force_login(amina)
    for page in ("import", "names", "rows", "progress"):
        assert client.get(address(page, mill_house, run.pk)).status_code == 403
    assert client.get(address("imports", mill_house)).status_code == 403
    assert client.post(address("apply", mill_house, run.pk)).status_code == 403
    assert "Bring in a spreadsheet" not in client.get("/ui/").text


def test_a_file_that_was_let_go_is_gone_and_its_verdicts_stay(
    client, grace, mill_house, django_assert_max_num_queries
) -> None:
    run = bring(mill_house, grace, "residents.csv", RESIDENTS.encode())
    path = run.file.path
    client.force_login(grace)
    with django_assert_max_num_queries(12):
        client.get(address("rows", mill_house, run.pk))
    with django_assert_max_num_queries(12):
        client.get(address("import", mill_house, run.pk))

    let_file_go(run, by=grace)
    with pytest.raises(FileNotFoundError):
        open(path).close()  # noqa: PTH123
    assert client.get(way_out(mill_house, run)).status_code == 404
    assert "Rosa Lindqvist" in client.get(address("rows", mill_house, run.pk)).text
    assert client.get(address("sheet", mill_house, run.pk, 0)).status_code == 422


def test_of_a_file_that_was_brought_in_nothing_is_asked_again_and_a_sentence_says_so(
    client, grace, mill_house
) -> None:
    client.force_login(grace)
    choose(client, mill_house, "residents.csv", RESIDENTS.encode())
    run = ImportRun.objects.get()
    client.post(address("apply", mill_house, run.pk))
    pages = [address(name, mill_house, run.pk) for name in ("names", "workers")]
    for page in [*pages, address("sheet", mill_house, run.pk, 0)]:
        for answer in (client.get(page), client.post(page, {"who-0": "x", "worker-0": "x"})):
            assert answer.status_code == 422
            assert "brought in already" in answer.text or "Bring the file" in answer.text


MANY = "Date,Resident,KW,Outcome,Mins,Note\n" + "".join(
    f"{day:02d}/02/2026,Rosie{chr(96 + day)} Lind,AY,Attended,30,Rang the college\n"
    for day in range(1, 21)
)


def test_many_names_are_asked_a_few_at_a_time(client, grace, mill_house) -> None:
    client.force_login(grace)
    choose(client, mill_house, "residents.csv", RESIDENTS.encode())
    run = ImportRun.objects.get()
    client.post(address("apply", mill_house, run.pk))
    choose(client, mill_house, "sessions.csv", MANY.encode())
    run = ImportRun.objects.latest("pk")
    names = address("names", mill_house, run.pk)
    rosa = Resident.objects.get(family_name="Lindqvist")

    page = client.get(names)
    assert len(page.context["form"].questions()) == 8
    assert "Questions 1 to 8 of 20." in page.text
    went = client.post(names, {"who-0": str(rosa.pk), "who-3": str(rosa.pk)})

    assert went["Location"] == f"{names}?from=6"  # six of the first eight were left open
    assert "Questions 7 to 14 of 18." in client.get(went["Location"]).text
    assert client.get(f"{names}?from=999").context["form"].first == 0
