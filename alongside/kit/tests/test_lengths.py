"""A text that is longer than its column is refused, on both engines, and never cut or stored."""

from __future__ import annotations

import pytest

from alongside.allocations.models import WorkerProfile
from alongside.allocations.operations import describe_worker
from alongside.kit.insert import insert
from alongside.kit.refusal import Refused
from alongside.moments.models import Moment
from alongside.testing.cast import Cast


def test_a_language_list_longer_than_its_column_is_refused_beside_its_field(cast: Cast) -> None:
    with pytest.raises(Refused, match="too long: 201 characters") as refused:
        describe_worker(cast.mill_house, by=cast.grace, worker=cast.amina, languages="a" * 201)
    assert refused.value.field == "languages"
    assert not WorkerProfile.objects.filter(worker=cast.amina).exists()


def test_what_just_fits_is_kept_whole(cast: Cast) -> None:
    describe_worker(cast.mill_house, by=cast.grace, worker=cast.amina, languages="ā" * 200)
    assert WorkerProfile.objects.get(worker=cast.amina).languages == "ā" * 200


def test_what_is_stored_without_an_instance_of_its_own_save_is_measured_too(cast: Cast) -> None:
    with pytest.raises(Refused, match="too long: 241 characters"):
        insert([Moment(title="x" * 241)])


def test_a_change_of_one_field_does_not_ask_about_the_others(cast: Cast) -> None:
    profile = describe_worker(cast.mill_house, by=cast.grace, worker=cast.amina, gender="woman")
    profile.languages = "x" * 5_000
    profile.save(update_fields=["gender"])
