"""What a page sends besides its fields: a token and a version, which may be anything by then."""

from __future__ import annotations

from typing import Any

import pytest

from alongside.ui.forms import OperationForm


class Nothing(OperationForm):
    """No question."""


@pytest.mark.goal("G27")
@pytest.mark.parametrize(
    ("sent", "taken"),
    [("3", 3), ("\u00b2", 0), ("\u0663", 0), ("-1", 0), ("1.5", 0), ("9" * 60, 0), ("", 0)],
)
def test_a_version_is_a_number_or_none_and_never_a_fault(sent: str, taken: int) -> None:
    seen: list[int] = []

    def act(subject: object, *, by: Any, version: int = 0) -> bool:
        seen.append(version)
        return True

    assert Nothing({"version": sent}).carry_out(act, None, by=None)
    assert seen == [taken]
