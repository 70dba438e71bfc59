from django.urls import path

from alongside.today.views import months, today

app_name = "today"
urlpatterns = [
    path("", today.today, name="today"),
    path("schemes/<slug:scheme>/months/", months.months, name="months"),
    path("schemes/<slug:scheme>/months/close/", months.close, name="close-month"),
    path("months/<uuid:month_id>/", months.month, name="month"),
]
