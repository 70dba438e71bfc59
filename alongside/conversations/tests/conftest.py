from __future__ import annotations

import pytest

from alongside.conversations.models import Conversation
from alongside.conversations.operations import begin_conversation
from alongside.organisation.models import Staff
from alongside.testing.cast import a_member_of_staff


@pytest.fixture
def sal(mill_house, grace) -> Staff:
    """Works nights, and answers to Grace."""
    return a_member_of_staff(mill_house, "Sal Turner", "night_worker", line_manager=grace)


@pytest.fixture
def keys(mill_house, grace, amina) -> Conversation:
    """Amina writes to Grace about nobody."""
    return begin_conversation(
        mill_house, by=amina, to=[grace], subject="The spare keys",
        text="The spare kēy for the cellar is missing.",
    )  # fmt: skip


@pytest.fixture
def about_tomasz(mill_house, grace, amina, tomasz) -> Conversation:
    """Amina writes to Grace about Tomasz."""
    return begin_conversation(
        mill_house, by=amina, to=[grace], subject="His appointment", stay=tomasz,
        text="He wants somebody to come along on Wednesday.",
    )  # fmt: skip
