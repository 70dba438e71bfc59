from django.urls import path

from alongside.subject_access import views

app_name = "subject_access"
urlpatterns = [
    path("stays/<uuid:stay_id>/own-data/", views.requests, name="requests"),
    path("stays/<uuid:stay_id>/own-data/ask/", views.take, name="take"),
    path("own-data/<uuid:pk>/", views.one, name="one"),
    path("own-data/<uuid:pk>/passages/", views.passages, name="passages"),
    path("own-data/<uuid:pk>/look-again/", views.look_again, name="look-again"),
    path("own-data/<uuid:pk>/words/", views.words, name="words"),
    path("own-data/passages/<uuid:pk>/", views.decide, name="decide"),
]
