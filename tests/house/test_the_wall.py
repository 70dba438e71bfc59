"""On PostgreSQL the database itself keeps each organisation to its own records.

Nothing here trusts a query to ask for the right ones. The tests need a role that is held by the
wall: a superuser is not, and `tests/run.py` makes one that is.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, connections, transaction
from django.db.models import Q
from django.test import Client

from alongside.config import command
from alongside.config.doctor import second_wall
from alongside.config.doors import rules
from alongside.config.wall import raising
from alongside.config.wall.raising import gaps, raise_wall
from alongside.config.wall.roles import role_called, role_here
from alongside.config.wall.ways import OF_NOBODY, Model, behind_the_wall, in_the_open
from alongside.keywork.models import Note
from alongside.keywork.operations import write_note
from alongside.kit import wall
from alongside.organisation import policy
from alongside.organisation.models import Organisation, Staff
from alongside.organisation.operations import found_organisation, open_scheme
from alongside.stays.models import Stay
from alongside.stays.operations import begin_stay
from alongside.testing.cast import MOVED_IN, SETTING_UP, Cast, a_member_of_staff, a_resident
from tests.house.rows_everywhere import Rows, fill, insert, key, let_rows_say_anything

on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has one file for each organisation"
)
REFUSED, NOT_ALLOWED = "row-level security", r"permission denied|must be owner"
# Where nobody is known until the page has found out who it is.
OPEN_DOORS = {
    "account_login", "calendars:feed", "mfa_authenticate", "mfa_login_webauthn",
    "openid_connect_callback", "openid_connect_login", "portal:as", "portal:phone",
    "signin:invited", "signin:sign-in-as",
}  # fmt: skip


def test_every_table_is_behind_the_wall_or_has_its_reason_not_to_be() -> None:
    """A new model whose organisation cannot be found fails here: give it a way, or a reason."""
    assert {model._meta.label for model in in_the_open()} == set(OF_NOBODY)
    assert all(OF_NOBODY.values())


def test_the_doors_at_which_the_wall_is_open_are_these() -> None:
    assert {name for name, rule in rules().items() if rule.wall} == OPEN_DOORS


@pytest.fixture
def held(db: None) -> None:
    """The test works as a role that the wall holds, whoever the settings say."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one file for each organisation")
    if role_here(connection).passes:
        pytest.fail("This role passes every wall. Run the tests as an ordinary one.")


@pytest.fixture
def two(held: None) -> tuple[Rows, Rows]:
    """A row in every table for each of two organisations."""
    let_rows_say_anything()
    return fill(), fill()


