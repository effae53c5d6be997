from django.urls import path

from . import views

urlpatterns = [
    path("asked-to-improve/<int:pk>/", views.improvement_answer, name="improvement_answer"),
]
