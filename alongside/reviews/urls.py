from django.urls import path

from alongside.reviews.views import around, meeting, outcome, scheme

app_name = "reviews"
urlpatterns = [
    path("stays/<uuid:stay_id>/reviews/", around.reviews, name="reviews"),
    path("stays/<uuid:stay_id>/reviews/set-up/", around.set_up_review, name="set-up"),
    path("reviews/<uuid:review_id>/", around.review, name="review"),
    path("reviews/<uuid:review_id>/paper.pdf", around.review_paper, name="paper"),
    path("reviews/<uuid:review_id>/move/", meeting.move_review, name="move"),
    path("reviews/<uuid:review_id>/cancel/", meeting.cancel_review, name="cancel"),
    path("reviews/<uuid:review_id>/wish/", meeting.say_whom_they_want, name="wish"),
    path("reviews/<uuid:review_id>/invite-staff/", meeting.invite_staff, name="invite-staff"),
    path("reviews/<uuid:review_id>/invite-agency/", meeting.invite_agency, name="invite-agency"),
    path("reviews/<uuid:review_id>/send/", meeting.send_invitations, name="send"),
    path("reviews/<uuid:review_id>/agenda/add/", meeting.add_agenda_item, name="add-agenda-item"),
    path("reviews/agenda/<uuid:line_id>/take-off/", meeting.take_off, name="take-off"),
    path("reviews/invitations/<uuid:invitation_id>/reply/", meeting.record_reply, name="reply"),
    path("reviews/invitations/<uuid:invitation_id>/withdraw/", meeting.withdraw, name="withdraw"),
    path("reviews/<uuid:review_id>/hold/", outcome.hold_review, name="hold"),
    path("reviews/<uuid:review_id>/outcome/", outcome.write_outcome, name="outcome"),
    path("reviews/<uuid:review_id>/decide/", outcome.decide, name="decide"),
    path("reviews/decisions/<uuid:decision_id>/take-back/", outcome.take_back, name="take-back"),
    path("reviews/<uuid:review_id>/sign/", outcome.sign_as_resident, name="sign-as-resident"),
    path("reviews/<uuid:review_id>/sign-as-worker/", outcome.sign_as_worker, name="sign-as-worker"),
    path("reviews/<uuid:review_id>/refuse/", outcome.refuse, name="refuse"),
    path("reviews/<uuid:review_id>/complete/", outcome.complete_review, name="complete"),
    path("reviews/<uuid:review_id>/addendum/", outcome.add_addendum, name="addendum"),
    path("reviews/<uuid:review_id>/feedback/", outcome.give_feedback, name="feedback"),
    path("schemes/<slug:scheme>/reviews/", scheme.reviews, name="scheme-reviews"),
    path("schemes/<slug:scheme>/reviews/team/", scheme.team_agenda, name="team-agenda"),
    path("reviews/team/<uuid:report_id>/answer/", scheme.answer_report, name="answer-report"),
]
