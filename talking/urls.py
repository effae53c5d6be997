"""Addresses of this room."""

from django.urls import path

from . import views

urlpatterns = [
    path("requests/<int:pk>/ask/", views.question_new, name="question_new"),
    path("questions/<int:pk>/", views.question, name="question"),
    path("pledges/<int:pk>/write/", views.message_new, name="message_new"),
    path("answer/<str:token>/", views.message_by_link, name="message_by_link"),
    path("report/", views.report_new, name="report_new"),
]
