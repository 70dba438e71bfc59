from django.urls import path

from alongside.drafts import views

app_name = "drafts"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("<path:form>/", views.draft, name="draft"),
]
