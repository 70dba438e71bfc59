from django.urls import path

from alongside.accommodation import views

app_name = "accommodation"
urlpatterns = [
    path("schemes/<slug:scheme>/beds/add/", views.add_bed, name="add-bed"),
    path("beds/<uuid:bed_id>/", views.bed, name="bed"),
    path("beds/<uuid:bed_id>/out-of-use/", views.take_out_of_use, name="take-out-of-use"),
    path("beds/<uuid:bed_id>/return/", views.return_to_use, name="return-to-use"),
    path("beds/<uuid:bed_id>/close/", views.close_bed, name="close-bed"),
    path("beds/<uuid:bed_id>/fault/", views.report_fault, name="report-fault"),
    path("beds/faults/<uuid:fault_id>/mended/", views.mend_fault, name="mend-fault"),
]
