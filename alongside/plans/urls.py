from django.urls import path

from alongside.plans.views import actions, agreeing, plans, weekly

app_name = "plans"
urlpatterns = [
    path("schemes/<slug:slug>/plans/", plans.plans_here, name="plans-here"),
    path("stays/<uuid:stay_id>/plans/", plans.plan, name="plan"),
    path("stays/<uuid:stay_id>/plans/open/", plans.open_version, name="open-version"),
    path("stays/<uuid:stay_id>/plans/actions/new/", actions.propose, name="new-action"),
    path("stays/<uuid:stay_id>/weekly/", weekly.weeks, name="weeks"),
    path("stays/<uuid:stay_id>/weekly/<str:week>/", weekly.week, name="week"),
    path("stays/<uuid:stay_id>/weekly/<str:week>/write/", weekly.write_week, name="write-week"),
    path("weekly/lines/<uuid:line_id>/result/", weekly.tell_result, name="tell-result"),
    path("weekly/<uuid:form_id>/print/", agreeing.print_week, name="print-week"),
    path("weekly/<uuid:form_id>/sign/<slug:party>/", agreeing.sign_week, name="sign-week"),
    path("plans/<uuid:plan_id>/", plans.version, name="version"),
    path("plans/<uuid:plan_id>/write/", plans.write_plan, name="write"),
    path("plans/<uuid:plan_id>/read/", plans.read_plan, name="read"),
    path("plans/<uuid:plan_id>/print/", agreeing.print_plan, name="print"),
    path("plans/<uuid:plan_id>/copy/", agreeing.offer_copy, name="copy"),
    path("plans/<uuid:plan_id>/withdraw/", agreeing.withdraw, name="withdraw"),
    path("plans/<uuid:plan_id>/reconsider/", agreeing.reconsider, name="reconsider"),
    path("plans/<uuid:plan_id>/disagree/", agreeing.disagree, name="disagree"),
    path("plans/<uuid:plan_id>/sign/<slug:party>/", agreeing.sign_plan, name="sign"),
    path("plans/<uuid:plan_id>/goals/new/", plans.add_goal, name="add-goal"),
    path("plans/<uuid:plan_id>/actions/new/", actions.write_action, name="write-action"),
    path(
        "plans/<uuid:plan_id>/actions/<uuid:action_id>/",
        actions.rewrite_action,
        name="rewrite-action",
    ),
    path(
        "plans/<uuid:plan_id>/actions/<uuid:action_id>/take-out/",
        actions.take_out_action,
        name="take-out-action",
    ),
    path("plans/goals/<uuid:goal_id>/", plans.change_goal, name="change-goal"),
    path("plans/goals/<uuid:goal_id>/remove/", plans.remove_goal, name="remove-goal"),
    path("plans/goals/<uuid:goal_id>/result/", plans.goal_result, name="goal-result"),
    path("plans/disagreements/<uuid:disagreement_id>/", plans.decide, name="decide"),
    path("plans/actions/<uuid:action_id>/start/", actions.start, name="start-action"),
    path("plans/actions/<uuid:action_id>/<slug:what>/", actions.tell, name="tell"),
]
