"""An installation for real records stays shut until it is fit for them, and says what is wrong."""

from __future__ import annotations

import pytest

from alongside.config.checks import refuse_to_open
from alongside.config.doctor import findings
from tests.house.production import (
    GOOD_SECRET,
    behind_https,
    in_production,
    production_settings,
)

OPEN = "import alongside.config.wsgi"
# In tests the clock stands still, the tables come from the models, and one role owns them.
OF_A_REAL_HOUSE = {"clock", "tables", "database role", "second wall"}


def test_behind_https_djangos_own_deployment_check_finds_nothing():
    done = in_production("manage.py", "check", "--deploy", "--fail-level", "WARNING")

    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({"ALONGSIDE_DEMO": "yes"}, "sign in as anybody"),
        ({"ALONGSIDE_DEBUG": "yes"}, "Debugging shows people’s records"),
        ({"ALONGSIDE_SECRET_KEY": "short"}, "too short or too plain"),
        ({"ALONGSIDE_SECRET_KEY": "ab" * 40}, "too short or too plain"),
        ({"ALONGSIDE_TLS": "no", "ALONGSIDE_HOSTS": "alongside.example.org"}, "without HTTPS"),
    ],
)
def test_the_web_server_does_not_open_an_unfit_house(environment, says):
    done = in_production("-c", OPEN, **environment)

    assert done.returncode == 1
    assert "stays shut" in done.stderr
    assert says in done.stderr


def test_the_web_server_opens_a_fit_one():
    assert in_production("-c", OPEN).returncode == 0


def test_demo_mode_cannot_be_switched_on_behind_https():
    found = production_settings(ALONGSIDE_DEMO="yes")

    assert found["DEMO_ASKED_FOR"]
    assert not found["DEMO"]
    assert found["PRACTICE"] is None


def test_one_click_sign_in_is_not_there_outside_a_demonstration(client, cast, settings):
    settings.DEMO = False
    assert client.post("/sign-in/as/", {"staff": cast.grace.pk}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_an_engine_that_loses_writes_keeps_the_house_shut(monkeypatch, db, settings):
    monkeypatch.setattr("alongside.config.checks.FIXED", (99, 0, 0))
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "alongside.config.sqlite_engine")
    with pytest.raises(SystemExit, match="can lose a committed write"):
        refuse_to_open()


def test_the_doctor_finds_nothing_wrong_with_a_fit_house(db, settings, tmp_path):
    behind_https(settings)
    settings.SECRET_KEY, settings.STATIC_ROOT = GOOD_SECRET, tmp_path
    (tmp_path / "staticfiles.json").write_text("{}", encoding="utf-8")
    found = [one for one in findings() if one.what not in OF_A_REAL_HOUSE]

    assert [one for one in found if not one.well] == []
    looked_at = {one.what for one in found}
    assert looked_at >= {"engine", "start-up checks", "mode", "HTTPS", "disk", "assets"}


def test_the_doctor_says_in_words_what_is_not_well(tmp_path):
    done = in_production("manage.py", "doctor", ALONGSIDE_DEBUG="yes", ALONGSIDE_VAR=str(tmp_path))

    assert done.returncode == 1
    assert "NOT WELL  alongside.E003" in done.stdout
    assert "Remove ALONGSIDE_DEBUG." in done.stdout
    assert "well      disk" in done.stdout
    assert "NOT WELL  tables" in done.stdout
