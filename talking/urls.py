"""Addresses of this room."""

from django.urls import path

from . import day_views, views, volunteer_views

urlpatterns = [
    path("requests/<int:pk>/ask/", views.question_new, name="question_new"),
    path("questions/<int:pk>/", views.question, name="question"),
    path("questions/<int:pk>/take-back/", views.question_take_back, name="question_take_back"),
    path("pledges/<int:pk>/write/", views.message_new, name="message_new"),
    path("answer/<str:token>/", views.message_by_link, name="message_by_link"),
    path("pledges/<int:pk>/days/", day_views.day_new, name="day_new"),
    path("days/<int:pk>/choose/", day_views.day_choose, name="day_choose"),
    path("days/<int:pk>/call-off/", day_views.day_cancel, name="day_cancel"),
    path("days/<str:token>/day.ics", day_views.day_file, name="day_file"),
    path("calendar/<str:token>/days.ics", day_views.day_feed, name="day_feed"),
    path("requests/<int:pk>/days/", volunteer_views.days, name="volunteer_days"),
    path("requests/<int:pk>/days/new/", volunteer_views.day_new, name="volunteer_day_new"),
    path("volunteer-days/<int:pk>/call-off/", volunteer_views.day_call_off, name="volunteer_day_call_off"),
    path("volunteer-days/<str:token>/day.ics", volunteer_views.day_file, name="volunteer_day_file"),
    path("tasks/<int:pk>/places/", volunteer_views.places_new, name="places_new"),
    path("places/<int:pk>/", volunteer_views.booking, name="booking"),
    path("complaint/", views.complaint_new, name="complaint_new"),
    path("report/", views.report_new, name="report_new"),
]
