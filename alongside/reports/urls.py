from django.urls import path

from alongside.reports import views

app_name = "reports"
urlpatterns = [
    path("schemes/<slug:scheme>/reports/", views.reports, name="reports"),
    path("schemes/<slug:scheme>/reports/<slug:figure>/", views.people_behind, name="people-behind"),
]
