"""Grace changes a number, a word and a switch for Mill House, and one number for Tomasz."""

from __future__ import annotations

from datetime import date, timedelta
from io import StringIO
from unittest.mock import patch

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.accommodation.models import Bed
from alongside.assessments.operations import start_assessment
from alongside.audit.models import Entry
from alongside.duties.models import Duty
from alongside.duties.operations import work_out
from alongside.duties.recalculation import rebuild
from alongside.kit.refusal import NotPermitted, Refused
from alongside.organisation.models import Scheme
from alongside.practice.changeable import Kind, clocks, grouped, in_words, limits
from alongside.practice.pack import pack as read_pack
from alongside.practice.pack import read_over
from alongside.schemes.leaving import as_csv
from alongside.schemes.models import Adoption, OwnValue
from alongside.schemes.operations import (
    add_duty,
    adopt,
    set_value,
    set_value_for_person,
    withdraw_duty,
)
from alongside.schemes.rehearsing import rehearse
from alongside.stays.models import Stay
from alongside.testing.builders import a_stay, an_assessment
from alongside.testing.cast import MOVED_IN, SETTING_UP, a_member_of_staff

TODAY = date(2026, 4, 20)
MOST = ("limits", "caseload_most", "number")
FIRST_PLAN = ("duties", "first-plan", "due")
WHY = "Agreed with the team."


def set_at_mill_house(cast, at, value, from_on=TODAY):
    return set_value(
        cast.mill_house, by=cast.grace, at=at, value=value, from_on=from_on, because=WHY
    )


def again(scheme: Scheme) -> Scheme:
    """The scheme as another process reads it."""
    return Scheme.objects.get(pk=scheme.pk)


def stay_again(stay: Stay) -> Stay:
    return Stay.objects.select_related(*Stay.LOCK_WITH).get(pk=stay.pk)


@pytest.mark.req("S0-12")
def test_a_number_is_otherwise_at_mill_house_and_nowhere_else(cast):
    made = set_at_mill_house(cast, MOST, 9)
    assert again(cast.mill_house).pack.limit("caseload_most").number == 9
    assert again(cast.quay_street).pack.limit("caseload_most").number == 12
    assert (made.value, made.was, made.decided_by, made.because) == (9, 12, cast.grace, WHY)
    assert again(cast.mill_house).practice_name == "staged-hostel 1.0.0 with own values 1"
    assert Entry.objects.filter(event="practice.value_set").count() == 1


@pytest.mark.req("S2-02")
def test_a_word_is_otherwise_in_the_navigation_of_the_next_page(client, cast):
    set_at_mill_house(cast, ("terms", "resident", "plural"), "guests")
    client.force_login(cast.grace)
    assert "Guests" in client.get(reverse("schemes:practice", args=["mill-house"])).text


def test_what_begins_next_week_is_not_in_force_today(cast):
    set_at_mill_house(cast, MOST, 9, TODAY + timedelta(days=7))
    here = again(cast.mill_house)
    assert here.pack_on(TODAY + timedelta(days=6)).limit("caseload_most").number == 12
    assert here.pack_on(TODAY + timedelta(days=7)).limit("caseload_most").number == 9


def test_what_is_said_later_holds_and_none_means_as_in_the_pack(cast):
    set_at_mill_house(cast, MOST, 9)
    set_at_mill_house(cast, MOST, 8)
    assert again(cast.mill_house).pack.limit("caseload_most").number == 8
    set_at_mill_house(cast, MOST, None)
    assert again(cast.mill_house).pack.limit("caseload_most").number == 12
    assert OwnValue.objects.count() == 3


