from django.urls import path

from alongside.time_away import views

app_name = "time_away"
urlpatterns = [
    path("stays/<uuid:stay_id>/time-away/", views.time_away, name="time-away"),
    path("stays/<uuid:stay_id>/time-away/record/", views.record, name="record"),
    path("time-away/<uuid:pk>/<slug:what>/", views.follow_up, name="follow-up"),
]
