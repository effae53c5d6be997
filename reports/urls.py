from django.urls import path

from . import views

urlpatterns = [
    path("delivered/", views.delivered, name="delivered"),
    path("how-it-goes/", views.how_it_goes, name="how_it_goes"),
]
