from django.urls import path

from alongside.moving_on.views import asking, files, schemes

app_name = "moving_on"
urlpatterns = [
    path("schemes/<slug:scheme>/moving-on/", schemes.moving_on_here, name="moving-on-here"),
    path("schemes/<slug:scheme>/providers/", schemes.providers, name="providers"),
    path("schemes/<slug:scheme>/providers/new/", schemes.new_provider, name="new-provider"),
    path("providers/<uuid:provider_id>/remove/", schemes.remove, name="remove-provider"),
    path("stays/<uuid:stay_id>/moving-on/", files.moving_on, name="moving-on"),
    path("stays/<uuid:stay_id>/moving-on/housing/", files.housing, name="housing"),
    path("stays/<uuid:stay_id>/moving-on/new-home/", files.new_home, name="new-home"),
    path("stays/<uuid:stay_id>/moving-on/add/<slug:what>/", asking.record, name="record"),
    path("moving-on/<slug:what>/<uuid:pk>/", asking.follow_up, name="follow-up"),
]
