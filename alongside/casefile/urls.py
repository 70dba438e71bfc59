from django.urls import path

from alongside.casefile import views

app_name = "casefile"
urlpatterns = [
    path("schemes/<slug:scheme>/residents/", views.residents, name="residents"),
    path("stays/<uuid:stay_id>/", views.casefile, name="casefile"),
    path("stays/<uuid:stay_id>/duties/", views.duties, name="duties"),
    path("stays/<uuid:stay_id>/details/", views.details, name="details"),
    path("stays/<uuid:stay_id>/details/amend/", views.amend_details, name="amend-details"),
    path("stays/<uuid:stay_id>/details/contact/", views.new_contact, name="new-contact"),
    path("duties/<uuid:duty_id>/excuse/", views.excuse_duty, name="excuse-duty"),
    path("search/", views.search, name="search"),
]
