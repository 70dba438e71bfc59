"""The only place that knows every room's address."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("alongside.organisation.urls")),
    path("", include("alongside.signin.urls")),
    path("ui/", include("alongside.ui.urls")),
    path("", include("alongside.assessments.urls")),
    path("", include("alongside.today.urls")),
    path("", include("alongside.casefile.urls")),
    path("", include("alongside.overview.urls")),
    path("", include("alongside.calendars.urls")),
    path("", include("alongside.portal.urls")),
    path("", include("alongside.reports.urls")),
    path("", include("alongside.coverage.urls")),
    path("", include("alongside.reminders.urls")),
    path("", include("alongside.exports.urls")),
    path("", include("alongside.schemes.urls")),
    path("drafts/", include("alongside.drafts.urls")),
    path("", include("alongside.sheets.urls")),
    path("", include("alongside.agreements.urls")),
    path("", include("alongside.admissions.urls")),
    path("", include("alongside.allocations.urls")),
    path("", include("alongside.keywork.urls")),
    path("", include("alongside.cover.urls")),
    path("", include("alongside.rota.urls")),
    path("", include("alongside.team.urls")),
    path("", include("alongside.rights.urls")),
    path("", include("alongside.documents.urls")),
    path("", include("alongside.signatures.urls")),
    path("", include("alongside.plans.urls")),
    path("", include("alongside.money.urls")),
    path("", include("alongside.health.urls")),
    path("", include("alongside.sharing.urls")),
    path("", include("alongside.retention.urls")),
    path("", include("alongside.subject_access.urls")),
    path("", include("alongside.paperwork.urls")),
    path("", include("alongside.accommodation.urls")),
    path("", include("alongside.referrals.urls")),
    path("", include("alongside.workshops.urls")),
    path("", include("alongside.chores.urls")),
    path("", include("alongside.building.urls")),
    path("", include("alongside.time_away.urls")),
    path("", include("alongside.stages.urls")),
    path("", include("alongside.reviews.urls")),
    path("", include("alongside.aftercare.urls")),
    path("", include("alongside.moving_on.urls")),
    path("", include("alongside.imports.urls")),
]
handler400 = "alongside.config.faults.bad"
handler500 = "alongside.config.faults.fault"
