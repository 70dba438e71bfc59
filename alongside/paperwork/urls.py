from django.urls import path

from alongside.paperwork.views import files as views
from alongside.paperwork.views import team

app_name = "paperwork"
urlpatterns = [
    path("stays/<uuid:stay_id>/forms/", views.forms_here, name="forms"),
    path("stays/<uuid:stay_id>/forms/<slug:key>/", views.fill_in, name="fill-in"),
    path("forms/<uuid:sheet_id>/", views.form, name="form"),
    path("forms/<uuid:sheet_id>/go-on/", views.go_on, name="go-on"),
    path("forms/<uuid:sheet_id>/put-right/", views.put_right, name="put-right"),
    path("forms/<uuid:sheet_id>/sign/<slug:party>/", views.sign, name="sign"),
    path("forms/<uuid:sheet_id>/refuse/", views.refuse, name="refuse"),
    path("forms/<uuid:sheet_id>/paper/", views.paper, name="paper"),
    path("schemes/<slug:scheme>/team-forms/", team.team, name="team"),
    path("schemes/<slug:scheme>/team-forms/<slug:key>/", team.of_the_service, name="service-form"),
    path(
        "schemes/<slug:scheme>/team-forms/<slug:key>/<uuid:staff_id>/",
        team.of_one,
        name="colleague-form",
    ),
    path("team-forms/<uuid:sheet_id>/", team.team_form, name="team-form"),
    path("stays/<uuid:stay_id>/file-checklist/", team.checklist, name="checklist"),
]
