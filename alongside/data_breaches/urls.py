from django.urls import path

from alongside.data_breaches import views

app_name = "data_breaches"
urlpatterns = [
    path("schemes/<slug:scheme>/data-breaches/", views.register, name="register"),
    path("schemes/<slug:scheme>/data-breaches/new/", views.record, name="record"),
    path("schemes/<slug:scheme>/data-breaches/report/", views.report, name="report"),
    path("data-breaches/<uuid:data_breach_id>/", views.one, name="one"),
    path("data-breaches/<uuid:data_breach_id>/correct/", views.correct, name="correct"),
    path("data-breaches/<uuid:data_breach_id>/tell/<slug:whom>/", views.tell, name="tell"),
    path("data-breaches/<uuid:data_breach_id>/not/<slug:whom>/", views.leave, name="leave-untold"),
    path("data-breaches/<uuid:data_breach_id>/close/", views.close, name="close"),
    path("data-breaches/<uuid:data_breach_id>/reopen/", views.reopen, name="reopen"),
]
