from django.urls import path

from alongside.workshops import views

app_name = "workshops"
urlpatterns = [
    path("stays/<uuid:stay_id>/taking-part/", views.taking_part, name="taking-part"),
    path("stays/<uuid:stay_id>/taking-part/<slug:what>/", views.record, name="record"),
    path("taking-part/<slug:what>/<uuid:pk>/", views.follow_up, name="follow-up"),
    path("schemes/<slug:scheme>/workshops/", views.workshops, name="workshops"),
    path("schemes/<slug:scheme>/workshops/programme/", views.begin_programme, name="programme"),
    path("schemes/<slug:scheme>/workshops/plan/", views.plan_workshop, name="plan-workshop"),
    path("workshops/<uuid:pk>/register/", views.register, name="register"),
    path("workshops/<uuid:pk>/cancel/", views.cancel_workshop, name="cancel-workshop"),
]
