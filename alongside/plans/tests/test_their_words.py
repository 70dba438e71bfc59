"""What is refused when a plan is signed is said in the words of the practice."""

from __future__ import annotations

import pytest

from alongside.kit import clock
from alongside.plans.models import Plan
from alongside.plans.operations.signing import resident_has_signed, worker_has_signed
from alongside.testing.cast import assemble

WORDS = [("staged-hostel", "key worker"), ("supported-living", "link worker")]


@pytest.mark.parametrize(("practice", "word"), WORDS)
@pytest.mark.req("S2-02")
def test_whoever_has_to_sign_still_is_called_what_the_practice_calls_them(db, practice, word):
    cast = assemble(practice)
    theirs = Plan(stay=cast.tomasz, resident_agreed_at=clock.now())
    ours = Plan(stay=cast.tomasz, worker_agreed_at=clock.now())

    assert str(resident_has_signed(theirs)).endswith(f"Ask the {word} to sign.")
    assert str(worker_has_signed(ours)).startswith(f"The {word} has signed this already")
