from django.urls import path

from alongside.signatures import views

app_name = "signatures"
urlpatterns = [
    path("signatures/pin/", views.my_pin, name="my-pin"),
    path("stays/<uuid:stay_id>/signatures/pin/", views.resident_pin, name="resident-pin"),
]
