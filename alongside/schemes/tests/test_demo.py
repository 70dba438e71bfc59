"""What the demo shows of it can be told."""

from __future__ import annotations

from alongside.demo.differing import differ
from alongside.demo.house import House
from alongside.organisation.models import Scheme
from alongside.schemes.queries import varied_for
from alongside.stays.models import Stay


def test_mill_house_differs_in_the_demo_and_so_does_one_person(cast):
    differ(House(cast.mill_house, cast.beds, {"manager": [cast.grace]}))
    here = Scheme.objects.get(pk=cast.mill_house.pk)
    assert here.pack.limit("session_minutes").number == 50
    assert here.places == 4
    stay = Stay.objects.select_related(*Stay.LOCK_WITH).get(pk=cast.tomasz.pk)
    assert stay.pack.duty("monthly-review").every == "P2W"
    assert stay.pack.term("key_worker").singular == "link worker"
    assert {rule.key: says for rule, says in varied_for(stay) if says} == {
        "leave-preparation": "not owed"
    }
