from django.urls import path

from alongside.agreements import views

app_name = "agreements"
urlpatterns = [
    path("stays/<uuid:stay_id>/agreements/", views.agreements, name="agreements"),
    path("stays/<uuid:stay_id>/agreements/<slug:key>/", views.agreement, name="agreement"),
    path("stays/<uuid:stay_id>/agreements/<slug:key>/explain/", views.explain, name="explain"),
    path("explanations/<uuid:explanation_id>/sign/", views.sign, name="sign"),
    path("explanations/<uuid:explanation_id>/countersign/", views.countersign, name="countersign"),
    path("explanations/<uuid:explanation_id>/refuse/", views.refuse, name="refuse"),
    path("explanations/<uuid:explanation_id>/give-copy/", views.give_copy, name="give-copy"),
    path("explanations/<uuid:explanation_id>/copy.pdf", views.copy, name="copy"),
    path("stays/<uuid:stay_id>/breaches/", views.breaches, name="breaches"),
    path("stays/<uuid:stay_id>/breaches/record/", views.record_breach, name="record-breach"),
    path("stays/<uuid:stay_id>/breaches/<uuid:breach_id>/", views.breach, name="breach"),
    path("schemes/<slug:scheme>/agreements/", views.scheme_agreements, name="scheme-agreements"),
    path("schemes/<slug:scheme>/agreements/<slug:key>/publish/", views.publish, name="publish"),
]
