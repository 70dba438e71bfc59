"""A page that is still open when somebody else signs in at the same screen."""

from __future__ import annotations

from alongside.drafts.models import Draft

NOTE = "/drafts/note/"
WORDS = {"text": ["He is afraid of his brother."]}


def test_what_aminas_page_still_sends_does_not_become_graces_draft(client, amina, grace):
    client.force_login(grace)

    sent = client.post(
        NOTE, WORDS, content_type="application/json", headers={"X-Written-By": str(amina.pk)}
    )

    assert sent.status_code == 409
    assert not Draft.objects.exists()


def test_aminas_page_neither_reads_nor_throws_away_what_grace_keeps(client, amina, grace):
    client.force_login(grace)
    hers = {"X-Written-By": str(grace.pk)}
    client.post(NOTE, WORDS, content_type="application/json", headers=hers)
    of_amina = {"X-Written-By": str(amina.pk)}

    assert client.get(NOTE, headers=of_amina).status_code == 409
    assert client.delete(NOTE, headers=of_amina).status_code == 409
    assert client.get(NOTE, headers=hers).json()["words"] == WORDS
