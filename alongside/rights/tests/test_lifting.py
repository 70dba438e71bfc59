"""A seal is lifted with its reason, and the detail stands in the file again as it stood."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from alongside.admissions.models import Admission
from alongside.audit.models import Entry, Payload
from alongside.health.models import Registration
from alongside.health.operations import register_with
from alongside.kit.refusal import NotPermitted, Refused
from alongside.residents.models import Contact, Resident
from alongside.residents.operations import add_contact, amend_resident
from alongside.rights.models import Sealed
from alongside.rights.operations import lift, put_under_seal, seal
from alongside.rights.parts import parts_of
from alongside.stays.models import Stay
from alongside.testing.cast import a_member_of_staff
from tests.house.things import THINGS

KIN = "qzlift her aunt, 14 Larch Close"
WHY = "The order has ended, and she asked for it."


@pytest.fixture
def known(cast: Any) -> Any:
    amend_resident(cast.mill_house, by=cast.grace, resident=cast.tomasz.resident, next_of_kin=KIN)
    add_contact(
        cast.mill_house, by=cast.grace, resident=cast.tomasz.resident, name="Ewa Zielinska",
        relation="Sister", phone="07700 900777", wishes="Not at work", call_in_emergency=False,
    )  # fmt: skip
    register_with(
        cast.tomasz, by=cast.grace, kind="gp", name="Mill Street Surgery",
        registered_on=date(2026, 4, 1), phone="0161 496 0000", words="Dr Ames",
    )  # fmt: skip
    return cast


def again(stay: Stay) -> Stay:
    return Stay.objects.select_related(*Stay.LOCK_WITH).get(pk=stay.pk)


def put_away(cast: Any, starts: str, kind: str = "address") -> Sealed:
    stay = again(cast.tomasz)
    part = next(one.key for one in parts_of(stay) if one.key.startswith(starts))
    return put_under_seal(stay, by=cast.grace, part=part, kind=kind)


def standing(cast: Any) -> tuple[Any, ...]:
    """What stands in the open, as rows."""
    who = cast.tomasz.resident_id
    return (
        Resident.objects.values_list("next_of_kin", flat=True).get(pk=who),
        list(Contact.objects.filter(resident=who).values(
            "name", "relation", "phone", "wishes", "call_in_emergency")),
        list(Registration.objects.filter(stay__resident=who).values("name", "phone", "words")),
    )  # fmt: skip


@pytest.mark.goal("G4")
@pytest.mark.req("S0-62")
@pytest.mark.parametrize("place", ["next_of_kin", "contact-", "registration-"])
def test_whatever_was_put_under_seal_stands_where_it_stood(known: Any, place: str) -> None:
    before = standing(known)
    one = put_away(known, place)
    assert standing(known) != before
    lifted = lift(one, by=known.grace, because=WHY)
    assert standing(known) == before
    assert (lifted.lifted_by, lifted.lifted_because) == (known.grace, WHY)
    entry = Entry.objects.get(event="sealed.lifted")
    assert (entry.actor_id, entry.record_id) == (known.grace.pk, one.pk)
    assert not [told for told in Payload.objects.all() if "qzlift" in str(told.values)]


def test_what_goes_back_lies_encrypted_until_then(known: Any) -> None:
    put_away(known, "next_of_kin")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM rights_sealed")
        assert "qzlift" not in str(cursor.fetchall())


def test_on_its_page_grace_lifts_it_and_nothing_is_typed_again(client, known: Any) -> None:
    one = put_away(known, "next_of_kin")
    client.force_login(known.grace)
    shown = client.post(reverse("rights:unseal", args=[one.pk]), {}).text
    page = reverse("rights:lift", args=[one.pk])
    assert page in shown
    assert client.post(page, {"because": " "}).status_code == 422
    assert standing(known)[0] == ""
    client.post(page, {"because": WHY})
    details = client.get(reverse("casefile:details", args=[known.tomasz.pk])).text
    assert KIN in details
    assert "under seal" not in details
    assert WHY in client.get(reverse("rights:unseal", args=[one.pk])).text
    assert client.post(page, {"because": WHY}).status_code == 422


@pytest.mark.goal("G4")
def test_who_may_not_read_its_kind_does_not_lift_it_and_owen_finds_nothing(
    client, known: Any
) -> None:
    one = put_away(known, "next_of_kin")
    page = reverse("rights:lift", args=[one.pk])
    with pytest.raises(NotPermitted, match="may not read"):
        lift(one, by=known.amina, because=WHY)
    mo = a_member_of_staff(known.mill_house, "Mo Iqbal", "support_worker", known.grace)
    with pytest.raises(NotPermitted):
        lift(one, by=mo, because=WHY)
    for who in (known.amina, mo, known.owen):
        client.force_login(who)
        assert client.get(page).status_code == 404
        assert client.post(page, {"because": WHY}).status_code == 404
    assert standing(known)[0] == ""


def test_what_stands_there_by_now_is_not_written_over(known: Any) -> None:
    one = put_away(known, "next_of_kin")
    amend_resident(
        known.mill_house, by=known.grace, resident=known.tomasz.resident, next_of_kin="Nobody"
    )
    with pytest.raises(Refused, match="Something else stands in its place"):
        lift(one, by=known.grace, because=WHY)
    assert standing(known)[0] == "Nobody"
    one.refresh_from_db()
    assert one.lifted_at is None


def test_a_correction_is_what_goes_back(known: Any) -> None:
    one = put_away(known, "next_of_kin")
    better = seal(again(known.tomasz), by=known.grace, kind="address", title="Next of kin",
                  words="Her aunt, moved", corrects=one)  # fmt: skip
    with pytest.raises(Refused, match="put right since"):
        lift(one, by=known.grace, because=WHY)
    lift(better, by=known.grace, because=WHY)
    assert standing(known)[0] == "Her aunt, moved"


def test_what_was_written_under_seal_has_no_other_place(client, known: Any) -> None:
    one = seal(known.tomasz, by=known.grace, kind="health", title="A test", words="Not known")
    with pytest.raises(Refused, match="no other place"):
        lift(one, by=known.grace, because=WHY)
    client.force_login(known.grace)
    shown = client.post(reverse("rights:unseal", args=[one.pk]), {}).text
    assert "Lift the seal" not in shown


def test_who_was_named_on_the_way_in_is_named_there_again(known: Any) -> None:
    contacts = [{"name": "Ewa Zielinska", "phone": "07700 900777"}]
    begun = THINGS["admission_id"](known)
    Admission.objects.filter(pk=begun).update(
        stay=known.tomasz, resident=known.tomasz.resident, contacts=contacts
    )
    found = Admission.objects.filter(stay=known.tomasz)
    lift(put_away(known, "admission-"), by=known.grace, because=WHY)
    assert found.get().contacts == contacts


@pytest.mark.parametrize(
    "broken", [{"lifted_because": "x"}, {"lifted_at": datetime(2026, 4, 20, tzinfo=UTC)}]
)
def test_the_database_refuses_half_of_it(known: Any, broken: dict[str, Any]) -> None:
    one = put_away(known, "next_of_kin")
    with pytest.raises(IntegrityError, match="a_lifted_seal"), transaction.atomic():
        Sealed.objects.filter(pk=one.pk).update(**broken)
