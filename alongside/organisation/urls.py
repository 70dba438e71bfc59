from django.urls import path

from alongside.organisation import views

app_name = "organisation"
urlpatterns = [
    path("scheme/", views.choose_scheme, name="choose-scheme"),
]
