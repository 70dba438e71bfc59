from django.urls import path

from alongside.reports.views import aims, monthly, sharing

app_name = "reports"
urlpatterns = [
    path("schemes/<slug:scheme>/aims/", aims.aims, name="aims"),
    path("schemes/<slug:scheme>/figures-to-share/", sharing.to_share, name="figures-to-share"),
    path("schemes/<slug:scheme>/figures-to-share/fix/", sharing.fix, name="fix-figures"),
    path("figures-to-share/<uuid:figures_id>/", sharing.shared, name="shared-figures"),
    path("schemes/<slug:scheme>/reports/", monthly.reports, name="reports"),
    path(
        "schemes/<slug:scheme>/reports/<slug:figure>/", monthly.people_behind, name="people-behind"
    ),
]
