"""A list leaves the house one way: for a purpose, with chosen columns, for a time, written down."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.audit.models import Entry
from alongside.exports.leaving import WAYS
from alongside.exports.models import Export, Fetch
from alongside.exports.operations import content_of, fetch, take_out, withdraw
from alongside.kit.refusal import NotPermitted, Refused
from alongside.rights.operations import limit_file
from alongside.testing.cast import a_member_of_staff
from tests.house.source import ROOT, modules

ASKED: dict[str, Any] = {
    "what": "coverage", "asked": "", "columns": ["person", "met"], "kind": "csv",
    "purpose": "figures", "words": "The commissioner’s quarterly figures.",
}  # fmt: skip
FORM = {key: ASKED[key] for key in ("columns", "kind", "purpose", "words")}


def made(cast, **differs: Any) -> Export:
    return take_out(cast.mill_house, by=cast.grace, **{**ASKED, **differs})


def page(scheme: str = "mill-house", what: str = "coverage") -> str:
    return reverse("exports:take-out", args=[scheme, what])


@pytest.mark.goal("G22")
@pytest.mark.req("S0-62")
def test_grace_takes_out_two_columns_and_it_is_written_down_who_what_and_why(client, cast):
    client.force_login(cast.grace)
    shown = client.get(page()).text
    assert "Coverage: " in shown
    answer = client.post(page(), FORM)
    one = Export.objects.get()
    assert answer["Location"] == reverse("exports:export", args=[one.pk])
    assert "Fetch the file" in client.get(answer["Location"]).text

    file = client.post(reverse("exports:file", args=[one.pk]))
    assert "attachment" in file["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert rows[0] == ["Resident", "Met"]
    assert [row[0] for row in rows[1:]] == ["Tomasz Nowak"]

    entry = Entry.objects.select_related("payload").get(event="export.made")
    said = entry.payload.values
    assert entry.actor_id == cast.grace.pk
    assert "person" in said["columns"]
    assert said["words"] == FORM["words"]
    left = Fetch.objects.get()
    assert (left.rows, len(left.digest)) == (1, 64)
    assert Entry.objects.filter(event="export.fetched", actor_id=cast.grace.pk).count() == 1


@pytest.mark.goal("G22")
def test_after_its_hours_the_file_cannot_be_fetched_any_more(client, cast):
    one = made(cast)
    hours = cast.mill_house.pack.limit("export_lasts").number
    with time_machine.travel(one.expires_at - timedelta(seconds=1), tick=False):
        client.force_login(cast.grace)
        assert client.post(reverse("exports:file", args=[one.pk])).status_code == 200
    assert one.expires_at - one.made_at == timedelta(hours=hours)
    with time_machine.travel(one.expires_at, tick=False):
        client.force_login(cast.grace)
        answer = client.post(reverse("exports:file", args=[one.pk]))
        assert answer.status_code == 410
        assert "This file has expired." in answer.text
        assert "Fetch the file" not in client.get(reverse("exports:export", args=[one.pk])).text
        assert "Expired" in client.get(reverse("exports:left", args=["mill-house"])).text
    assert Fetch.objects.count() == 1


@pytest.mark.parametrize(
    ("differs", "says"),
    [
        ({"columns": []}, "No column is chosen"),
        ({"columns": ["met", "address"]}, "no such column"),
        ({"purpose": "curiosity"}, "not on the list"),
        ({"purpose": ""}, "not on the list"),
        ({"words": "  "}, "Nothing says who gets it"),
        ({"kind": "pdf"}, "no kind of file"),
        ({"what": "everything"}, "no such list"),
    ],
)
def test_what_is_not_said_is_asked_for(cast, differs, says):
    with pytest.raises(Refused, match=says):
        made(cast, **differs)
    assert not Export.objects.exists()


def test_on_the_page_it_is_said_beside_the_field_and_nothing_typed_is_lost(client, cast):
    client.force_login(cast.grace)
    answer = client.post(page(), {**FORM, "columns": [], "purpose": ""})
    assert answer.status_code == 422
    assert "at least one column" in answer.text
    assert FORM["words"] in answer.text
    assert not Export.objects.exists()


def test_owen_of_another_house_finds_none_of_it(client, cast):
    one = made(cast)
    client.force_login(cast.owen)
    assert client.get(page()).status_code == 404
    assert client.get(reverse("exports:left", args=["mill-house"])).status_code == 404
    for name in ("export", "withdraw"):
        assert client.get(reverse(f"exports:{name}", args=[one.pk])).status_code == 404
    for name in ("file", "withdraw"):
        assert client.post(reverse(f"exports:{name}", args=[one.pk])).status_code == 404
    assert not Fetch.objects.exists()


def test_whoever_may_not_read_the_list_does_not_take_it_out(client, cast):
    night = a_member_of_staff(cast.mill_house, "Noor Haddad", "night_worker", cast.grace)
    client.force_login(night)
    assert client.get(page()).status_code == 403
    assert client.post(page(), FORM).status_code == 403
    with pytest.raises(NotPermitted, match="does not include reading this list"):
        take_out(cast.mill_house, by=night, **ASKED)
    assert client.get(page(what="nothing")).status_code == 404


def test_nobody_else_fetches_it_and_a_manager_may_end_it(client, cast):
    vera = a_member_of_staff(cast.mill_house, "Vera Lund", "manager")
    one = made(cast)
    client.force_login(vera)
    seen = client.get(reverse("exports:export", args=[one.pk])).text
    assert "Fetch the file" not in seen
    assert client.post(reverse("exports:file", args=[one.pk])).status_code == 403
    with pytest.raises(NotPermitted):
        fetch(one, by=vera, content=content_of(one, cast.grace))
    client.post(reverse("exports:withdraw", args=[one.pk]), {})
    one.refresh_from_db()
    assert one.withdrawn_by == vera
    client.force_login(cast.grace)
    answer = client.post(reverse("exports:file", args=[one.pk]))
    assert (answer.status_code, "was taken back" in answer.text) == (410, True)
    with pytest.raises(Refused, match="was taken back"):
        withdraw(one, by=vera)
    assert not Fetch.objects.exists()


def test_amina_sees_what_she_took_out_and_grace_sees_all_of_it(client, cast):
    a_member_of_staff(cast.mill_house, "Vera Lund", "manager")
    made(cast)
    listed = reverse("exports:left", args=["mill-house"])
    client.force_login(cast.grace)
    assert "Coverage:" in client.get(listed).text
    client.force_login(cast.amina)
    assert "Coverage:" not in client.get(listed).text
    assert client.get(reverse("exports:export", args=[Export.objects.get().pk])).status_code == 404


@pytest.mark.goal("G6")
def test_somebody_whose_file_is_closed_to_grace_is_not_in_the_file_she_takes_out(client, cast):
    vera = a_member_of_staff(cast.mill_house, "Vera Lund", "manager")
    one = made(cast)
    limit_file(cast.tomasz, by=vera, kind="never", staff=[cast.grace], because="Kin.")
    client.force_login(cast.grace)
    answer = client.post(reverse("exports:file", args=[one.pk]))
    assert answer.status_code == 200
    assert "Tomasz" not in answer.content.decode()


@pytest.mark.goal("G7")
def test_a_right_taken_away_meanwhile_ends_the_fetching(client, cast):
    one = made(cast)
    a_member_of_staff(cast.mill_house, "Vera Lund", "manager")
    cast.grace.memberships.update(role="night_worker")
    client.force_login(cast.grace)
    assert client.post(reverse("exports:file", args=[one.pk])).status_code == 403
    assert not Fetch.objects.exists()


def test_the_list_is_the_same_few_queries_and_a_page_at_a_time(
    client, cast, django_assert_max_num_queries
):
    for _ in range(30):
        made(cast)
    client.force_login(cast.grace)
    with django_assert_max_num_queries(12):
        answer = client.get(reverse("exports:left", args=["mill-house"]))
    assert answer.text.count("Open</strong>") == 25


NOW = datetime(2026, 4, 20, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("differs", "constraint"),
    [
        ({"expires_at": NOW - timedelta(days=1)}, "an_export_expires"),
        ({"words": ""}, "an_export_says_what_it_is_for"),
        ({"purpose": ""}, "an_export_says_what_it_is_for"),
        ({"columns": []}, "an_export_has_columns"),
        ({"withdrawn_at": NOW}, "a_withdrawn_export_has_a_time_and_a_person"),
    ],
)
def test_the_database_refuses_an_export_without_purpose_columns_or_end(cast, differs, constraint):
    one = made(cast)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Export.objects.filter(pk=one.pk).update(**differs)


def test_the_database_refuses_a_fetching_without_its_fingerprint(cast):
    one = made(cast)
    with pytest.raises(IntegrityError, match="fingerprint"), transaction.atomic():
        Fetch.objects.create(export=one, fetched_by=cast.grace, rows=1, digest="")


# A single paper or picture of one person, read under that person's rights and written down as a
# reading; a feed of one's own diary. None of them is a list.
NOT_LISTS = {
    "alongside/exports/views.py", "alongside/calendars/views.py", "alongside/documents/views.py",
    "alongside/stages/views/evidence.py", "alongside/portal/views/home.py",
    "alongside/allocations/views/sharing.py",
}  # fmt: skip
MARKS = ("text/csv", "as_attachment", "attachment;", "spreadsheetml", "csv.writer", "FileResponse")


@pytest.mark.goal("G22")
def test_there_is_no_other_way_out():
    """Whoever writes a file of a list in a view of its own is sent here."""
    found = [
        path
        for path in modules("views")
        if path not in NOT_LISTS and any(mark in (ROOT / path).read_text("utf-8") for mark in MARKS)
    ]
    assert found == [], "Tell it in the room's leaving.py, and link to exports:take-out."
    assert {"coverage", "rehearsal", "rejected-rows", "own-data"} <= WAYS.keys()
