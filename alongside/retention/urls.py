from django.urls import path

from alongside.retention import views

app_name = "retention"
urlpatterns = [
    path("schemes/<slug:scheme>/keeping/", views.queue, name="queue"),
    path(
        "schemes/<slug:scheme>/keeping/team/<uuid:leaver_id>/",
        views.leaver_keeping,
        name="leaver-keeping",
    ),
    path(
        "schemes/<slug:scheme>/keeping/team/<uuid:leaver_id>/hold/",
        views.hold_leaver,
        name="hold-leaver",
    ),
    path(
        "schemes/<slug:scheme>/keeping/team/<uuid:leaver_id>/erase/",
        views.propose_of_leaver,
        name="propose-of-leaver",
    ),
    path(
        "keeping/team/holds/<uuid:staff_hold_id>/end/",
        views.end_leaver_hold,
        name="end-leaver-hold",
    ),
    path(
        "keeping/team/<uuid:staff_erasure_id>/erase/",
        views.answer_of_leaver,
        name="answer-of-leaver",
    ),
    path("keeping/team/<uuid:staff_erasure_id>/keep/", views.keep_leaver, name="keep-leaver"),
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
