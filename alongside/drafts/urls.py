from django.urls import path

from alongside.drafts import views

app_name = "drafts"
urlpatterns = [path("<path:form>/", views.draft, name="draft")]
