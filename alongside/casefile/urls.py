from django.urls import path

from alongside.casefile.views import duties, files

app_name = "casefile"
urlpatterns = [
    path("schemes/<slug:scheme>/residents/", files.residents, name="residents"),
    path("stays/<uuid:stay_id>/", files.casefile, name="casefile"),
    path("stays/<uuid:stay_id>/duties/", duties.duties, name="duties"),
    path("stays/<uuid:stay_id>/details/", files.details, name="details"),
    path("stays/<uuid:stay_id>/details/amend/", files.amend_details, name="amend-details"),
    path("stays/<uuid:stay_id>/details/contact/", files.new_contact, name="new-contact"),
    path("stays/<uuid:stay_id>/details/moved-in/", duties.correct_date, name="correct-moved-in"),
    path("stays/<uuid:stay_id>/who-looked/", files.who_looked, name="who-looked"),
    path("stays/<uuid:stay_id>/who-looked/paper/", files.who_looked_paper, name="who-looked-paper"),
    path("duties/<uuid:duty_id>/", duties.duty, name="duty"),
    path("duties/<uuid:duty_id>/excuse/", duties.excuse_duty, name="excuse-duty"),
    path("duties/<uuid:duty_id>/why-missed/", duties.why_missed, name="why-missed"),
    path("search/", files.search, name="search"),
]
