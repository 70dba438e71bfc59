from django.urls import path

from alongside.schemes import views

app_name = "schemes"
urlpatterns = [
    path("services/new/", views.new_scheme, name="new-scheme"),
    path("practice/<slug:scheme>/", views.practice, name="practice"),
    path("practice/<slug:scheme>/numbers/", views.numbers, name="numbers"),
    path("practice/<slug:scheme>/words/", views.words, name="words"),
    path("practice/<slug:scheme>/switches/", views.switches, name="switches"),
    path("practice/<slug:scheme>/decided/", views.decided, name="decided"),
    path("practice/<slug:scheme>/versions/", views.versions, name="versions"),
    path("practice/<slug:scheme>/versions/adopt/", views.adopt, name="adopt"),
    path("practice/<slug:scheme>/rehearse/", views.rehearse, name="rehearse"),
    path("practice/<slug:scheme>/service/", views.details, name="details"),
    path("practice/<slug:scheme>/aims/add/", views.add_aim, name="add-aim"),
    path(
        "practice/<slug:scheme>/aims/<slug:key>/withdraw/",
        views.withdraw_aim,
        name="withdraw-aim",
    ),
    path("practice/<slug:scheme>/aims/<slug:key>/reword/", views.reword_aim, name="reword-aim"),
    path(
        "practice/<slug:scheme>/aims/<slug:key>/take-back/",
        views.take_back_aim,
        name="take-back-aim",
    ),
    path("practice/<slug:scheme>/duties/add/", views.add_duty, name="add-duty"),
    path(
        "practice/<slug:scheme>/duties/<slug:key>/withdraw/",
        views.withdraw_duty,
        name="withdraw-duty",
    ),
    path(
        "practice/<slug:scheme>/change/<slug:section>/<slug:key>/<slug:field>/",
        views.change,
        name="change",
    ),
    path("file/<uuid:stay_id>/practice/", views.person, name="person"),
    path(
        "file/<uuid:stay_id>/practice/words/<slug:key>/",
        views.call_for_person,
        name="call-for-person",
    ),
    path(
        "file/<uuid:stay_id>/practice/<slug:key>/",
        views.vary_for_person,
        name="vary-for-person",
    ),
    path(
        "file/<uuid:stay_id>/practice/<slug:key>/<slug:field>/",
        views.change_for_person,
        name="change-for-person",
    ),
]
