"""Moving in puts a person at the first stage."""

from __future__ import annotations

import pytest

from alongside.kit.refusal import NotPermitted, Refused
from alongside.stages.operations import enter_first_stage
from alongside.stages.queries import stage_of, stages_of


@pytest.mark.req("S1-05")
def test_who_moves_in_begins_at_probation(tomasz, grace):
    assert stage_of(tomasz) is None

    enter_first_stage(tomasz, by=grace)

    assert str(stage_of(tomasz)) == "Probation"
    assert stages_of([tomasz])[tomasz.pk].key == "probation"


def test_nobody_begins_twice(tomasz, grace):
    enter_first_stage(tomasz, by=grace)

    with pytest.raises(Refused, match="at a stage already"):
        enter_first_stage(tomasz, by=grace)


def test_owen_cannot_begin_stages_at_mill_house(tomasz, owen):
    with pytest.raises(NotPermitted):
        enter_first_stage(tomasz, by=owen)
