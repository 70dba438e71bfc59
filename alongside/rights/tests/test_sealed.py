"""What is sealed: each kind with a right of its own, shown when asked for, and nowhere else."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.audit.models import Entry
from alongside.kit.refusal import NotPermitted, Refused
from alongside.rights.models import Sealed
from alongside.rights.operations import seal, unseal
from alongside.testing.cast import a_member_of_staff

ADDRESS = "14 Larch Close, with her aunt"


@pytest.fixture
def address(cast):
    return seal(cast.tomasz, by=cast.amina, kind="address", title="Where he is", words=ADDRESS)


@pytest.mark.req("S0-62")
def test_it_is_masked_until_it_is_asked_for_and_that_is_written_down(client, cast, address):
    client.force_login(cast.grace)
    page = reverse("rights:unseal", args=[address.pk])

    assert ADDRESS not in client.get(page).content.decode()
    assert ADDRESS in client.post(page, {}).content.decode()
    entry = Entry.objects.get(event="sealed.read")
    assert (entry.actor_id, entry.record_id) == (cast.grace.pk, address.pk)


@pytest.mark.goal("G4")
@pytest.mark.req("S0-62")
def test_without_the_right_to_its_kind_there_is_no_such_thing(client, cast, address):
    client.force_login(cast.amina)

    listed = client.get(reverse("rights:sealed", args=[cast.tomasz.pk])).content.decode()
    assert "Where he is" not in listed
    assert client.get(reverse("rights:unseal", args=[address.pk])).status_code == 404
    assert client.post(reverse("rights:unseal", args=[address.pk]), {}).status_code == 404
    with pytest.raises(NotPermitted):
        unseal(address, by=cast.amina)


@pytest.mark.goal("G4")
def test_it_is_in_no_search_timeline_or_page_of_the_file(client, cast, address):
    client.force_login(cast.grace)

    for found in (
        client.get(reverse("casefile:search"), {"q": "Larch"}),
        client.get(reverse("casefile:casefile", args=[cast.tomasz.pk])),
        client.get(reverse("casefile:details", args=[cast.tomasz.pk])),
    ):
        text = found.content.decode()
        assert "Larch Close" not in text
        assert "Where he is" not in text


def test_a_correction_is_a_new_row_and_asks_for_the_right_to_read(cast, address):
    seal(cast.tomasz, by=cast.grace, kind="address", title="Where he is", words="At his brother’s",
         corrects=address)  # fmt: skip

    assert Sealed.objects.count() == 2
    with pytest.raises(NotPermitted):
        seal(cast.tomasz, by=cast.amina, kind="address", title="No", words="No", corrects=address)


def test_a_support_worker_seals_nothing_and_a_kind_must_be_known(cast):
    mo = a_member_of_staff(cast.mill_house, "Mo Iqbal", "support_worker", cast.grace)
    with pytest.raises(NotPermitted):
        seal(cast.tomasz, by=mo, kind="health", title="x", words="y")
    with pytest.raises(Refused, match="no such kind"):
        seal(cast.tomasz, by=cast.grace, kind="gossip", title="x", words="y")


def test_the_database_says_no(cast):
    with pytest.raises(IntegrityError, match="sealed_says_something"), transaction.atomic():
        Sealed.objects.create(
            stay=cast.tomasz, resident=cast.tomasz.resident, kind="health", title="x", words="",
            sealed_by=cast.grace,
        )  # fmt: skip
