from django.urls import path

from alongside.rota.views import hours, planning, turns

app_name = "rota"
urlpatterns = [
    path("schemes/<slug:scheme>/rota/", planning.week, name="week"),
    path("schemes/<slug:scheme>/rota/put-down/", planning.put_down, name="put-down"),
    path("schemes/<slug:scheme>/rota/copy/", planning.copy_week, name="copy-week"),
    path("schemes/<slug:scheme>/rota/short/", planning.shortages, name="shortages"),
    path("schemes/<slug:scheme>/rota/staffing/", planning.set_level, name="set-level"),
    path("schemes/<slug:scheme>/rota/hours/", hours.report, name="hours"),
    path("schemes/<slug:scheme>/rota/contracted/", hours.contracted, name="contracted"),
    path("stays/<uuid:stay_id>/contracted-hours/", hours.contract, name="contract"),
    path("schemes/<slug:scheme>/contingency/", planning.contingency, name="contingency"),
    path("schemes/<slug:scheme>/contingency/write/", planning.write_contingency, name="write"),
    path("contingency/<uuid:contingency_id>/", planning.contingency_plan, name="contingency-plan"),
    path("my-shifts/", turns.my_shifts, name="my-shifts"),
    path("shifts/<uuid:turn_id>/", turns.turn, name="turn"),
    path("shifts/<uuid:turn_id>/take-off/", turns.take_off, name="take-off"),
    path("shifts/<uuid:turn_id>/swap/", turns.offer_swap, name="offer-swap"),
    path("shifts/<uuid:turn_id>/came/", hours.came, name="came"),
    path("shifts/<uuid:turn_id>/left/", hours.left, name="left"),
    path("shifts/<uuid:turn_id>/at/<slug:clocked>/", hours.at, name="at"),
    path("hours/<uuid:clocking_id>/", hours.correct, name="correct"),
    path("swaps/<uuid:swap_id>/<slug:yes_or_no>/", turns.answer, name="answer"),
]
