from django.urls import path

from alongside.overview import views

app_name = "overview"
urlpatterns = [
    path("stays/<uuid:stay_id>/whole/", views.whole, name="whole"),
    path("stays/<uuid:stay_id>/who-does-what/", views.together, name="together"),
    path("stays/<uuid:stay_id>/answers/", views.answers, name="answers"),
    path("stays/<uuid:stay_id>/answers/paper/", views.answers_paper, name="answers-paper"),
    path("stays/<uuid:stay_id>/own-words/", views.voice, name="voice"),
    path("referrals/<uuid:referral_id>/visits/", views.visits, name="visits"),
    path("referrals/<uuid:referral_id>/visits/new/", views.new_visit, name="new-visit"),
    path("schemes/<slug:scheme>/how-current/", views.current, name="current"),
    path("schemes/<slug:scheme>/unowned/", views.unowned, name="unowned"),
]
