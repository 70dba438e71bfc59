from django.urls import path

from alongside.reminders import views

app_name = "reminders"
urlpatterns = [path("my/e-mails/", views.my_mail, name="my-mail")]
