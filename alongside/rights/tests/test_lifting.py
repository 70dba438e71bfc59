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
from alongside.organisation.models import Staff
from alongside.residents.models import Contact, Resident
from alongside.residents.operations import add_contact, amend_resident
from alongside.rights.lifting import ask_to_lift, leave_sealed, lift, take_back
from alongside.rights.models import Lifting, Sealed
from alongside.rights.operations import limit_file, put_under_seal, seal
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


@pytest.fixture
def vera(known: Any) -> Staff:
    """She manages, too: somebody else than Grace, who seals and reads what is sealed."""
    return a_member_of_staff(known.mill_house, "Vera Lund", "manager", known.grace)


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
def test_whatever_was_put_under_seal_stands_where_it_stood(
    known: Any, vera: Staff, place: str
) -> None:
    before = standing(known)
    one = put_away(known, place)
    assert standing(known) != before
    asked = ask_to_lift(one, by=known.grace, because=WHY)
    assert standing(known) != before
    lifted = lift(asked, by=vera)
    assert standing(known) == before
    assert (lifted.lifted_by, lifted.lifted_because) == (vera, WHY)
    entry = Entry.objects.get(event="sealed.lifted")
    assert (entry.actor_id, entry.record_id) == (vera.pk, one.pk)
    assert not [told for told in Payload.objects.all() if "qzlift" in str(told.values)]


def test_what_goes_back_lies_encrypted_until_then(known: Any) -> None:
    put_away(known, "next_of_kin")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM rights_sealed")
        assert "qzlift" not in str(cursor.fetchall())


def test_on_their_pages_grace_asks_and_vera_lifts_it_and_nothing_is_typed_again(
    client, known: Any, vera: Staff
) -> None:
    one = put_away(known, "next_of_kin")
    client.force_login(known.grace)
    shown = client.post(reverse("rights:unseal", args=[one.pk]), {}).text
    page = reverse("rights:lift", args=[one.pk])
    assert page in shown
    without = client.post(page, {"because": " "})
    assert without.status_code == 422
    assert "Answer “Why is the seal lifted?”" in without.text
    assert client.post(page, {"because": WHY}).status_code == 302
    assert standing(known)[0] == ""
    assert client.post(page, {"because": WHY}).status_code == 422
    asked = Lifting.objects.get()
    doing = reverse("rights:lift-it", args=[asked.pk])
    refused = client.post(doing, {})
    assert refused.status_code == 422
    assert "You asked for this yourself" in refused.text

    client.force_login(vera)
    assert "Seals to lift" in client.get(reverse("today:today")).text
    asking = reverse("rights:lifting", args=[asked.pk])
    assert asking in client.get(reverse("rights:to-lift", args=["mill-house"])).text
    assert KIN not in client.get(asking).text
    assert KIN in client.post(asking, {}).text
    assert Entry.objects.filter(event="sealed.read", actor_id=vera.pk).count() == 1
    assert client.post(doing, {}).status_code == 302
    details = client.get(reverse("casefile:details", args=[known.tomasz.pk])).text
    assert KIN in details
    assert "under seal" not in details
    assert WHY in client.get(reverse("rights:unseal", args=[one.pk])).text
    assert client.post(doing, {}).status_code == 422


def test_vera_leaves_it_under_seal_with_the_reason_and_it_can_be_asked_for_again(
    client, known: Any, vera: Staff
) -> None:
    one = put_away(known, "next_of_kin")
    asked = ask_to_lift(one, by=known.grace, because=WHY)
    client.force_login(vera)
    page = reverse("rights:leave-sealed", args=[asked.pk])
    assert client.post(page, {"because": ""}).status_code == 422
    client.post(page, {"because": "The order runs until June."})
    assert (
        "The order runs until June." in client.get(reverse("rights:lifting", args=[asked.pk])).text
    )
    assert standing(known)[0] == ""
    with pytest.raises(Refused, match="decided already"):
        lift(asked, by=vera)
    ask_to_lift(one, by=known.grace, because="It has ended now.")


def test_only_whoever_asked_takes_it_back(client, known: Any, vera: Staff) -> None:
    asked = ask_to_lift(put_away(known, "next_of_kin"), by=known.grace, because=WHY)
    with pytest.raises(NotPermitted):
        take_back(asked, by=vera)
    client.force_login(known.grace)
    client.post(reverse("rights:take-back", args=[asked.pk]), {})
    asked.refresh_from_db()
    assert (asked.answer, asked.answered_by) == ("taken_back", known.grace)


