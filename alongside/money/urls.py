from django.urls import path

from alongside.money import views

app_name = "money"
urlpatterns = [
    path("stays/<uuid:stay_id>/money/", views.money, name="money"),
    path("stays/<uuid:stay_id>/money/<slug:what>/", views.record, name="record"),
    path("money/<slug:what>/<uuid:pk>/", views.follow_up, name="follow-up"),
]
