from django.urls import path

from alongside.sheets import views

app_name = "sheets"
urlpatterns = [
    path("sheets/<uuid:sheet_id>/", views.sheet, name="sheet"),
]
