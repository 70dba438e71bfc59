from django.urls import path

from alongside.aftercare import views

app_name = "aftercare"
urlpatterns = [
    path("schemes/<slug:scheme>/aftercare/", views.aftercare_here, name="aftercare-here"),
    path("stays/<uuid:stay_id>/aftercare/", views.aftercare, name="aftercare"),
    path("stays/<uuid:stay_id>/aftercare/open/", views.begin, name="open"),
    path("stays/<uuid:stay_id>/tenancy/", views.tenancy, name="tenancy"),
    path("stays/<uuid:stay_id>/tenancy/new/", views.new_concern, name="new-concern"),
    path("aftercare/plans/<uuid:plan_id>/sign/<slug:party>/", views.sign, name="sign"),
    path("aftercare/<slug:what>/<uuid:pk>/", views.follow_up, name="follow-up"),
]
