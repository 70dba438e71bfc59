from django.urls import path

from alongside.chores import views

app_name = "chores"
urlpatterns = [
    path("schemes/<slug:scheme>/house-duties/", views.week, name="week"),
    path("schemes/<slug:scheme>/house-duties/give/", views.give, name="give"),
    path("schemes/<slug:scheme>/house-duties/check/", views.check, name="check"),
    path("house-duties/<uuid:pk>/take-back/", views.take_back, name="take-back"),
    path("stays/<uuid:stay_id>/house-duties/", views.of_one, name="of-one"),
]