def keys_in(model: Model) -> set[Any]:
    """By a question that forgot to ask whose."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{key(model)}" FROM "{model._meta.db_table}"')
        raw = {row[0] for row in cursor.fetchall()}
    assert raw == set(model._base_manager.values_list("pk", flat=True))
    return raw


def of(rows: Rows) -> str:
    return str(rows[Organisation]["id"])


def keys_of(rows: Rows, model: Model) -> set[Any]:
    """The keys that its rows have, also those that the database gave."""
    with wall.within(of(rows)):
        return keys_in(model)


@pytest.mark.goal("G2")
def test_each_organisation_sees_its_own_row_of_every_table_and_nothing_else(
    two: tuple[Rows, Rows],
) -> None:
    ours, theirs = two
    for model in behind_the_wall():
        mine, others = keys_of(ours, model), keys_of(theirs, model)
        assert (len(mine), len(others)) == (1, 1), model
        assert not mine & others, model
        with wall.everybody("a test"):
            assert keys_in(model) == mine | others, model
        with wall.nobody_yet():
            assert keys_in(model) == set(), model


@contextmanager
def refused(model: Model, what: str) -> Iterator[None]:
    with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():  # noqa: PT012
        yield
        pytest.fail(f"{model._meta.label}: {what}")


def changed(sql: str, params: list[Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return int(cursor.rowcount)


@pytest.mark.goal("G2")
@pytest.mark.parametrize("side", ["another", "nobody"])
def test_no_row_of_another_organisation_is_changed_taken_away_or_added(
    two: tuple[Rows, Rows], side: str
) -> None:
    ours, theirs = two
    reached = wall.within(of(ours)) if side == "another" else wall.nobody_yet()
    every = {model: keys_of(theirs, model) for model in behind_the_wall()}
    with reached:
        for model, row in theirs.items():
            table, pk = model._meta.db_table, [*every[model]]
            where = f'WHERE "{key(model)}" = %s'
            column = next(iter(row))
            said = f'UPDATE "{table}" SET "{column}" = "{column}" {where}'
            assert changed(said, pk) == 0, model
            assert changed(f'DELETE FROM "{table}" {where}', pk) == 0, model
            with refused(model, "a row was added"):
                insert(model, row)
    assert {model: keys_of(theirs, model) for model in every} == every


@pytest.mark.goal("G2")
def test_no_row_of_ours_is_made_to_name_somebody_of_another_organisation(
    two: tuple[Rows, Rows],
) -> None:
    ours, theirs = two
    tried = 0
    with wall.within(of(ours)):
        for model in ours:
            for field in model._meta.concrete_fields:
                to = field.related_model
                if not field.remote_field or to is model or to not in theirs:
                    continue
                with refused(model, f"{field.name} names another’s"):
                    changed(
                        f'UPDATE "{model._meta.db_table}" SET "{field.column}" = %s',
                        [theirs[to][key(to)]],
                    )
                tried += 1
    assert tried > len(ours)


# --- a page, a connection that is kept, and what goes wrong on it ---------------------------------


@pytest.fixture
def quay(cast: Cast) -> Stay:
    """Somebody who lives with another provider on the same server, and Zara, who manages there."""
    trust = found_organisation(Organisation(name="Quay Trust", slug="quay-trust"), by=SETTING_UP)
    house = open_scheme(
        trust, by=SETTING_UP, name="Dock House", slug="dock-house", pack_key="staged-hostel"
    )
    zara = a_member_of_staff(house, "Zara Malik", "manager")
    resident = a_resident(house, "Ines", "Duarte")
    stay: Stay = begin_stay(house, by=zara, resident=resident, moved_in_on=MOVED_IN)
    return stay


def browser_of(staff: Staff) -> Client:
    client = Client()
    client.force_login(staff)
    return client


@pytest.fixture
def nobody_asks_whose(monkeypatch: pytest.MonkeyPatch) -> None:
    """The worst day of a developer: no query asks what this person may see any more."""
    monkeypatch.setattr(policy, "_seen", lambda *_: Q())
    monkeypatch.setattr(policy, "grant", lambda staff, *_: next(iter(staff.posts), None))


def test_without_a_wall_a_forgotten_filter_shows_the_file_of_a_stranger(
    cast: Cast, quay: Stay, nobody_asks_whose: None
) -> None:
    """So that the next test proves something."""
    if connection.vendor == "postgresql":
        pytest.skip("Here the wall stands.")
    answer = browser_of(cast.grace).get(f"/stays/{quay.pk}/")
    assert "Ines Duarte" in answer.content.decode()


@on_postgresql
@pytest.mark.goal("G2")
def test_behind_the_wall_a_forgotten_filter_shows_nothing(
    held: None, cast: Cast, quay: Stay, nobody_asks_whose: None
) -> None:
    grace = browser_of(cast.grace)
    assert "Tomasz Nowak" in grace.get(f"/stays/{cast.tomasz.pk}/").content.decode()
    assert grace.get(f"/stays/{quay.pk}/").status_code == 404


@on_postgresql
def test_one_connection_serves_two_organisations_by_turns(
    held: None, cast: Cast, quay: Stay, nobody_asks_whose: None
) -> None:
    zara = Staff.objects.get(name="Zara Malik")
    browsers = {cast.tomasz: browser_of(cast.grace), quay: browser_of(zara)}
    for _ in range(2):
        for mine, browser in browsers.items():
            for stay in browsers:
                expected = 200 if stay is mine else 404
                assert browser.get(f"/stays/{stay.pk}/").status_code == expected


@on_postgresql
def test_a_request_tells_the_database_once_whose_records_it_reaches(
    held: None, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    kind: Any = type(connections["default"])
    tell = kind._tell

    def heard(self: Any, whose: str) -> None:
        told.append(whose)
        tell(self, whose)

    monkeypatch.setattr(kind, "_tell", heard)
    grace = browser_of(cast.grace)
    ours = str(cast.organisation.pk)
    with wall.within(ours):
        list(Note.objects.all())
        told.clear()
        for path in ("/", f"/stays/{cast.tomasz.pk}/", "/", "/schemes/mill-house/residents/"):
            assert grace.get(path).status_code == 200
    assert told == []  # the last one on this connection was of the same organisation
    with wall.everybody("a test"):
        list(Note.objects.all())
        told.clear()
        grace.get("/")
    assert told == [ours]


@on_postgresql
def test_what_a_rollback_takes_back_is_told_again(held: None, cast: Cast, quay: Stay) -> None:
    theirs = str(quay.scheme.organisation_id)
    with wall.within(cast.organisation.pk):
        assert set(Stay.objects.all()) == {cast.tomasz}
    with transaction.atomic(), wall.within(theirs):
        assert set(Stay.objects.all()) == {quay}
        transaction.set_rollback(True)
    with wall.within(theirs):  # the database has gone back to the other one by itself
        assert set(Stay.objects.all()) == {quay}
    with wall.within(theirs), pytest.raises(DatabaseError), transaction.atomic():
        changed("SELECT 1 / 0", [])
    with wall.within(cast.organisation.pk):
        assert set(Stay.objects.all()) == {cast.tomasz}


@on_postgresql
def test_a_fault_on_a_page_leaves_nothing_open_behind_it(
    held: None, cast: Cast, quay: Stay, monkeypatch: pytest.MonkeyPatch
) -> None:
    grace = browser_of(cast.grace)
    grace.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr("alongside.casefile.views.files.page", lambda *_, **__: 1 / 0)
        assert grace.get(f"/stays/{cast.tomasz.pk}/").status_code == 500
    with wall.nobody_yet():
        assert not Stay.objects.exists()


@on_postgresql
def test_a_stranger_reaches_nothing_but_where_the_door_says_so(
    held: None, cast: Cast, settings: Any
) -> None:
    settings.DEMO = True
    assert "Grace Okafor" in Client().get("/sign-in/").content.decode()
    with wall.nobody_yet():
        assert not Staff.objects.exists()


# --- commands, the doctor, and the second role ----------------------------------------------------


@on_postgresql
def test_the_night_works_for_every_organisation(
    held: None, cast: Cast, quay: Stay, capsys: pytest.CaptureFixture[str]
) -> None:
    with wall.nobody_yet():
        command.main(["duties", "work-out"])
    said = capsys.readouterr().out
    assert "Mill House" in said
    assert "Dock House" in said


@on_postgresql
def test_whoever_takes_a_part_of_the_wall_away_is_noticed_and_it_is_put_back(held: None) -> None:
    assert gaps(connection) == []
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE keywork_note NO FORCE ROW LEVEL SECURITY")
        cursor.execute("DROP POLICY alongside_wall ON health_observation")
        cursor.execute("CREATE POLICY everybody ON stays_stay USING (true)")
    assert gaps(connection) == ["health_observation", "keywork_note", "stays_stay"]
    with connection.cursor() as cursor:
        cursor.execute("DROP POLICY everybody ON stays_stay")
    assert raise_wall(connection) == ["health_observation", "keywork_note"]
    assert gaps(connection) == []


@on_postgresql
def test_the_doctor_says_whether_the_wall_stands_and_holds_whom(
    held: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = {one.what: one for one in second_wall()}
    assert said["second wall"].well
    assert not said["database role"].well  # it made the tables, so it could take the wall down
    assert said["search"].says.startswith("uses its index")  # a superuser has said that it may
    monkeypatch.setattr(raising, "MATCHES", "ts_match_qv(tsquery, tsvector)")  # of this one not
    search = {one.what: one for one in second_wall()}["search"]
    assert search.says.startswith("works without its index")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE keywork_note DISABLE ROW LEVEL SECURITY")
        cursor.execute("SELECT rolname FROM pg_roles WHERE rolsuper ORDER BY oid LIMIT 1")
        (superuser,) = cursor.fetchone()
    wall_now = next(iter(second_wall()))
    assert (wall_now.well, wall_now.says) == (False, "is open at keywork_note")
    known = role_called(connection, superuser)
    assert known is not None
    assert known.passes


def test_there_is_no_second_wall_to_look_at_on_sqlite(db: None) -> None:
    if connection.vendor == "postgresql":
        pytest.skip("Here there is one.")
    assert list(second_wall()) == []
    assert raise_wall(connection) == gaps(connection) == []
    with pytest.raises(CommandError, match="PostgreSQL only"):
        call_command("wall", "admit", "alongside")


@on_postgresql
def test_only_a_role_that_the_wall_holds_is_admitted(held: None) -> None:
    with pytest.raises(CommandError, match="There is no role “nobody_of_that_name”"):
        call_command("wall", "admit", "nobody_of_that_name")
    with pytest.raises(CommandError, match="Make another"):
        call_command("wall", "admit", role_here(connection).name)


@on_postgresql
def test_the_role_that_serves_people_works_and_can_take_nothing_down(
    held: None, cast: Cast, quay: Stay
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS django_migrations (name text)")
        cursor.execute("CREATE ROLE serves_people")
        cursor.execute("GRANT serves_people TO current_user")
        call_command("wall", "admit", "serves_people")
        known = role_called(connection, "serves_people")
        assert known is not None
        assert (known.passes, known.owns) == (False, False)
        cursor.execute("SET LOCAL ROLE serves_people")
    try:
        assert browser_of(cast.grace).get(f"/stays/{cast.tomasz.pk}/").status_code == 200
        with wall.within(cast.organisation.pk):
            assert set(Stay.objects.all()) == {cast.tomasz}
            write_note(cast.tomasz, by=cast.amina, kind="informal", text="By the stairs.")
        for forbidden in (
            "ALTER TABLE stays_stay DISABLE ROW LEVEL SECURITY",
            "DROP POLICY alongside_wall ON stays_stay",
            "ALTER TABLE audit_entry DISABLE TRIGGER USER",
            "TRUNCATE audit_entry CASCADE",
            "UPDATE audit_entry SET event = 'nothing'",
            "DELETE FROM audit_reading",
            "DELETE FROM django_migrations",
            "ALTER TABLE keywork_note DISABLE TRIGGER USER",
        ):
            with pytest.raises(DatabaseError, match=NOT_ALLOWED), transaction.atomic():
                changed(forbidden, [])
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
