from django.urls import path

from alongside.sharing import views

app_name = "sharing"
urlpatterns = [
    path("stays/<uuid:stay_id>/sharing/", views.sharing, name="sharing"),
    path("stays/<uuid:stay_id>/sharing/agree/", views.consent, name="consent"),
    path("stays/<uuid:stay_id>/sharing/tell/", views.share, name="share"),
    path("sharing/<uuid:pk>/withdraw/", views.withdraw, name="withdraw"),
]
