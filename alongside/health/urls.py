from django.urls import path

from alongside.health import views

app_name = "health"
urlpatterns = [
    path("stays/<uuid:stay_id>/health/", views.health, name="health"),
    path("stays/<uuid:stay_id>/health/registration/", views.register_with, name="register-with"),
    path("stays/<uuid:stay_id>/health/reason/", views.medical_reason, name="medical-reason"),
    path("health/registration/<uuid:pk>/end/", views.end_registration, name="end-registration"),
    path("stays/<uuid:stay_id>/health/observe/", views.observe, name="observe"),
]
