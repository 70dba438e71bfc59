"""A PIN that everybody tries first is no signature."""

from __future__ import annotations

import pytest

from alongside.kit.pins import require_pin_of_ones_own
from alongside.kit.refusal import Refused


@pytest.mark.parametrize("pin", ["0000", "1111", "1234", "4321", "123456", "2580", "1212"])
def test_what_people_try_first_is_refused_beside_the_field(pin):
    with pytest.raises(Refused, match="people try first") as refusal:
        require_pin_of_ones_own(pin)

    assert refusal.value.field == "pin"


@pytest.mark.parametrize("pin", ["12", "48a1", "٤٨٢١", ""])
def test_what_is_short_or_no_figures_is_refused(pin):
    with pytest.raises(Refused, match="too short"):
        require_pin_of_ones_own(pin)


@pytest.mark.parametrize("pin", ["4917", "8264", "10293"])
def test_figures_of_ones_own_are_taken(pin):
    require_pin_of_ones_own(pin)
