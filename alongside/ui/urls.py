from django.urls import path

from alongside.ui import views

app_name = "ui"
urlpatterns = [path("", views.style_page, name="style-page")]
