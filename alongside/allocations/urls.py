from django.urls import path

from alongside.allocations.views import holding as views
from alongside.allocations.views import sharing

app_name = "allocations"
urlpatterns = [
    path("stays/<uuid:stay_id>/key-worker/", views.allocation, name="allocation"),
    path("stays/<uuid:stay_id>/key-worker/allocate/", views.allocate, name="allocate"),
    path("stays/<uuid:stay_id>/key-worker/wish/", views.record_wish, name="record-wish"),
    path("stays/<uuid:stay_id>/key-worker/ask/", views.ask_for_change, name="ask-for-change"),
    path(
        "stays/<uuid:stay_id>/key-worker/change/",
        views.change_key_worker,
        name="change-key-worker",
    ),
    path("stays/<uuid:stay_id>/key-worker/hand-over/", views.hand_over, name="hand-over"),
    path("stays/<uuid:stay_id>/key-worker/mark/", sharing.mark, name="mark"),
    path("stays/<uuid:stay_id>/key-worker/joint/", sharing.joint, name="joint"),
    path("stays/<uuid:stay_id>/key-worker/rate/", sharing.rate, name="rate"),
    path("shared-work/<uuid:arrangement_id>/log/", sharing.log, name="joint-log"),
    path("shared-work/<uuid:arrangement_id>/end/", sharing.end, name="end-joint"),
    path("key-worker-changes/<uuid:request_id>/", views.change, name="change"),
    path("key-worker-changes/<uuid:request_id>/feedback/", views.feed_back, name="feed-back"),
    path(
        "key-worker-changes/<uuid:request_id>/withdraw/",
        views.withdraw_change,
        name="withdraw-change",
    ),
    path("case-handovers/<uuid:handover_id>/accept/", views.accept_case, name="accept-case"),
    path("key-workers/<uuid:staff_id>/photo/", sharing.photo, name="photo"),
    path("schemes/<slug:scheme>/key-workers/", views.key_workers, name="key-workers"),
    path(
        "schemes/<slug:scheme>/key-workers/<uuid:staff_id>/",
        views.describe_worker,
        name="describe-worker",
    ),
    path(
        "schemes/<slug:scheme>/key-workers/<uuid:staff_id>/open-changes/",
        views.open_changes,
        name="open-changes",
    ),
]
