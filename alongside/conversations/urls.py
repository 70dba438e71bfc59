from django.urls import path

from alongside.conversations import views

app_name = "conversations"
urlpatterns = [
    path("schemes/<slug:scheme>/messages/", views.here, name="here"),
    path("schemes/<slug:scheme>/messages/new/", views.begin, name="begin"),
    path("people/<uuid:stay_id>/messages/", views.about, name="about"),
    path("messages/<uuid:conversation_id>/", views.one, name="one"),
    path("messages/<uuid:conversation_id>/reply/", views.reply, name="reply"),
    path("messages/<uuid:conversation_id>/read/", views.read, name="read"),
    path("messages/<uuid:conversation_id>/add/", views.add, name="add"),
    path("messages/<uuid:conversation_id>/close/", views.close, name="close"),
    path("messages/of/<uuid:message_id>/put-right/", views.put_right, name="put-right"),
    path("messages/of/<uuid:message_id>/take-back/", views.take_back, name="take-back"),
    path("messages/in/<uuid:member_id>/out/", views.take_out, name="take-out"),
]
