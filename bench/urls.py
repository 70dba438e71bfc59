"""The floor's addresses."""

from __future__ import annotations

from django.urls import path

from bench import floor

urlpatterns = [
    path("floor/casefile/<uuid:stay_id>/", floor.casefile),
    path("floor/caseload/<uuid:scheme_id>/", floor.caseload),
    path("floor/note/<uuid:stay_id>/", floor.note),
    path("floor/search/", floor.search),
    path("floor/today/<uuid:scheme_id>/", floor.today),
    path("floor/month/<uuid:scheme_id>/", floor.month),
]
