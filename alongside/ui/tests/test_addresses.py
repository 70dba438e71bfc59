from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from alongside.ui.addresses import address, address_about


@pytest.mark.parametrize("name", ["casefile:casefile", "keywork:write-note", "stages:stage-sheet"])
def test_the_address_of_each_person_is_their_own(name):
    for key in (uuid4(), uuid4()):
        assert address_about(name, key) == reverse(name, args=[key])


def test_a_page_that_no_room_offers_has_no_address():
    assert address("nobody:nothing") == ""
    assert address_about("nobody:nothing", uuid4()) == ""


def test_a_page_of_a_scheme_is_that_schemes(cast):
    for scheme in (cast.mill_house, cast.quay_street, cast.mill_house):
        found = address("casefile:residents", scheme)
        assert found == reverse("casefile:residents", args=[scheme.slug])
    assert address("today:today", cast.mill_house) == "/"
