from django.urls import path

from alongside.coverage import views

app_name = "coverage"
urlpatterns = [
    path("schemes/<slug:scheme>/coverage/", views.coverage, name="coverage"),
    path("schemes/<slug:scheme>/coverage/limits/", views.limits, name="limits"),
    path("stays/<uuid:stay_id>/coverage/", views.person, name="person"),
]
