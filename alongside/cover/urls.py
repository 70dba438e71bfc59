from django.urls import path

from alongside.cover.views import answering, away, people

app_name = "cover"
urlpatterns = [
    path("schemes/<slug:scheme>/away/", away.team, name="team"),
    path("schemes/<slug:scheme>/away/leave/", away.ask_for_leave, name="ask-for-leave"),
    path("schemes/<slug:scheme>/away/sick/", away.report_sick, name="report-sick"),
    path("my-leave/", away.my_leave, name="my-leave"),
    path("absences/<uuid:absence_id>/", away.absence, name="absence"),
    path("absences/<uuid:absence_id>/approve/", away.approve, name="approve"),
    path("absences/<uuid:absence_id>/refuse/", away.refuse, name="refuse"),
    path("absences/<uuid:absence_id>/cancel/", away.cancel, name="cancel"),
    path("absences/<uuid:absence_id>/back/", away.back, name="back"),
    path("absences/<uuid:absence_id>/expect/", away.expect, name="expect"),
    path("absences/<uuid:absence_id>/cover/", away.ask_for_cover, name="ask-for-cover"),
    path("absences/<uuid:absence_id>/accept-all/", answering.accept_all, name="accept-all"),
    path("cover/<uuid:cover_id>/accept/", answering.accept, name="accept"),
    path("cover/<uuid:cover_id>/decline/", answering.decline, name="decline"),
    path("cover/<uuid:cover_id>/withdraw/", answering.withdraw, name="withdraw"),
    path("cover/<uuid:cover_id>/end/", answering.end, name="end"),
    path("sessions/<uuid:booking_id>/offer/", answering.offer_session, name="offer-session"),
    path("session-offers/<uuid:offer_id>/accept/", answering.accept_session, name="accept-session"),
    path(
        "session-offers/<uuid:offer_id>/decline/", answering.decline_session, name="decline-session"
    ),
    path("stays/<uuid:stay_id>/cover/", people.of_person, name="of-person"),
    path("stays/<uuid:stay_id>/cover/encourage/", people.encourage, name="encourage"),
    path("stays/<uuid:stay_id>/cover/ask/", people.ask_for_session, name="ask-for-session"),
    path("stays/<uuid:stay_id>/cover/<uuid:absence_id>/", people.arrange, name="arrange"),
]
