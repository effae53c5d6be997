"""Addresses of this room."""

from django.urls import path

from . import day_views, views

urlpatterns = [
    path("requests/<int:pk>/ask/", views.question_new, name="question_new"),
    path("questions/<int:pk>/", views.question, name="question"),
    path("pledges/<int:pk>/write/", views.message_new, name="message_new"),
    path("answer/<str:token>/", views.message_by_link, name="message_by_link"),
    path("pledges/<int:pk>/days/", day_views.day_new, name="day_new"),
    path("days/<int:pk>/choose/", day_views.day_choose, name="day_choose"),
    path("days/<int:pk>/call-off/", day_views.day_cancel, name="day_cancel"),
    path("days/<str:token>/day.ics", day_views.day_file, name="day_file"),
    path("calendar/<str:token>/days.ics", day_views.day_feed, name="day_feed"),
    path("complaint/", views.complaint_new, name="complaint_new"),
    path("report/", views.report_new, name="report_new"),
]
