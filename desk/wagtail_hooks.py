"""Addresses of the desk in the staff admin."""

from django.urls import path
from wagtail import hooks

from . import views


@hooks.register("register_admin_urls")
def register_urls():
    return [
        path("desk/<slug:name>/<int:pk>/", views.hold, name="case_hold"),
        path("desk/views/keep/", views.view_keep, name="view_keep"),
        path("desk/views/<int:pk>/drop/", views.view_drop, name="view_drop"),
    ]
