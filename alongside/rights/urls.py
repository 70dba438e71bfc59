from django.urls import path

from alongside.rights import views

app_name = "rights"
urlpatterns = [
    path("file/<uuid:stay_id>/access/", views.access, name="access"),
    path("file/<uuid:stay_id>/access/limit/", views.limit, name="limit"),
    path("file/<uuid:stay_id>/access/close-to-me/", views.declare, name="declare"),
    path("file/<uuid:stay_id>/access/<uuid:limit_id>/end/", views.end_limit, name="end-limit"),
    path("file/<uuid:stay_id>/sealed/", views.sealed, name="sealed"),
    path("file/<uuid:stay_id>/sealed/write/", views.seal, name="seal"),
    path("file/<uuid:stay_id>/sealed/put/", views.put_under_seal, name="put-under-seal"),
    path("file/sealed/<uuid:sealed_id>/", views.unseal, name="unseal"),
    path("file/sealed/<uuid:sealed_id>/correct/", views.correct, name="correct"),
    path("file/sealed/<uuid:sealed_id>/lift/", views.lift, name="lift"),
    path("emergency/", views.emergency, name="emergency"),
    path("emergency/reviews/", views.reviews, name="reviews"),
    path("emergency/<uuid:opening_id>/", views.review, name="review"),
    path("emergency/<uuid:opening_id>/close/", views.close, name="close"),
]