@pytest.mark.goal("G4")
def test_who_may_not_read_its_kind_neither_asks_nor_lifts_and_owen_finds_nothing(
    client, known: Any, vera: Staff
) -> None:
    one = put_away(known, "next_of_kin")
    with pytest.raises(NotPermitted, match="may not read"):
        ask_to_lift(one, by=known.amina, because=WHY)
    mo = a_member_of_staff(known.mill_house, "Mo Iqbal", "support_worker", known.grace)
    with pytest.raises(NotPermitted):
        ask_to_lift(one, by=mo, because=WHY)
    asked = ask_to_lift(one, by=vera, because=WHY)
    for who in (known.amina, mo):
        with pytest.raises(NotPermitted):
            lift(asked, by=who)
    doors = [reverse("rights:lift", args=[one.pk])]
    doors += [
        reverse(f"rights:{name}", args=[asked.pk])
        for name in ("lifting", "lift-it", "leave-sealed", "take-back")
    ]
    for who in (known.amina, mo, known.owen):
        client.force_login(who)
        for page in doors:
            assert client.get(page).status_code == 404
            assert client.post(page, {"because": WHY}).status_code == 404
    assert standing(known)[0] == ""


def test_what_stands_there_by_now_is_not_written_over(known: Any, vera: Staff) -> None:
    asked = ask_to_lift(put_away(known, "next_of_kin"), by=known.grace, because=WHY)
    amend_resident(
        known.mill_house, by=known.grace, resident=known.tomasz.resident, next_of_kin="Nobody"
    )
    with pytest.raises(Refused, match="Something else stands in its place"):
        lift(asked, by=vera)
    assert standing(known)[0] == "Nobody"
    asked.refresh_from_db()
    assert asked.answer == ""


def corrected(cast: Any, one: Sealed, words: str) -> Sealed:
    return seal(
        again(cast.tomasz), by=cast.grace, kind="address", title=one.title, words=words,
        corrects=one,
    )  # fmt: skip


def test_a_correction_is_what_goes_back(known: Any, vera: Staff) -> None:
    one = put_away(known, "next_of_kin")
    early = ask_to_lift(one, by=known.grace, because=WHY)
    better = corrected(known, one, "Her aunt, moved")
    with pytest.raises(Refused, match="put right since"):
        lift(early, by=vera)
    with pytest.raises(Refused, match="put right since"):
        ask_to_lift(one, by=known.grace, because=WHY)
    lift(ask_to_lift(better, by=known.grace, because=WHY), by=vera)
    assert standing(known)[0] == "Her aunt, moved"
    with pytest.raises(Refused, match="seal is lifted"):
        corrected(known, better, "Too late")


def test_on_their_pages_nobody_asks_or_lifts_what_they_have_not_been_shown(
    client, known: Any, vera: Staff
) -> None:
    one = put_away(known, "next_of_kin")
    client.force_login(known.grace)
    page = reverse("rights:lift", args=[one.pk])
    assert "Show it and go on" in client.get(page).text
    refused = client.post(page, {"because": WHY})
    assert (refused.status_code, Lifting.objects.count()) == (422, 0)
    assert "You have not read what is sealed" in refused.text
    assert KIN in client.post(page, {"read": "1"}).text
    assert client.post(page, {"because": WHY}).status_code == 302
    asked = Lifting.objects.get()

    client.force_login(vera)
    asking, doing = (reverse(f"rights:{name}", args=[asked.pk]) for name in ("lifting", "lift-it"))
    client.post(reverse("rights:unseal", args=[one.pk]), {})  # the words, not what would stand
    assert doing not in client.get(asking).text
    told = client.get(doing).text
    assert "You have not read what would stand in the file" in told
    assert ">Lift the seal</button>" not in told
    refused = client.post(doing, {})
    assert refused.status_code == 422
    assert "You have not read what would stand in the file" in refused.text
    assert standing(known)[0] == ""
    assert doing in client.post(asking, {}).text
    entry = Entry.objects.get(event="sealed.lift_shown")
    assert (entry.actor_id, entry.record_id) == (vera.pk, asked.pk)
    assert client.post(doing, {}).status_code == 302
    assert standing(known)[0] == KIN


