"""Whoever works with people answers to a manager or a suitably qualified person, by name."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from alongside.duties.models import Duty, State
from alongside.testing.cast import a_member_of_staff, assemble

GUIDANCE = "Ask before you write to the landlord."


@pytest.mark.req("S2-21")
@pytest.mark.parametrize("role", ["manager", "qualified_person"])
def test_a_link_worker_works_under_whoever_is_named_who_guides_and_supervises_her(
    db: None, client: Any, role: str
) -> None:
    cast = assemble("supported-living")
    petra = a_member_of_staff(cast.mill_house, "Petra Vale", role, cast.grace)
    lena = a_member_of_staff(cast.mill_house, "Lena Ott", "key_worker", petra)
    owed = Duty.objects.filter(worker=lena, key="supervision").exclude(state=State.VOID)
    assert {one.owed_by for one in owed} == {petra}

    client.force_login(lena)
    team = client.get(reverse("team:team", args=[cast.mill_house.slug])).content.decode()
    assert "Petra Vale" in team[team.index("Lena Ott") :]
    address = reverse(
        "paperwork:colleague-form", args=[cast.mill_house.slug, "supervision", lena.pk]
    )
    said = {"held_with": "Petra", "talked": "Letters", "agreed": GUIDANCE}
    client.force_login(cast.amina)
    assert client.post(address, said).status_code in {403, 404}
    client.force_login(petra)
    written = client.post(address, said)
    assert written.status_code == 302
    assert GUIDANCE in client.get(written.url).content.decode()
    client.force_login(lena)
    assert GUIDANCE in client.get(written.url).content.decode()
