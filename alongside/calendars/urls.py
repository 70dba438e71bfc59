from django.urls import path

from alongside.calendars import views

app_name = "calendars"
urlpatterns = [
    path("calendar/", views.mine, name="mine"),
    path("calendar/close/", views.close, name="close"),
    path("calendar/<str:secret>.ics", views.feed, name="feed"),
    path("bookings/<uuid:booking_id>/calendar.ics", views.booking, name="booking"),
    path("reviews/<uuid:review_id>/calendar.ics", views.review, name="review"),
]
