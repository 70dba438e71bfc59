"""Every address of the house, and the floor's."""

from __future__ import annotations

from django.urls import include, path

from bench import floor

urlpatterns = [
    path("", include("alongside.config.urls")),
    path("floor/casefile/<uuid:stay_id>/", floor.casefile),
    path("floor/caseload/<uuid:scheme_id>/", floor.caseload),
    path("floor/note/<uuid:stay_id>/", floor.note),
    path("floor/search/", floor.search),
    path("floor/today/<uuid:scheme_id>/", floor.today),
    path("floor/month/<uuid:scheme_id>/", floor.month),
]
