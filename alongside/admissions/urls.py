from django.urls import path

from alongside.admissions import views

app_name = "admissions"
urlpatterns = [
    path("schemes/<slug:scheme>/arrivals/", views.arrivals, name="arrivals"),
    path("schemes/<slug:scheme>/arrivals/begin/", views.begin, name="begin"),
    path("referrals/<uuid:referral_id>/admit/", views.begin_from_referral, name="admit-referral"),
    path("admissions/<uuid:admission_id>/", views.admission, name="admission"),
    path("admissions/<uuid:admission_id>/abandon/", views.abandon, name="abandon"),
    path("admissions/<uuid:admission_id>/<slug:key>/", views.step, name="step"),
    path("stays/<uuid:stay_id>/induction/", views.induction, name="induction"),
    path("stays/<uuid:stay_id>/induction/later/", views.plan_induction, name="plan-induction"),
    path("stays/<uuid:stay_id>/induction/held/", views.hold_induction, name="hold-induction"),
    path(
        "stays/<uuid:stay_id>/induction/refused/", views.refuse_induction, name="refuse-induction"
    ),
    path(
        "inductions/<uuid:induction_id>/sign/<slug:party>/",
        views.sign_induction,
        name="sign-induction",
    ),
    path("stays/<uuid:stay_id>/move-on/", views.move_on, name="move-on"),
]
