from django.urls import path

from alongside.organisation import views

app_name = "organisation"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-in/as/", views.sign_in_as, name="sign-in-as"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("scheme/", views.choose_scheme, name="choose-scheme"),
]
