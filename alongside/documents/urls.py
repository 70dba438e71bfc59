from django.urls import path

from alongside.documents import views

app_name = "documents"
urlpatterns = [
    path("file/<uuid:stay_id>/documents/", views.documents, name="documents"),
    path("file/<uuid:stay_id>/documents/add/", views.add, name="add"),
    path("documents/<uuid:document_id>/", views.document, name="document"),
    path("documents/<uuid:document_id>/file/", views.file, name="file"),
    path("documents/<uuid:document_id>/replace/", views.replace, name="replace"),
]
