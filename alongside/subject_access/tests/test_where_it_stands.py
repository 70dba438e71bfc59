"""What is about others is named in words, and one's own name is not about others."""

from __future__ import annotations

from datetime import date

from alongside.residents.models import Contact
from alongside.residents.operations import add_contact
from alongside.subject_access import queries
from alongside.subject_access.operations import take_request

TODAY = date(2026, 4, 20)


def test_grace_reads_where_words_about_others_stand_and_decides_nothing_about_tomasz_himself(
    client, tomasz, grace, amina
):
    add_contact(tomasz.scheme, by=amina, resident=tomasz.resident, name=tomasz.resident.name)
    add_contact(tomasz.scheme, by=amina, resident=tomasz.resident, name="Ewa Nowak")
    asked = take_request(tomasz, by=grace, received_on=TODAY, identity_on=TODAY)
    client.force_login(grace)

    page = client.get(f"/own-data/{asked.pk}/").text
    (place,) = queries.places_of(asked)
    (shown,) = queries.shown(asked, queries.mentions_at(asked, place.where), grace)

    assert Contact.objects.count() == 2
    assert str(shown) == "Ewa Nowak"
    assert "Contacts, name" in page
    assert ">residents.Contact" not in page
