from django.urls import path

from alongside.rights.views import files, sealed

app_name = "rights"
urlpatterns = [
    path("file/<uuid:stay_id>/access/", files.access, name="access"),
    path("file/<uuid:stay_id>/access/limit/", files.limit, name="limit"),
    path("file/<uuid:stay_id>/access/close-to-me/", files.declare, name="declare"),
    path("file/<uuid:stay_id>/access/<uuid:limit_id>/end/", files.end_limit, name="end-limit"),
    path("file/<uuid:stay_id>/sealed/", sealed.sealed, name="sealed"),
    path("file/<uuid:stay_id>/sealed/write/", sealed.seal, name="seal"),
    path("file/<uuid:stay_id>/sealed/put/", sealed.put_under_seal, name="put-under-seal"),
    path("file/sealed/<uuid:sealed_id>/", sealed.unseal, name="unseal"),
    path("file/sealed/<uuid:sealed_id>/correct/", sealed.correct, name="correct"),
    path("file/sealed/<uuid:sealed_id>/lift/", sealed.lift, name="lift"),
    path("schemes/<slug:scheme>/seals-to-lift/", sealed.to_lift, name="to-lift"),
    path("file/liftings/<uuid:lifting_id>/", sealed.lifting_page, name="lifting"),
    path("file/liftings/<uuid:lifting_id>/lift/", sealed.lift_it, name="lift-it"),
    path("file/liftings/<uuid:lifting_id>/leave/", sealed.leave_sealed, name="leave-sealed"),
    path("file/liftings/<uuid:lifting_id>/take-back/", sealed.take_back, name="take-back"),
    path("emergency/", files.emergency, name="emergency"),
    path("emergency/reviews/", files.reviews, name="reviews"),
    path("emergency/<uuid:opening_id>/", files.review, name="review"),
    path("emergency/<uuid:opening_id>/close/", files.close, name="close"),
]
