from django.urls import path

from alongside.paperwork import views

app_name = "paperwork"
urlpatterns = [
    path("stays/<uuid:stay_id>/forms/", views.forms_here, name="forms"),
    path("stays/<uuid:stay_id>/forms/<slug:key>/", views.fill_in, name="fill-in"),
    path("forms/<uuid:sheet_id>/", views.form, name="form"),
    path("forms/<uuid:sheet_id>/go-on/", views.go_on, name="go-on"),
    path("forms/<uuid:sheet_id>/put-right/", views.put_right, name="put-right"),
    path("forms/<uuid:sheet_id>/sign/<slug:party>/", views.sign, name="sign"),
    path("forms/<uuid:sheet_id>/refuse/", views.refuse, name="refuse"),
    path("forms/<uuid:sheet_id>/paper/", views.paper, name="paper"),
]
