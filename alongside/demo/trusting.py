"""Who stands in for whom at the demo's hostel, and what was handed to whom."""

from __future__ import annotations

from datetime import datetime, timedelta

from alongside.demo.house import House
from alongside.kit import clock
from alongside.organisation.models import Capacity, Membership
from alongside.team.operations import answer_delegation, arrange_stand_in, delegate


def tell_who_stands_in(house: House, *, now: datetime) -> None:
    """Ben acts for Grace this evening; Amina took something on, and Piotr is asked to."""
    grace, ben = house.first("manager"), house.first("coordinator")
    post = Membership.objects.select_related(*("staff", "scheme__organisation")).get(
        staff=grace, scheme=house.scheme, until_on=None
    )
    arrange_stand_in(
        post, by=grace, staff=ben, capacity=Capacity.ACTING, from_at=now,
        until_at=now + timedelta(hours=30), because="Grace is at the regional meeting.",
    )  # fmt: skip
    amina, piotr = house.staff["key_worker"][:2]
    with clock.standing_at(now - timedelta(days=9)):
        taken = delegate(
            post, by=grace, staff=amina, responsibilities=["contact_point", "family"],
            from_at=clock.now(), because="You know the families best.",
        )  # fmt: skip
        answer_delegation(taken, by=amina, accept=True)
        delegate(post, by=grace, staff=piotr, responsibilities=["consistency"], from_at=clock.now())