LINES = {
    "contact-": {"name": "Ewa Zielinska", "relation": "Sister", "phone": "07700 900888",
                 "wishes": "Not at work\nnor at night"},
    "registration-": {"name": "Mill Street Surgery", "phone": "", "words": "Dr Ames, room 4"},
}  # fmt: skip


@pytest.mark.parametrize("place", LINES)
def test_of_several_lines_put_right_whoever_asks_says_what_stands_where(
    client, known: Any, vera: Staff, place: str
) -> None:
    lines = LINES[place]
    one = put_away(known, place)
    better = corrected(known, one, "\n".join(filter(None, lines.values())))
    client.force_login(known.grace)
    page = reverse("rights:lift", args=[better.pk])
    masked = client.get(page)
    secret = [words for key, words in lines.items() if words and key != "name"]
    assert not [words for words in secret if words.splitlines()[0] in masked.text]
    laid_out = client.post(page, {"read": "1"}).text
    assert Entry.objects.filter(event="sealed.read").count() == 1
    assert secret[-1].splitlines()[0] in laid_out
    again_typed = client.post(page, {**lines, "name": "", "because": WHY})
    assert again_typed.status_code == 422
    assert client.post(page, {**lines, "name": "q" * 201, "because": WHY}).status_code == 422
    assert client.post(page, {**lines, "because": WHY}).status_code == 302
    asked = Lifting.objects.get()
    client.force_login(vera)
    told = client.post(reverse("rights:lifting", args=[asked.pk]), {}).text
    assert "room 4" in told or "nor at night" in told
    client.post(reverse("rights:lift-it", args=[asked.pk]), {})
    stands = standing(known)[1 if place == "contact-" else 2][0]
    assert {key: stands[key] for key in lines} == lines


def as_before(one: Sealed) -> Sealed:
    """As it was put under seal when its place was not kept with it yet."""
    Sealed.objects.filter(pk=one.pk).update(place="", put_back="")
    return Sealed.objects.select_related(*Sealed.LOCK_WITH).get(pk=one.pk)


@pytest.mark.parametrize("place", ["next_of_kin", "contact-", "registration-"])
def test_what_was_put_under_seal_before_its_place_was_kept_goes_back_too(
    known: Any, vera: Staff, place: str
) -> None:
    before = standing(known)
    one = as_before(put_away(known, place))
    lines = {"words": KIN, **LINES.get(place, {})}
    asked = ask_to_lift(one, by=known.grace, because=WHY, lines=lines)
    lift(asked, by=vera)
    after = standing(known)
    kept = {"next_of_kin": 0, "contact-": 1, "registration-": 2}[place]
    assert len(after[kept]) == len(before[kept])
    assert after[0] == KIN or "Sealed" not in str(after)


def test_a_correction_of_such_a_one_goes_back_as_well(known: Any, vera: Staff) -> None:
    one = as_before(put_away(known, "next_of_kin"))
    better = corrected(known, one, "Her aunt, moved")
    better.refresh_from_db()
    assert better.place == ""
    lift(
        ask_to_lift(better, by=known.grace, because=WHY, lines={"words": "Her aunt, moved"}),
        by=vera,
    )
    assert standing(known)[0] == "Her aunt, moved"


def test_of_two_registrations_of_a_kind_whoever_asks_says_which(
    client, known: Any, vera: Staff
) -> None:
    register_with(
        known.tomasz, by=known.grace, kind="gp", name="Other Surgery",
        registered_on=date(2026, 4, 2), phone="", words="",
    )  # fmt: skip
    ones = [as_before(put_away(known, "registration-")) for _ in range(2)]
    with pytest.raises(Refused, match="where it goes"):
        ask_to_lift(ones[0], by=known.grace, because=WHY, lines={"name": "Mill Street Surgery"})
    client.force_login(known.grace)
    page = reverse("rights:lift", args=[ones[0].pk])
    client.post(page, {"read": "1"})
    first = Registration.objects.order_by("registered_on").first()
    assert first
    sent = {"name": "Mill Street Surgery", "because": WHY, "place": f"registration-{first.pk}"}
    stranger = {**sent, "place": "registration-01980000-0000-7000-8000-000000000000"}
    assert client.post(page, stranger).status_code == 422
    assert client.post(page, {**sent, "place": "next_of_kin"}).status_code == 422
    assert client.post(page, sent).status_code == 302
    lift(Lifting.objects.get(), by=vera)
    first.refresh_from_db()
    assert first.name == "Mill Street Surgery"


