from django.urls import path

from alongside.building import views

app_name = "building"
urlpatterns = [
    path("stays/<uuid:stay_id>/nights-out/", views.nights_out, name="nights-out"),
    path("stays/<uuid:stay_id>/nights-out/book/", views.book_night_out, name="book-night-out"),
    path("nights-out/<uuid:pk>/cancel/", views.cancel_night_out, name="cancel-night-out"),
    path("nights-out/<uuid:pk>/<slug:what>/", views.step, name="step"),
    path("schemes/<slug:scheme>/evening-meal/", views.evening_meal, name="evening-meal"),
    path("schemes/<slug:scheme>/door/", views.door, name="door"),
]
