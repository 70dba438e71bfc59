from django.urls import path

from alongside.retention import views

app_name = "retention"
urlpatterns = [
    path("schemes/<slug:scheme>/keeping/", views.queue, name="queue"),
    path("stays/<uuid:stay_id>/keeping/", views.keeping, name="keeping"),
    path("stays/<uuid:stay_id>/keeping/hold/", views.hold, name="hold"),
    path("stays/<uuid:stay_id>/keeping/erase/", views.propose, name="propose"),
    path("referrals/<uuid:referral_id>/keeping/", views.referral_keeping, name="referral-keeping"),
    path("referrals/<uuid:referral_id>/keeping/hold/", views.hold_referral, name="hold-referral"),
    path(
        "referrals/<uuid:referral_id>/keeping/erase/",
        views.propose_of_referral,
        name="propose-of-referral",
    ),
    path("keeping/holds/<uuid:pk>/end/", views.end_hold, name="end-hold"),
    path("keeping/erasures/<uuid:pk>/erase/", views.answer, name="answer"),
    path("keeping/erasures/<uuid:pk>/keep/", views.keep, name="keep"),
]
