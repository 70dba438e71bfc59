"""Everything that changes a plan, an action or a weekly form."""

from __future__ import annotations

from alongside.plans.operations.actions import (
    add_action,
    answer_proposal,
    propose_action,
    reach_outcome,
    report_action,
    start_action,
    stop_action,
    verify_action,
)
from alongside.plans.operations.agreement import (
    decide_disagreement,
    offer_copy,
    read_plan,
    reconsider_plan,
    record_disagreement,
    withdraw_agreement,
)
from alongside.plans.operations.handing_on import (
    accept_task,
    hand_on,
    take_back_task,
    tell_of_task,
)
from alongside.plans.operations.looking import look_at_plan, rank_goals
from alongside.plans.operations.own_goals import rewrite_own_goal, write_own_goal
from alongside.plans.operations.signing import (
    agree_as_resident,
    agree_as_substitute,
    agree_as_worker,
    agree_week_as_resident,
    agree_week_as_substitute,
    agree_week_as_worker,
    refuse_plan,
    refuse_week,
    stands_for,
)
from alongside.plans.operations.versions import (
    add_goal,
    change_goal,
    open_version,
    put_in_action,
    record_goal_result,
    remove_goal,
    rewrite_action,
    take_out_action,
    write_action,
    write_plan,
)
from alongside.plans.operations.weekly import Line, tell_result, week_of, write_week

__all__ = [
    "Line",
    "accept_task",
    "add_action",
    "add_goal",
    "agree_as_resident",
    "agree_as_substitute",
    "agree_as_worker",
    "agree_week_as_resident",
    "agree_week_as_substitute",
    "agree_week_as_worker",
    "answer_proposal",
    "change_goal",
    "decide_disagreement",
    "hand_on",
    "look_at_plan",
    "offer_copy",
    "open_version",
    "propose_action",
    "put_in_action",
    "rank_goals",
    "reach_outcome",
    "read_plan",
    "reconsider_plan",
    "record_disagreement",
    "record_goal_result",
    "refuse_plan",
    "refuse_week",
    "remove_goal",
    "report_action",
    "rewrite_action",
    "rewrite_own_goal",
    "stands_for",
    "start_action",
    "stop_action",
    "take_back_task",
    "take_out_action",
    "tell_of_task",
    "tell_result",
    "verify_action",
    "week_of",
    "withdraw_agreement",
    "write_action",
    "write_own_goal",
    "write_plan",
    "write_week",
]
