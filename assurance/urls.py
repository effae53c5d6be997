from django.urls import path

from . import views

urlpatterns = [
    path("assurance/", views.assurance, name="assurance"),
    path("assurance/<int:pk>/", views.sample, name="sample"),
]
