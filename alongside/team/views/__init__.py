"""The pages of the team."""

from alongside.team.views.leading import mine, service
from alongside.team.views.roles import (
    access,
    chart,
    check,
    end_role,
    give,
    leave,
    line_manager,
    take_on,
    team,
)
from alongside.team.views.standing_in import (
    answer,
    arrange,
    delegate,
    end,
    stand_in,
    stand_ins,
)

__all__ = [
    "access",
    "answer",
    "arrange",
    "chart",
    "check",
    "delegate",
    "end",
    "end_role",
    "give",
    "leave",
    "line_manager",
    "mine",
    "service",
    "stand_in",
    "stand_ins",
    "take_on",
    "team",
]
