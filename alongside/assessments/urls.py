from django.urls import path

from alongside.assessments import views

app_name = "assessments"
urlpatterns = [
    path("stays/<uuid:stay_id>/assessments/", views.progress, name="progress"),
    path(
        "stays/<uuid:stay_id>/assessments/start/", views.start_assessment, name="start-assessment"
    ),
    path("assessments/<uuid:assessment_id>/", views.assessment, name="assessment"),
    path("assessments/<uuid:assessment_id>/answer/", views.answer, name="answer"),
    path("assessments/<uuid:assessment_id>/complete/", views.complete_assessment, name="complete"),
    path("assessments/<uuid:assessment_id>/correct/", views.correct_assessment, name="correct"),
]