@pytest.mark.parametrize(
    ("at", "value", "from_on", "words"),
    [
        (MOST, 9, TODAY - timedelta(days=1), "The past was lived"),
        (("limits", "nothing", "number"), 9, TODAY, "Nothing can be changed"),
        (("roles", "manager", "says"), "Boss", TODAY, "Nothing can be changed"),
        (("duties", "weekly-session", "minimum"), 0, TODAY, "It asks for nothing"),
        (("duties", "weekly-session", "every"), "year", TODAY, "A fixed period cannot be"),
        (FIRST_PLAN, "soon", TODAY, "not a length of time"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(cast, at, value, from_on, words):
    with pytest.raises(Refused, match=words):
        set_at_mill_house(cast, at, value, from_on)
    assert not OwnValue.objects.exists()
    assert again(cast.mill_house).own_values == []


def test_a_key_worker_changes_no_number(cast):
    with pytest.raises(NotPermitted):
        set_value(cast.mill_house, by=cast.amina, at=MOST, value=9, from_on=TODAY, because=WHY)


def test_duties_follow_the_new_number_at_once(cast):
    due = Duty.objects.get(stay=cast.tomasz, key="first-plan").due_on
    set_at_mill_house(cast, FIRST_PLAN, "P10D")
    assert Duty.objects.get(stay=cast.tomasz, key="first-plan").due_on == due + timedelta(days=3)


def test_a_number_for_tomasz_alone_moves_his_duty_and_nobody_elses(cast):
    due = Duty.objects.get(stay=cast.tomasz, key="first-plan").due_on
    made = set_value_for_person(
        stay_again(cast.tomasz), by=cast.grace, at=FIRST_PLAN, value="P14D", from_on=TODAY,
        because="He came out of hospital.",
    )  # fmt: skip
    assert Duty.objects.get(stay=cast.tomasz, key="first-plan").due_on == due + timedelta(days=7)
    assert str(stay_again(cast.tomasz).pack.duty("first-plan").due) == "P14D"
    assert str(again(cast.mill_house).pack.duty("first-plan").due) == "P7D"
    assert (made.stay_id, made.shown, made.was_shown) == (cast.tomasz.pk, "14 days", "7 days")


def test_the_persons_own_comes_over_the_schemes(cast):
    set_value_for_person(
        stay_again(cast.tomasz), by=cast.grace, at=FIRST_PLAN, value="P14D", from_on=TODAY,
        because=WHY,
    )  # fmt: skip
    set_at_mill_house(cast, FIRST_PLAN, "P3D")
    assert str(stay_again(cast.tomasz).pack.duty("first-plan").due) == "P14D"


def test_what_is_the_same_for_everybody_cannot_be_otherwise_for_one(cast):
    with pytest.raises(Refused, match="the same for everybody"):
        set_value_for_person(
            stay_again(cast.tomasz), by=cast.grace, at=MOST, value=9, from_on=TODAY, because=WHY
        )


def test_switching_something_off_takes_what_is_to_come_and_keeps_what_was(cast):
    made = add_duty(
        cast.mill_house, by=cast.grace, says="A welcome tea", anchor="admission", due="P90D",
        owner="key_worker", done_by="session.held", because=WHY,
    )  # fmt: skip
    old = add_duty(
        cast.mill_house, by=cast.grace, says="A first call", anchor="admission", due="P2D",
        owner="key_worker", done_by="session.held", because=WHY,
    )  # fmt: skip
    coming, overdue = (Duty.objects.get(stay=cast.tomasz, key=one.key) for one in (made, old))
    assert coming.due_on > TODAY > overdue.due_on
    for key in (made.key, old.key):
        withdraw_duty(cast.mill_house, by=cast.grace, key=key, because=WHY)
    assert not Duty.objects.filter(pk=coming.pk).exists()
    assert Duty.objects.get(pk=overdue.pk).state == "missed"
    work_out(again(cast.mill_house), by=SETTING_UP)
    assert Duty.objects.get(pk=overdue.pk).state == "missed"


@pytest.mark.req("S4-07")
def test_a_duty_of_our_own_is_owed_and_cannot_be_bent(cast):
    made = add_duty(
        cast.mill_house, by=cast.grace, says="A welcome tea", anchor="admission", due="P90D",
        owner="key_worker", done_by="session.held", because=WHY,
    )  # fmt: skip
    assert made.key == "own-a-welcome-tea"
    assert not Duty.objects.filter(scheme=cast.quay_street, key=made.key).exists()
    with pytest.raises(Refused, match="own rule"):
        set_at_mill_house(cast, ("duties", made.key, "due"), "P5D")
    with pytest.raises(Refused, match="not a duty of this service"):
        withdraw_duty(cast.mill_house, by=cast.grace, key="first-plan", because=WHY)
    again_made = add_duty(
        again(cast.mill_house), by=cast.grace, says="A welcome tea", anchor="admission",
        due="P1D", owner="key_worker", done_by="session.held", because=WHY,
    )  # fmt: skip
    assert again_made.key == "own-a-welcome-tea-2"


def test_a_duty_of_our_own_that_asks_for_an_unknown_fact_is_refused(cast):
    with pytest.raises(Refused, match="There is no fact"):
        add_duty(
            cast.mill_house, by=cast.grace, says="Tea", anchor="admision", due="P1D",
            owner="key_worker", done_by="session.held", because=WHY,
        )  # fmt: skip


def a_value(cast, **more):
    said = {
        "scheme": cast.mill_house, "section": "limits", "key": "a", "field": "number",
        "says": "A", "from_on": TODAY, "because": WHY, "decided_by": cast.grace, **more,
    }  # fmt: skip
    return OwnValue.objects.create(**said)


def test_the_database_keeps_nothing_without_a_reason_and_nothing_odd(cast):
    for odd in (
        lambda: a_value(cast, because=""),
        lambda: a_value(cast, stay=cast.tomasz),
        lambda: Adoption.objects.create(
            scheme=cast.mill_house, pack_key="a", pack_version="1", from_on=TODAY, because="",
            decided_by=cast.grace,
        ),
        lambda: Scheme.objects.filter(pk=cast.mill_house.pk).update(places=0),
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            odd()


@pytest.mark.req("S0-13", "S3-01")
def test_the_record_of_a_service_says_its_places_and_whom_it_is_for(client, cast):
    client.force_login(cast.grace)
    page = reverse("schemes:details", args=["mill-house"])
    said = {
        "name": "Mill House", "time_zone": "Pacific/Auckland", "places": "50",
        "women_only": "on", "practice_model": "Te Whare Tapa Whā",
    }  # fmt: skip
    assert client.post(page, said).status_code == 302
    here = again(cast.mill_house)
    assert (here.places, here.women_only, here.residential) == (50, True, False)
    assert (here.practice_model, here.time_zone) == ("Te Whare Tapa Whā", "Pacific/Auckland")
    answer = client.post(page, {**said, "places": "0", "name": "Mill"})
    assert answer.status_code == 422
    assert 'value="Mill"' in answer.text


def test_an_administrator_sets_up_a_service_and_picks_its_pack_on_screen(client, cast):
    client.force_login(cast.grace)
    said = {
        "name": "Elm Row", "slug": "elm-row", "pack_key": "staged-hostel",
        "time_zone": "Europe/London", "places": "15", "women_only": "on",
    }  # fmt: skip
    answer = client.post(reverse("schemes:new-scheme"), said)
    assert answer["Location"] == reverse("schemes:practice", args=["elm-row"])
    made = Scheme.objects.get(slug="elm-row")
    assert (made.places, made.women_only, made.organisation) == (15, True, cast.organisation)
    client.logout()
    client.force_login(type(cast.grace).objects.get(pk=cast.grace.pk))
    assert client.get(answer["Location"]).status_code == 200
    taken = client.post(reverse("schemes:new-scheme"), said)
    assert taken.status_code == 422
    assert "There is a service with the address elm-row already." in taken.text


def test_who_opens_no_files_is_shown_no_door_that_names_people(client, cast):
    chris = a_member_of_staff(cast.mill_house, "Chris Lowe", "administrator")
    client.force_login(chris)

    page = client.get(reverse("schemes:practice", args=["mill-house"])).text

    assert reverse("schemes:decided", args=["mill-house"]) in page
    assert reverse("schemes:rehearse", args=["mill-house"]) not in page
    client.force_login(cast.grace)
    page = client.get(reverse("schemes:practice", args=["mill-house"])).text
    assert reverse("schemes:rehearse", args=["mill-house"]) in page


def test_amina_sets_up_no_service(client, cast):
    client.force_login(cast.amina)
    assert client.get(reverse("schemes:new-scheme")).status_code == 403
    assert client.get(reverse("schemes:details", args=["mill-house"])).status_code == 403
    assert client.get(reverse("schemes:practice", args=["mill-house"])).status_code == 200


def test_a_number_is_changed_on_screen_and_stands_in_the_history(client, cast):
    client.force_login(cast.grace)
    page = reverse("schemes:change", args=["mill-house", *MOST])
    said = {"number": "9", "from_on": "2026-04-20", "because": "Two of us are new."}
    assert client.post(page, {**said, "because": ""}).status_code == 422
    assert client.post(page, said).status_code == 302
    history = client.get(reverse("schemes:decided", args=["mill-house"])).text
    assert "Two of us are new." in history
    assert "9 people" in history
    assert "12 people" in history
    back = client.post(page, {**said, "back": "on"})
    assert back.status_code == 302
    assert again(cast.mill_house).pack.limit("caseload_most").number == 12


def test_a_length_is_changed_for_tomasz_on_screen(client, cast):
    client.force_login(cast.grace)
    page = reverse("schemes:change-for-person", args=[cast.tomasz.pk, "first-plan", "due"])
    said = {"number": "2", "unit": "weeks", "from_on": "2026-04-20", "because": "Hospital."}
    assert client.post(page, said).status_code == 302
    shown = client.get(reverse("schemes:person", args=[cast.tomasz.pk])).text
    assert "2 weeks" in shown
    assert "for the others: 7 days" in shown
    assert "Hospital." in shown


@pytest.mark.parametrize(
    "name", ["practice", "numbers", "words", "switches", "decided", "versions", "details"]
)
def test_every_page_asks_few_questions(client, cast, name, django_assert_max_num_queries):
    for number in range(8, 12):
        set_at_mill_house(cast, MOST, number)
    client.force_login(cast.grace)
    with django_assert_max_num_queries(12):
        assert client.get(reverse(f"schemes:{name}", args=["mill-house"])).status_code == 200


def test_every_number_stands_in_one_group_that_is_folded_with_how_many_are_our_own(client, cast):
    set_at_mill_house(cast, MOST, 9)
    pack = cast.mill_house.pack
    groups = grouped(pack)
    client.force_login(cast.grace)

    text = client.get(reverse("schemes:numbers", args=["mill-house"])).content.decode()

    standing = [place.at for _, places in groups for place in places]
    assert sorted(standing) == sorted(place.at for place in [*clocks(pack), *limits(pack)])
    assert len(standing) == len(set(standing))
    assert text.count('<details class="govuk-details">') == len(groups)
    assert "1 our own" in text


# --- versions ------------------------------------------------------------------------------------

NEWER = """
[pack]
id = "staged-hostel"
version = "1.1.0"
says = "Sooner"
in_force_from = 2099-01-01
stacks_on = "staged-hostel 1.0.0"

[duties.first-plan]
due = "P3D"
[frameworks.support-areas.areas.3.items."3.9"]
says = "Neighbours"
"""


@pytest.fixture
def newer(tmp_path):
    folder = tmp_path / "staged-hostel" / "1.1.0"
    folder.mkdir(parents=True)
    (folder / "pack.toml").write_text(NEWER, encoding="utf-8")
    read_over(tmp_path)
    yield tmp_path
    read_over(None)


def adopted(cast, to="1.1.0", from_on=TODAY):
    return adopt(cast.mill_house, by=cast.grace, to=to, from_on=from_on, because=WHY)


@pytest.mark.usefixtures("newer")
def test_a_version_holds_from_its_day_and_not_before(cast):
    day = TODAY + timedelta(days=10)
    adopted(cast, from_on=day)
    here = again(cast.mill_house)
    assert here.pack_on(day - timedelta(days=1)).version == "1.0.0"
    assert here.pack_on(day).version == "1.1.0 on staged-hostel 1.0.0"
    assert Adoption.objects.get().decided_by == cast.grace


@pytest.mark.usefixtures("newer")
def test_what_was_made_before_keeps_its_version_and_its_score(cast):
    before = an_assessment(
        start_assessment(cast.tomasz, by=cast.amina, assessed_on=TODAY), by=cast.amina
    )
    kept = (before.points, before.most, before.practice)
    adopted(cast)
    stay = stay_again(cast.tomasz)
    after = start_assessment(stay, by=cast.amina, assessed_on=TODAY)
    old = type(before).objects.get(pk=before.pk)
    assert (old.points, old.most, old.practice) == kept
    assert len(old.framework.items) == 45
    assert len(after.framework.items) == 46
    assert after.practice == "staged-hostel 1.1.0 on staged-hostel 1.0.0"


@pytest.mark.usefixtures("newer")
def test_a_new_version_counts_only_for_what_opens_after_it(cast):
    adopted(cast)
    bed = Bed.objects.get(pk=cast.beds[1].pk)
    rosa = a_stay(bed, by=cast.grace, name="Rosa Silva", moved_in_on=TODAY)

    before = Duty.objects.get(stay=cast.tomasz, key="first-plan")
    after = Duty.objects.get(stay=rosa, key="first-plan")

    assert before.due_on == cast.tomasz.moved_in_on + timedelta(days=7)
    assert before.practice == "staged-hostel 1.0.0"
    assert after.due_on == TODAY + timedelta(days=3)
    assert after.practice == "staged-hostel 1.1.0 on staged-hostel 1.0.0"
    names = ("key", "period_from", "due_on", "practice")
    kept = sorted(Duty.objects.values_list(*names))
    rebuild()
    assert sorted(Duty.objects.values_list(*names)) == kept


@pytest.mark.usefixtures("newer")
@pytest.mark.parametrize(
    ("to", "from_on", "words"),
    [
        ("9.9.9", TODAY, "There is no version"),
        ("1.1.0", TODAY - timedelta(days=1), "The past was lived"),
    ],
)
def test_a_version_that_cannot_be_is_refused(cast, to, from_on, words):
    with pytest.raises(Refused, match=words):
        adopted(cast, to, from_on)
    assert again(cast.mill_house).versions == []


def test_a_version_without_a_role_that_somebody_holds_is_refused(cast, newer):
    folder = newer / "staged-hostel" / "2.0.0"
    folder.mkdir()
    (folder / "pack.toml").write_text(
        '[pack]\nid="staged-hostel"\nversion="2.0.0"\nsays="New"\nin_force_from=2099-01-01\n'
        '[roles.manager]\nsays="Manager"\nplural="Managers"\nmay=["manage_scheme"]\n',
        encoding="utf-8",
    )
    with pytest.raises(Refused, match="Somebody works here as"):
        adopted(cast, "2.0.0")


@pytest.mark.usefixtures("newer")
def test_the_differences_of_two_versions_are_shown_and_one_is_chosen_on_screen(client, cast):
    client.force_login(cast.grace)
    shown = client.get(reverse("schemes:versions", args=["mill-house"])).text
    assert "first-plan.due" in shown
    assert "3 days" in shown
    assert "Neighbours" in shown
    page = reverse("schemes:adopt", args=["mill-house"])
    said = {"to": "1.1.0", "from_on": "2026-04-20", "because": "The board decided."}
    assert client.post(page, {**said, "from_on": "2026-04-01"}).status_code == 422
    assert client.post(page, said).status_code == 302
    assert again(cast.mill_house).pack.about.version == "1.1.0"


BROKEN = """
[pack]
id = "staged-hostel"
version = "1.2.0"
says = "Sooner still"
in_force_from = 2099-01-01
stacks_on = "staged-hostel 1.0.0"

[duties.first-plan]
due = "3 days"
[duties.weekly-session]
owner = ["nobody"]
"""


def test_a_broken_version_is_refused_on_screen_with_every_fault_and_the_working_one_stays(
    client, cast, newer
):
    folder = newer / "staged-hostel" / "1.2.0"
    folder.mkdir()
    (folder / "pack.toml").write_text(BROKEN, encoding="utf-8")
    client.force_login(cast.grace)
    said = {"to": "1.2.0", "from_on": "2026-04-20", "because": "The board decided."}

    refused = client.post(reverse("schemes:adopt", args=["mill-house"]), said)

    assert refused.status_code == 422
    listed = client.get(reverse("schemes:versions", args=["mill-house"])).text
    for text in (refused.text, listed):
        assert "line 10" in text
        assert "line 12" in text
        assert "There is no role" in text
        assert "is not a length" in text
    assert "it has 2 faults" in refused.text
    assert "1.0.0 stays in force" in refused.text
    assert "The board decided." in refused.text
    assert again(cast.mill_house).pack.about.version == "1.0.0"


# --- rehearsal -----------------------------------------------------------------------------------

DAYS = {"from_on": "2026-03-01", "until_on": "2026-04-20", "version": "1.1.0"}


def rows_everywhere() -> dict[str, int]:
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


@pytest.mark.usefixtures("newer")
def test_a_rehearsal_says_what_would_have_been_and_for_whom_and_writes_nothing(client, cast):
    client.force_login(cast.grace)
    page = reverse("schemes:rehearse", args=["mill-house"])
    client.get(page)
    before = rows_everywhere()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        shown = client.get(page, DAYS)
    written = [
        one["sql"] for one in asked if one["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}
    ]
    assert written == []
    assert rows_everywhere() == before
    found = shown.context["found"]
    pair = next(one for one in found.by_duty if "plan" in one.says.lower() and one.differs is False)
    assert pair.due_now == 1
    assert found.people == 1
    assert Duty.objects.get(stay=cast.tomasz, key="first-plan").due_on == date(2026, 3, 9)


@pytest.mark.usefixtures("newer")
def test_a_plan_signed_on_the_fifth_day_was_in_time_and_would_have_been_late(client, cast):
    signed = {"admission": [MOVED_IN], "plan.in_force": [MOVED_IN + timedelta(days=5)]}

    def gather(kind, name, abouts):
        return {about.pk: signed.get(name, ()) for about in abouts}

    new = read_pack("staged-hostel", "1.1.0")
    with patch("alongside.duties.reckoning.gather", gather):
        found = rehearse(again(cast.mill_house), new, from_on=date(2026, 3, 1), until_on=TODAY)
    pair = next(one for one in found.by_person if one.says == new.duty("first-plan").says)
    assert pair.stay == cast.tomasz
    assert pair.row() == (1, 1, 0, 0, 1, 0, 1, 0)
    lines = as_csv(found).splitlines()
    assert lines[0].startswith('"Practice","Person","What","Due","Outcome"')
    assert any("1.1.0" in line and ',"2026-03-05","late",' in line for line in lines)
    assert any(
        line.startswith('"staged-hostel 1.0.0",') and ',"2026-03-09","met",' in line
        for line in lines
    )


@pytest.mark.usefixtures("newer")
def test_the_rehearsal_comes_as_a_file_and_on_the_command_line(client, cast):
    client.force_login(cast.grace)
    page = reverse("exports:take-out", args=["mill-house", "rehearsal"], query=DAYS)
    asked = {"columns": ["person", "outcome"], "kind": "csv", "purpose": "planning", "words": "Us."}
    made = client.post(page, asked)
    file = client.post(f"{made['Location']}file/")
    assert file["Content-Type"].startswith("text/csv")
    assert "Tomasz Nowak" in file.text
    said = StringIO()
    call_command(
        "practice", "rehearse", "staged-hostel/1.1.0", "--scheme", "mill-house",
        "--from", "2026-03-01", "--to", "2026-04-20", stdout=said,
    )  # fmt: skip
    assert "staged-hostel 1.1.0 on staged-hostel 1.0.0" in said.getvalue()
    assert "Tomasz Nowak" in said.getvalue()


@pytest.mark.usefixtures("newer")
def test_without_a_scheme_it_is_rehearsed_at_each_that_follows_the_pack(cast):
    said = StringIO()
    days = ["--from", "2026-03-01", "--to", "2026-04-20"]
    call_command("practice", "rehearse", "staged-hostel/1.1.0", *days, stdout=said)
    assert "== Mill House (mill-house)" in said.getvalue()
    assert "== Quay Street (quay-street)" in said.getvalue()

    with pytest.raises(CommandError, match="No scheme follows"):
        call_command("practice", "rehearse", "childrens-home", *days)
    with pytest.raises(CommandError, match="is not a day"):
        call_command("practice", "rehearse", "staged-hostel", "--from", "soon", *days[2:])


@pytest.mark.usefixtures("newer")
def test_days_that_run_backwards_are_pointed_out(client, cast):
    client.force_login(cast.grace)
    page = reverse("schemes:rehearse", args=["mill-house"])
    answer = client.get(page, {**DAYS, "until_on": "2026-02-01"})
    assert answer.status_code == 422
    assert "The last day is before the first." in answer.text


@pytest.mark.usefixtures("newer")
def test_amina_rehearses_nothing(client, cast):
    client.force_login(cast.amina)
    assert client.get(reverse("schemes:rehearse", args=["mill-house"])).status_code == 403


def test_one_is_said_as_people_say_it() -> None:
    said = [in_words(Kind.NUMBER, *one) for one in ((1, "times"), (1, "people"), (1, "days"))]
    assert said == ["once", "1 person", "1 day"]
    assert in_words(Kind.NUMBER, 2, "times") == "2 times"
