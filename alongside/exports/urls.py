from django.urls import path

from alongside.exports import views

app_name = "exports"
urlpatterns = [
    path("schemes/<slug:scheme>/take-out/<slug:what>/", views.take_out, name="take-out"),
    path("schemes/<slug:scheme>/what-left/", views.left, name="left"),
    path("exports/<uuid:export_id>/", views.export, name="export"),
    path("exports/<uuid:export_id>/file/", views.file, name="file"),
    path("exports/<uuid:export_id>/release/", views.release, name="release"),
    path("exports/<uuid:export_id>/decline/", views.decline, name="decline"),
    path("exports/<uuid:export_id>/end/", views.withdraw, name="withdraw"),
]
