"""Addresses of this room."""

from django.urls import path

from . import views

urlpatterns = [
    path("offers/", views.offers, name="offers"),
    path("offers/new/", views.offer_new, name="offer_new"),
    path("offers/new/<int:supplier>/", views.offer_new, name="offer_new_as"),
    path("offers/<int:pk>/", views.offer, name="offer"),
    path("offers/<int:pk>/edit/", views.offer_edit, name="offer_edit"),
    path("offers/<int:pk>/submit/", views.offer_submit, name="offer_submit"),
    path("offers/<int:pk>/take-back/", views.offer_take_back, name="offer_take_back"),
    path("offers/<int:pk>/close/", views.offer_close, name="offer_close"),
    path("offers/<int:pk>/ask/", views.ask_new, name="ask_new"),
    path("asks/<int:pk>/", views.ask, name="ask"),
    path("asks/<int:pk>/give/", views.ask_grant, name="ask_grant"),
    path("asks/<int:pk>/decline/", views.ask_decline, name="ask_decline"),
    path("asks/<int:pk>/take-back/", views.ask_take_back, name="ask_take_back"),
]
