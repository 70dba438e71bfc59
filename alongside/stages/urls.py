from django.urls import path

from alongside.stages.views import evidence, moves, reports, sheet, tasks

app_name = "stages"
urlpatterns = [
    path("stays/<uuid:stay_id>/stages/", sheet.stage_sheet, name="stage-sheet"),
    path("stays/<uuid:stay_id>/stages/paper/", sheet.paper, name="paper"),
    path("stays/<uuid:stay_id>/stages/history/", moves.history, name="history"),
    path("stays/<uuid:stay_id>/stages/notes/", sheet.notes, name="notes"),
    path("stays/<uuid:stay_id>/stages/reconcile/", evidence.reconcile, name="reconcile"),
    path("stays/<uuid:stay_id>/stages/move/<slug:what>/", moves.move, name="move"),
    path("stays/<uuid:stay_id>/stages/tasks/<str:code>/", tasks.task, name="task"),
    path("stays/<uuid:stay_id>/stages/tasks/<str:code>/verify/", tasks.verify, name="verify"),
    path("stays/<uuid:stay_id>/stages/tasks/<str:code>/offer/", evidence.offer, name="offer"),
    path("stays/<uuid:stay_id>/stages/tasks/<str:code>/confirm/", evidence.confirm, name="confirm"),
    path("stays/<uuid:stay_id>/stages/tasks/<str:code>/<slug:what>/", tasks.decide, name="decide"),
    path("evidence/<uuid:pk>/read/", evidence.read, name="read"),
    path("evidence/<uuid:pk>/dispute/", evidence.dispute, name="dispute"),
    path("evidence/<uuid:pk>/file/", evidence.file, name="file"),
    path("stage-moves/<uuid:pk>/told/", moves.told, name="told"),
    path("stage-moves/<uuid:pk>/lift/", moves.lift, name="lift"),
    path("stage-moves/<uuid:pk>/certificate/", moves.certificate, name="certificate"),
    path("schemes/<slug:scheme>/stages/", reports.outcome, name="outcome"),
    path("schemes/<slug:scheme>/stages/variations/", reports.variations, name="variations"),
]
