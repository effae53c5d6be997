from django.urls import path

from . import views

urlpatterns = [
    path("organisations/<int:pk>/offer/", views.supplier_profile, name="supplier_profile"),
]
