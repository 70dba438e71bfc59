from django.urls import path

from alongside.portal.views import door, home, plan, signing

app_name = "portal"
urlpatterns = [
    path("stays/<uuid:stay_id>/together/", door.hand_over, name="hand-over"),
    path("stays/<uuid:stay_id>/together/address/", door.give_address, name="give-address"),
    path("stays/<uuid:stay_id>/together/address/close/", door.close_address, name="close-address"),
    path("stays/<uuid:stay_id>/card/", home.card, name="card"),
    path("my/photo/", home.photo, name="photo"),
    path("my/pin/", door.pin, name="pin"),
    path("my/in/<slug:code>/", door.phone, name="phone"),
    path("my/as/", door.be, name="as"),
    path("my/finish/", door.finish, name="finish"),
    path("my/here/", door.here, name="here"),
    path("my/drafts/", door.here, name="drafts"),
    path("my/drafts/<path:form>/", door.draft, name="draft"),
    path("my/", home.home, name="home"),
    path("my/sessions/", home.sessions, name="sessions"),
    path("my/stage/", home.stage, name="stage"),
    path("my/stage/<str:code>/", home.offer, name="offer"),
    path("my/who-looked/", home.who_looked, name="who-looked"),
    path("my/evidence/<uuid:pk>/", home.file, name="file"),
    path("my/plan/", plan.plan, name="plan"),
    path("my/plan/words/", plan.own_words, name="own-words"),
    path("my/plan/idea/", plan.propose, name="propose"),
    path("my/plan/actions/<uuid:action_id>/", plan.done, name="done"),
    path("my/plan/actions/<uuid:action_id>/answer/", plan.respond, name="respond"),
    path("my/plan/<uuid:plan_id>/sign/", signing.sign_plan, name="sign-plan"),
    path("my/plan/<uuid:plan_id>/refuse/", signing.sign_plan, {"answer": "no"}, name="refuse-plan"),
    path("my/week/", plan.week, name="week"),
    path("my/week/lines/<uuid:line_id>/", plan.result, name="result"),
    path("my/week/<uuid:form_id>/sign/", signing.sign_week, name="sign-week"),
    path("my/week/<uuid:form_id>/refuse/", signing.sign_week, {"answer": "no"}, name="refuse-week"),
    path("my/agreements/", signing.all_agreements, name="agreements"),
    path("my/agreements/<slug:key>/", signing.agreement, name="agreement"),
    path(
        "my/agreements/<slug:key>/refuse/",
        signing.agreement,
        {"answer": "no"},
        name="refuse-agreement",
    ),
]
