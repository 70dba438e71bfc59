"""The addresses of imports."""

from __future__ import annotations

from django.urls import path

from alongside.imports import views

app_name = "imports"
ONE = "schemes/<slug:scheme>/imports/<uuid:run_id>/"

urlpatterns = [
    path("schemes/<slug:scheme>/imports/", views.imports, name="imports"),
    path(ONE, views.overview, name="import"),
    path(f"{ONE}sheets/<int:number>/", views.sheet, name="sheet"),
    path(f"{ONE}names/", views.names, name="names"),
    path(f"{ONE}workers/", views.workers, name="workers"),
    path(f"{ONE}rows/", views.rows, name="rows"),
    path(f"{ONE}apply/", views.apply, name="apply"),
    path(f"{ONE}progress/", views.under_way, name="progress"),
    path(f"{ONE}let-go/", views.let_go, name="let-go"),
]
