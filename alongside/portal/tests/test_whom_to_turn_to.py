"""One contact for every concern: on the person's own page, on a card, and while they are away."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from alongside.absence.operations import report_sick
from alongside.allocations.models import WorkerProfile
from alongside.allocations.operations import allocate, describe_worker
from alongside.stays.operations import end_stay


def a_face() -> SimpleUploadedFile:
    kept = BytesIO()
    Image.new("RGB", (640, 480), "teal").save(kept, "PNG")
    return SimpleUploadedFile("me.png", kept.getvalue(), "image/png")


@pytest.mark.req("S2-06")
def test_the_person_and_a_printed_card_name_one_contact(own, client, tomasz, amina, grace):
    allocate(tomasz, by=grace, worker=amina)
    assert "Amina Yusuf</strong> is your key worker" in own.get("/my/").content.decode()

    client.force_login(grace)
    card = client.get(reverse("portal:card", args=[tomasz.pk])).content.decode()
    assert "Amina Yusuf</strong> is your key worker" in card
    assert "Amina Yusuf" in client.get(f"/stays/{tomasz.pk}/").content.decode()


@pytest.mark.req("S2-06")
def test_while_the_contact_is_away_the_page_says_whom_to_ask(own, tomasz, amina, grace):
    allocate(tomasz, by=grace, worker=amina)
    report_sick(tomasz.scheme, by=grace, worker=amina)

    page = own.get("/my/").content.decode()

    assert "away" in page
    assert "ask Grace Okafor" in page


@pytest.mark.req("S3-15")
def test_the_name_and_photo_of_the_key_worker_are_on_their_own_page(
    own, client, tomasz, amina, grace
):
    allocate(tomasz, by=grace, worker=amina)
    assert own.get("/my/photo/").status_code == 404
    client.force_login(grace)
    describe = reverse("allocations:describe-worker", args=["mill-house", amina.pk])
    wrong = client.post(describe, {"photo": SimpleUploadedFile("a.png", b"%PDF-1.7 not a face")})
    assert wrong.status_code == 422
    assert "not a picture" in wrong.content.decode()
    assert client.post(describe, {"photo": a_face()}).status_code == 302

    photo = client.get(reverse("allocations:photo", args=[amina.pk]))
    with Image.open(BytesIO(photo.getvalue())) as kept:
        assert (kept.format, kept.size) == ("JPEG", (320, 320))
    card = client.get(reverse("portal:card", args=[tomasz.pk])).content.decode()
    assert "Photo of Amina Yusuf" in card
    WorkerProfile.objects.get().photo.delete(save=False)


def test_their_own_page_shows_the_photo(tomasz, amina, grace, tablet):
    allocate(tomasz, by=grace, worker=amina)
    describe_worker(tomasz.scheme, by=grace, worker=amina, photo=a_face())
    tablet.post("/my/pin/", {"pin": "2468"})

    assert "Photo of Amina Yusuf" in tablet.get("/my/").content.decode()
    photo = tablet.get("/my/photo/")
    assert photo["Content-Type"] == "image/jpeg"
    assert photo.getvalue()
    WorkerProfile.objects.get().photo.delete(save=False)


def test_somebody_who_has_left_is_not_asked_to_choose_a_pin(client, tomasz, amina, grace):
    end_stay(tomasz, by=grace, moved_out_on=date(2026, 4, 18))
    client.force_login(amina)

    page = client.get(reverse("portal:hand-over", args=[tomasz.pk])).content.decode()

    assert "Choose a PIN together" not in page
