"""What Mill House has otherwise than its practice pack, and what was settled for one person."""

from __future__ import annotations

from alongside.demo.house import House
from alongside.organisation.models import Scheme
from alongside.schemes.operations import (
    amend_scheme,
    set_value,
    set_value_for_person,
    set_words_for_person,
    vary_for_person,
)
from alongside.stays.models import Stay


def differ(house: House) -> None:
    """A number, a word, places and model; and one person who differs.

    Their manager's review comes sooner, their key worker is called otherwise, and one thing is
    not owed.
    """
    scheme = Scheme.objects.select_related("organisation").get(pk=house.scheme.pk)
    manager = house.first("manager")
    amend_scheme(
        scheme, by=manager, name=scheme.name, time_zone=scheme.time_zone, address=scheme.address,
        women_only=scheme.women_only, residential=scheme.residential, places=len(house.beds),
        practice_model="Stages, with a key worker for everybody",
    )  # fmt: skip
    set_value(
        scheme, by=manager, at=("limits", "session_minutes", "number"), value=50,
        from_on=scheme.today(), because="Forty-five minutes were always too short here.",
    )  # fmt: skip
    set_value(
        scheme, by=manager, at=("duties", "change-of-key-worker", "due"), value="P5D",
        from_on=scheme.today(), because="The residents’ meeting asked for a quicker answer.",
    )  # fmt: skip
    stays = Stay.objects.filter(scheme=scheme).select_related(*Stay.LOCK_WITH).current()
    if stay := stays.order_by("moved_in_on", "pk").first():
        set_value_for_person(
            stay, by=manager, at=("duties", "monthly-review", "every"), value="P2W",
            from_on=scheme.today(), because="They asked to look at the plan more often for now.",
        )  # fmt: skip
        set_words_for_person(
            stay, by=manager, key="key_worker", singular="link worker", plural="link workers",
            from_on=scheme.today(), because="“Key worker” reminds them of a place they left.",
        )  # fmt: skip
        vary_for_person(
            stay, by=manager, key="leave-preparation", off=True, from_on=scheme.today(),
            because="They stay with their sister whenever their worker is away.",
        )  # fmt: skip
