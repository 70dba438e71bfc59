from django.urls import path

from alongside.other_duties import views

app_name = "other_duties"
urlpatterns = [
    path("schemes/<slug:scheme>/other-duties/", views.here, name="here"),
    path("schemes/<slug:scheme>/other-duties/give/", views.give, name="give"),
    path("other-duties/<uuid:other_duty_id>/", views.one, name="one"),
    path("other-duties/<uuid:other_duty_id>/answer/", views.answer, name="answer"),
    path("other-duties/<uuid:other_duty_id>/change/", views.change, name="change"),
    path("other-duties/<uuid:other_duty_id>/take-back/", views.take_back, name="take-back"),
    path("other-duties/<uuid:other_duty_id>/reopen/", views.reopen, name="reopen"),
]