def test_what_was_written_under_seal_has_no_other_place(client, known: Any) -> None:
    one = seal(known.tomasz, by=known.grace, kind="health", title="Next of kin", words="Not known")
    with pytest.raises(Refused, match="no other place"):
        ask_to_lift(one, by=known.grace, because=WHY, place="next_of_kin", lines={"words": "x"})
    client.force_login(known.grace)
    shown = client.post(reverse("rights:unseal", args=[one.pk]), {}).text
    assert "the seal is lifted" not in shown
    page = reverse("rights:lift", args=[one.pk])
    assert client.post(page, {"because": WHY, "place": "next_of_kin"}).status_code == 422


def test_who_was_named_on_the_way_in_is_named_there_again(known: Any, vera: Staff) -> None:
    contacts = [{"name": "Ewa Zielinska", "phone": "07700 900777"}]
    begun = THINGS["admission_id"](known)
    Admission.objects.filter(pk=begun).update(
        stay=known.tomasz, resident=known.tomasz.resident, contacts=contacts
    )
    found = Admission.objects.filter(stay=known.tomasz)
    one = put_away(known, "admission-")
    lift(ask_to_lift(one, by=known.grace, because=WHY), by=vera)
    assert found.get().contacts == contacts

    old = as_before(put_away(known, "admission-"))
    asked = ask_to_lift(old, by=known.grace, because=WHY, lines={"words": "Ewa, 0161\nJan"})
    lift(asked, by=vera)
    assert found.get().contacts == [{"name": "Ewa, 0161"}, {"name": "Jan"}]


def test_somebody_who_lost_the_right_meanwhile_is_not_the_second_person(
    known: Any, vera: Staff
) -> None:
    asked = ask_to_lift(put_away(known, "next_of_kin"), by=known.grace, because=WHY)
    limit_file(
        again(known.tomasz), by=known.grace, kind="never", staff=[vera], because="Her neighbour"
    )
    with pytest.raises(NotPermitted):
        lift(asked, by=Staff.objects.get(pk=vera.pk))
    assert standing(known)[0] == ""


def test_what_is_to_stand_there_lies_encrypted(known: Any) -> None:
    one = as_before(put_away(known, "next_of_kin"))
    ask_to_lift(one, by=known.grace, because=WHY, lines={"words": "qzlift an aunt"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM rights_lifting")
        assert "qzlift" not in str(cursor.fetchall())
    assert not [told for told in Payload.objects.all() if "qzlift" in str(told.values)]


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        ({"answer": "lift"}, "the_answer_about_a_seal_is_whole"),
        ({"because": ""}, "lifting_a_seal_has_a_reason"),
        ({"own": True}, "a_seal_is_lifted_by_somebody_else"),
        ({"other": True}, "a_seal_is_lifted_by_somebody_else"),
    ],
)
def test_the_database_refuses_what_one_person_does_alone(
    known: Any, vera: Staff, broken: dict[str, Any], says: str
) -> None:
    asked = ask_to_lift(put_away(known, "next_of_kin"), by=known.grace, because=WHY)
    at = datetime(2026, 4, 20, tzinfo=UTC)
    if "own" in broken:
        broken = {"answer": "lift", "answered_by": known.grace, "answered_at": at}
    if "other" in broken:
        broken = {"answer": "taken_back", "answered_by": vera, "answered_at": at}
    with pytest.raises(IntegrityError, match=says), transaction.atomic():
        Lifting.objects.filter(pk=asked.pk).update(**broken)


def test_it_is_asked_for_once(known: Any, vera: Staff) -> None:
    one = put_away(known, "next_of_kin")
    asked = ask_to_lift(one, by=known.grace, because=WHY)
    with pytest.raises(Refused, match="already asked"):
        ask_to_lift(one, by=vera, because=WHY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Lifting.objects.create(sealed=one, asked_by=vera, because=WHY, place="x", put_back="{}")
    leave_sealed(asked, by=vera, because="Not yet.")


@pytest.mark.parametrize(
    "broken", [{"lifted_because": "x"}, {"lifted_at": datetime(2026, 4, 20, tzinfo=UTC)}]
)
def test_the_database_refuses_half_of_it(known: Any, broken: dict[str, Any]) -> None:
    one = put_away(known, "next_of_kin")
    with pytest.raises(IntegrityError, match="a_lifted_seal"), transaction.atomic():
        Sealed.objects.filter(pk=one.pk).update(**broken)
