from django.urls import path

from alongside.money import views

app_name = "money"
urlpatterns = [
    path("stays/<uuid:stay_id>/money/", views.money, name="money"),
    path("stays/<uuid:stay_id>/money/<slug:what>/", views.record, name="record"),
    path("schemes/<slug:scheme>/spending/", views.spending, name="spending"),
    path("schemes/<slug:scheme>/spending/new/", views.spend, name="spend"),
    path("spending/<uuid:spending_id>/", views.decide_spending, name="decide-spending"),
    path("money/<slug:what>/<uuid:pk>/", views.follow_up, name="follow-up"),
]
