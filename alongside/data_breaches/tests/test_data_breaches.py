"""A breach of data is written down, its clocks run, and only a telling or a decision stops them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from alongside.audit.models import Entry
from alongside.data_breaches.models import Account, AffectedPerson, Closing, DataBreach, Telling
from alongside.data_breaches.operations import (
    Known,
    close_breach,
    correct_breach,
    leave_untold,
    reopen_breach,
    tell,
)
from alongside.data_breaches.operations import record_breach as record
from alongside.data_breaches.queries import clocks_of
from alongside.duties.models import Duty, State
from alongside.kit import clock
from alongside.kit.refusal import NotPermitted, Refused
from alongside.organisation.operations import give_role
from alongside.practice.pack import pack, packs
from alongside.testing.builders import a_stay
from alongside.testing.cast import SETTING_UP, Cast, a_member_of_staff

KNOWN = datetime(2026, 4, 19, 8, 30, tzinfo=UTC)
REGULATOR, PEOPLE = "regulator", "people"


def said(cast: Cast, **changed: Any) -> dict[str, Any]:
    return {
        "what": "A letter about Tomasz went to the flat next door.", "kind": "wrong_person",
        "happened_at": KNOWN - timedelta(days=1), "aware_at": KNOWN, "known_by": cast.amina,
        "at_once": "It was fetched, unopened.", "seriousness": "risk",
        "people": [cast.tomasz.resident], **changed,
    }  # fmt: skip


def known(cast: Cast, **changed: Any) -> Known:
    return Known(**said(cast, **changed))


def a_breach(cast: Cast, **changed: Any) -> DataBreach:
    return record(cast.mill_house, by=cast.grace, known=known(cast, **changed))


def owed(breach: DataBreach, whom: str) -> list[Duty]:
    found = Duty.objects.filter(subject_id=breach.pk, key=f"data-breach-{whom}")
    return list(found.exclude(state=State.VOID))


def account(breach: DataBreach) -> Account:
    return breach.accounts.select_related("breach__scheme").get(replaced_at=None)


@pytest.mark.req("S0-62")
def test_from_the_hour_we_knew_there_are_72_hours_and_the_duty_is_the_managers(cast: Cast) -> None:
    breach = a_breach(cast)
    regulator, people = clocks_of(breach, account(breach))
    (duty,) = owed(breach, REGULATOR)

    assert regulator.due_at == KNOWN + timedelta(hours=72)
    assert regulator.must == "A risk to people: the Information Commissioner is told."
    assert not people.must
    assert (duty.due_on, duty.owed_by, duty.state) == (date(2026, 4, 22), cast.grace, State.OPEN)
    assert "UK GDPR Article 33(1)" in cast.mill_house.pack.duty(duty.key).source
    assert account(breach).how_many == 1
    assert Entry.objects.get(event="data_breach.recorded").actor_id == cast.grace.pk


def test_only_telling_or_a_decision_not_to_closes_the_duty(cast: Cast) -> None:
    breach = a_breach(cast)
    with pytest.raises(Refused, match="the regulator is told"):
        close_breach(breach, by=cast.grace, lessons="Addresses are read aloud.")
    told = tell(
        breach, by=cast.grace, whom=REGULATOR, told_at=KNOWN + timedelta(hours=3),
        body="Information Commissioner’s Office", reference="IC-1234",
    )  # fmt: skip
    assert told.decided_by == cast.grace
    assert [one.state for one in owed(breach, REGULATOR)] == [State.MET]
    with pytest.raises(Refused, match="the people it is about are told"):
        close_breach(breach, by=cast.grace, lessons="Addresses are read aloud.")
    with pytest.raises(Refused, match="needs its reason"):
        leave_untold(breach, by=cast.grace, whom=PEOPLE, because=" ")
    leave_untold(breach, by=cast.grace, whom=PEOPLE, because="It came back unopened.")
    assert [one.state for one in owed(breach, PEOPLE)] == [State.MET]
    with pytest.raises(Refused, match="what was learned"):
        close_breach(breach, by=cast.grace, lessons="")
    closed = close_breach(breach, by=cast.grace, lessons="Addresses are read aloud.")
    assert closed.closed_by == cast.grace


def test_told_too_late_is_told_late(cast: Cast) -> None:
    breach = a_breach(cast, aware_at=KNOWN - timedelta(days=9), happened_at=None)
    (clock_of_regulator, _) = clocks_of(breach, account(breach))
    assert clock_of_regulator.is_late
    tell(breach, by=cast.grace, whom=REGULATOR, told_at=KNOWN, body="ICO")
    assert [one.state for one in owed(breach, REGULATOR)] == [State.MET_LATE]


def test_put_right_it_is_a_new_account_and_a_decision_at_another_seriousness_is_made_anew(
    cast: Cast,
) -> None:
    breach = a_breach(cast, seriousness="unlikely")
    leave_untold(breach, by=cast.grace, whom=REGULATOR, because="Nobody read it.")
    assert [one.state for one in owed(breach, REGULATOR)] == [State.MET]
    with pytest.raises(Refused, match="put right"):
        correct_breach(breach, by=cast.grace, because="", known=known(cast))
    correct_breach(
        breach, by=cast.grace, because="It had been read.", known=known(cast, seriousness="high")
    )

    assert [one.number for one in breach.accounts.all()] == [2, 1]
    assert breach.accounts.get(number=1).seriousness == "unlikely"
    assert [one.state for one in owed(breach, REGULATOR)] == [State.OPEN]
    assert [bool(one.must) for one in clocks_of(breach, account(breach))] == [True, True]


def test_a_closed_breach_is_opened_again_with_a_reason(cast: Cast) -> None:
    breach = a_breach(cast)
    for whom in (REGULATOR, PEOPLE):
        leave_untold(breach, by=cast.grace, whom=whom, because="It came back unopened.")
    with pytest.raises(Refused, match="is open"):
        reopen_breach(breach, by=cast.grace, because="More came to light.")
    close_breach(breach, by=cast.grace, lessons="Addresses are read aloud.")
    for act, more in ((correct_breach, {"because": "x", "known": known(cast)}),
                      (tell, {"whom": PEOPLE, "told_at": KNOWN, "body": "Them"}),
                      (close_breach, {"lessons": "More"})):  # fmt: skip
        with pytest.raises(Refused, match="is closed"):
            act(breach, by=cast.grace, **more)
    reopen_breach(breach, by=cast.grace, because="A second letter was found.")
    tell(breach, by=cast.grace, whom=PEOPLE, told_at=KNOWN, body="Tomasz")


def test_what_is_refused(cast: Cast) -> None:
    rosa = a_stay(cast.beds[1], by=cast.grace).resident
    elsewhere = a_member_of_staff(cast.quay_street, "Nia Bevan", "key_worker")
    later = clock.now() + timedelta(hours=1)
    for changed, words in (
        ({"people": []}, "somebody’s data"),
        ({"people": [cast.tomasz.resident, rosa], "how_many": 1}, "fewer than are named"),
        ({"aware_at": later}, "not happened yet"),
        ({"happened_at": KNOWN + timedelta(hours=1)}, "before it happened"),
        ({"what": " "}, "is described"),
        ({"at_once": ""}, "done at once"),
        ({"kind": "unheard-of"}, "not on the list"),
        ({"seriousness": "unheard-of"}, "not on the list"),
        ({"cause": cast.grace}, "does not keep its record"),
    ):
        with pytest.raises(Refused, match=words):
            a_breach(cast, **changed)
    breach = a_breach(cast, people=[], how_many=14)
    assert account(breach).how_many == 14
    with pytest.raises(Refused, match="Nobody knew of it then"):
        tell(breach, by=cast.grace, whom=PEOPLE, told_at=KNOWN - timedelta(days=3), body="All")
    with pytest.raises(NotPermitted):
        record(cast.mill_house, by=cast.amina, known=known(cast))
    with pytest.raises(NotPermitted):
        record(cast.mill_house, by=elsewhere, known=known(cast))


@pytest.mark.req("S0-62")
def test_whoever_caused_it_and_whoever_works_elsewhere_find_nothing(client, cast: Cast) -> None:
    hana = a_member_of_staff(cast.mill_house, "Hana Clarke", "manager", line_manager=cast.grace)
    breach = a_breach(cast, cause=hana)
    here = reverse("data_breaches:one", args=[breach.pk])
    register = reverse("data_breaches:register", args=[cast.mill_house.slug])
    for staff, found, listed in (
        (cast.grace, 200, "flat next door"), (hana, 404, ""), (cast.owen, 404, None),
        (cast.amina, 404, None),
    ):  # fmt: skip
        client.force_login(staff)
        assert client.get(here).status_code in {found, 403 if staff == cast.amina else found}
        answer = client.get(register)
        if listed is None:
            assert answer.status_code in {403, 404}
        else:
            assert ("flat next door" in answer.content.decode()) is bool(listed)
    (duty,) = owed(breach, REGULATOR)
    assert duty.concerning == hana
    assert duty in Duty.objects.visible_to(cast.grace)
    for staff in (hana, cast.amina, cast.owen):
        assert duty not in Duty.objects.visible_to(staff)
    with pytest.raises(Refused, match="does not keep its record"):
        tell(breach, by=hana, whom=REGULATOR, told_at=KNOWN, body="ICO")


def test_whose_file_is_closed_to_grace_is_counted_and_not_named(client, cast: Cast) -> None:
    from alongside.rights.operations import limit_file

    hana = a_member_of_staff(cast.mill_house, "Hana Clarke", "manager", line_manager=cast.grace)
    breach = a_breach(cast)
    limit_file(cast.tomasz, by=hana, kind="never", staff=[cast.grace], because="Cousins.")
    client.force_login(cast.grace)
    shown = client.get(reverse("data_breaches:one", args=[breach.pk])).content.decode()
    assert "1 person" in shown
    assert "Tomasz Nowak" not in shown


def test_on_the_pages_it_is_written_put_right_told_and_closed(client, cast: Cast) -> None:
    client.force_login(cast.grace)
    new = reverse("data_breaches:record", args=[cast.mill_house.slug])
    typed = {
        "what": "The diary was left on the bus.", "kind": "lost", "aware_at": "2026-04-19T09:30",
        "known_by": str(cast.amina.pk), "at_once": "The bus company was rung.",
        "seriousness": "high",
    }  # fmt: skip
    answer = client.post(new, typed)
    assert answer.status_code == 422
    assert "somebody’s data" in answer.content.decode()
    assert "The diary was left on the bus." in answer.content.decode()
    assert client.post(new, {**typed, "how_many": "12"}).status_code == 302
    breach = DataBreach.objects.get()
    here = reverse("data_breaches:one", args=[breach.pk])
    assert "Wednesday 22 April 2026, 09:30" in client.get(here).content.decode()

    telling = reverse("data_breaches:tell", args=[breach.pk, REGULATOR])
    assert "known since 19 April 2026" in client.get(telling).content.decode()
    assert client.post(telling, {"told_at": "2026-04-21T09:30", "body": "ICO"}).status_code == 422
    client.post(telling, {"told_at": "2026-04-20T09:30", "body": "ICO", "reference": "IC-77"})
    client.post(
        reverse("data_breaches:leave-untold", args=[breach.pk, PEOPLE]),
        {"because": "It was found, locked."},
    )
    settled = client.get(here).content.decode()
    assert "IC-77" in settled
    assert "They were told more" in settled
    assert "They were told after all" in settled
    assert "Decide not to tell" not in settled
    put_right = reverse("data_breaches:correct", args=[breach.pk])
    again = {**typed, "how_many": "9", "because": "Nine names stood in it."}
    assert client.post(put_right, {**again, "because": ""}).status_code == 422
    client.post(put_right, again)
    shut = reverse("data_breaches:close", args=[breach.pk])
    client.post(shut, {"lessons": "Diaries stay in the office."})
    shown = client.get(here).content.decode()
    assert "9 people" in shown
    assert "Diaries stay in the office." in shown
    assert client.get(reverse("data_breaches:tell", args=[breach.pk, "press"])).status_code == 404
    client.post(reverse("data_breaches:reopen", args=[breach.pk]), {"because": "One more."})
    assert Closing.objects.get().reopened_by == cast.grace


def test_the_database_keeps_it_whole(cast: Cast) -> None:
    breach = a_breach(cast)
    told = tell(breach, by=cast.grace, whom=PEOPLE, told_at=KNOWN, body="Tomasz")
    first = account(breach)
    for rows, wrong in (
        (Account.objects.filter(breach=breach), {"what": "Nothing much."}),
        (Telling.objects.filter(pk=told.pk), {"body": "Somebody"}),
    ):
        with pytest.raises(DatabaseError, match="is final"), transaction.atomic():
            rows.update(**wrong)
    with pytest.raises(DatabaseError, match="is final"), transaction.atomic():
        Telling.objects.filter(pk=told.pk)._raw_delete("default")
    base = {name: getattr(first, name) for name in (
        "breach", "what", "kind", "aware_at", "known_by", "at_once", "seriousness", "how_many",
        "written_by",
    )}  # fmt: skip
    again: dict[str, Any] = {**base, "number": 2, "because": "More", "replaced_at": KNOWN}
    broken: list[dict[str, Any]] = [
        {"replaced_at": None}, {"number": 1}, {"what": ""}, {"because": ""}, {"how_many": 0},
        {"happened_at": KNOWN + timedelta(days=1)}, {"cause": cast.grace},
    ]  # fmt: skip
    for one in broken:
        with pytest.raises(IntegrityError), transaction.atomic():
            Account.objects.bulk_create([Account(**{**again, **one})])
    answer: dict[str, Any] = {"breach": breach, "seriousness": "risk", "decided_by": cast.grace}
    unsaid: list[dict[str, Any]] = [
        {"whom": PEOPLE}, {"whom": PEOPLE, "body": "All"}, {"whom": "press", "because": "No"},
        {"whom": PEOPLE, "told_at": KNOWN, "body": "All", "because": "No"},
    ]  # fmt: skip
    for one in unsaid:
        with pytest.raises(IntegrityError), transaction.atomic():
            Telling.objects.bulk_create([Telling(**answer, **one)])
    end = {"breach": breach, "closed_by": cast.grace}
    with pytest.raises(IntegrityError), transaction.atomic():
        Closing.objects.bulk_create([Closing(**end, lessons="")])
    with pytest.raises(IntegrityError), transaction.atomic():
        Closing.objects.bulk_create([Closing(**end, lessons="a"), Closing(**end, lessons="b")])
    with pytest.raises(IntegrityError), transaction.atomic():
        Closing.objects.bulk_create([Closing(**end, lessons="a", reopened_at=KNOWN)])
    named = AffectedPerson(account=first, resident=cast.tomasz.resident)
    with pytest.raises(IntegrityError), transaction.atomic():
        AffectedPerson.objects.bulk_create([named])


@pytest.mark.parametrize("about", packs(), ids=lambda one: one.id)
def test_in_every_practice_the_hours_and_the_duty_say_the_same_and_name_their_clause(about) -> None:
    practice = pack(about.id, about.version)
    for whom in (REGULATOR, PEOPLE):
        limit, rule = practice.limit(f"data_breach_{whom}"), practice.duty(f"data-breach-{whom}")
        assert (limit.number, limit.unit, str(rule.due)) == (72, "hours", "P3D")
        clause = "Privacy Act 2020" if "aotearoa" in about.id else "UK GDPR Article 3"
        assert clause in limit.source
        assert clause in rule.source
        told = practice.choices(f"data_breach_{whom}_told")
        assert set(told.keys()) <= set(practice.choices("data_breach_seriousness").keys())


def test_a_second_role_of_the_cause_opens_nothing_either(client, cast: Cast) -> None:
    give_role(cast.mill_house, by=SETTING_UP, staff=cast.amina, role="manager",
              from_on=date(2026, 1, 5), line_manager=cast.grace)  # fmt: skip
    amina = type(cast.amina).objects.get(pk=cast.amina.pk)
    breach = a_breach(cast, cause=amina)
    client.force_login(amina)
    assert client.get(reverse("data_breaches:one", args=[breach.pk])).status_code == 404
