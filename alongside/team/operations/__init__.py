"""What changes who works here as what, and who stands in for whom."""

from alongside.team.operations.people import check_access, leave, take_on
from alongside.team.operations.roles import (
    change_line_manager,
    give_role_here,
    let_role_end,
)
from alongside.team.operations.standing_in import (
    answer_delegation,
    arrange_stand_in,
    delegate,
    end_stand_in,
)
from alongside.team.operations.statement import acknowledge

__all__ = [
    "acknowledge",
    "answer_delegation",
    "arrange_stand_in",
    "change_line_manager",
    "check_access",
    "delegate",
    "end_stand_in",
    "give_role_here",
    "leave",
    "let_role_end",
    "take_on",
]
