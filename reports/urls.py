from django.urls import path

from . import views

urlpatterns = [
    path("delivered/", views.delivered, name="delivered"),
    path("certificates/<str:code>/", views.certificate, name="certificate"),
    path("deliveries/<int:pk>/certificate.pdf", views.certificate_file, name="certificate_file"),
    path("requests/<int:pk>/poster.pdf", views.request_poster, name="request_poster"),
    path("requests/form.pdf", views.request_form, name="request_form"),
    path("how-it-goes/", views.how_it_goes, name="how_it_goes"),
]
