from django.urls import path

from . import views

urlpatterns = [path("delivered/", views.delivered, name="delivered")]
