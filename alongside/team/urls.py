from django.urls import path

from alongside.team import views

app_name = "team"
urlpatterns = [
    path("staff/<slug:scheme>/", views.team, name="team"),
    path("staff/<slug:scheme>/answers/", views.service, name="service"),
    path("staff/<slug:scheme>/mine/", views.mine, name="mine"),
    path("staff/<slug:scheme>/chart/", views.chart, name="chart"),
    path("staff/<slug:scheme>/give/", views.give, name="give"),
    path("staff/<slug:scheme>/new/", views.take_on, name="take-on"),
    path("staff/<slug:scheme>/access/", views.access, name="access"),
    path("staff/<slug:scheme>/standing-in/", views.stand_ins, name="stand-ins"),
    path("staff/role/<uuid:membership_id>/end/", views.end_role, name="end-role"),
    path("staff/role/<uuid:membership_id>/manager/", views.line_manager, name="line-manager"),
    path("staff/role/<uuid:membership_id>/check/", views.check, name="check"),
    path("staff/role/<uuid:membership_id>/stand-in/", views.arrange, name="arrange"),
    path("staff/role/<uuid:membership_id>/delegate/", views.delegate, name="delegate"),
    path("staff/person/<uuid:staff_id>/leave/", views.leave, name="leave"),
    path("staff/standing-in/<uuid:stand_in_id>/", views.stand_in, name="stand-in"),
    path("staff/standing-in/<uuid:stand_in_id>/end/", views.end, name="end"),
    path("staff/standing-in/<uuid:stand_in_id>/answer/", views.answer, name="answer"),
]
