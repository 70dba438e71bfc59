from django.urls import path

from alongside.keywork.views import notes, sessions, week

app_name = "keywork"
_stay, _scheme = "stays/<uuid:stay_id>", "schemes/<slug:scheme>"
urlpatterns = [
    path(f"{_stay}/notes/", notes.notes, name="notes"),
    path(f"{_stay}/notes/write/", notes.write_note, name="write-note"),
    path(f"{_scheme}/notes/write/", notes.quick_note, name="quick-note"),
    path("notes/<uuid:note_id>/", notes.note, name="note"),
    path("notes/<uuid:note_id>/correct/", notes.correct_note, name="correct-note"),
    path("notes/<uuid:note_id>/move/", notes.move_note, name="move-note"),
    path("notes/<uuid:note_id>/remove/", notes.remove_note, name="remove-note"),
    path(f"{_stay}/key-work/", sessions.sessions, name="sessions"),
    path(f"{_stay}/key-work/book/", sessions.book_session, name="book-session"),
    path(f"{_stay}/key-work/record-session/", sessions.record_session, name="record-session"),
    path(f"{_stay}/key-work/report/", sessions.write_report, name="write-report"),
    path("bookings/<uuid:booking_id>/", sessions.booking, name="booking"),
    path("bookings/<uuid:booking_id>/move/", sessions.move_booking, name="move-booking"),
    path("bookings/<uuid:booking_id>/cancel/", sessions.cancel_booking, name="cancel-booking"),
    path("bookings/<uuid:booking_id>/missed/", sessions.record_missed, name="record-missed"),
    path("bookings/<uuid:booking_id>/explain/", sessions.explain_missed, name="explain-missed"),
    path("bookings/<uuid:booking_id>/prepare/", sessions.prepare_session, name="prepare-session"),
    path("reports/<uuid:report_id>/", sessions.report, name="report"),
    path(f"{_scheme}/key-work/", week.week, name="week"),
    path(f"{_scheme}/key-work/slots/", week.slots, name="slots"),
    path(f"{_scheme}/key-work/booking-sheet/", week.booking_sheet, name="booking-sheet"),
    path("slots/<uuid:slot_id>/withdraw/", week.withdraw_slot, name="withdraw-slot"),
]
