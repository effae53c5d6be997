from django.urls import path

from .views import alerts, matches

urlpatterns = [
    path("matches/", matches.matches, name="matches"),
    path("commitments/<int:pk>/matches/", matches.commitment_matches, name="commitment_matches"),
    path("requests/hint/", matches.request_hint, name="request_hint"),
    path("requests/<int:pk>/helpers/", matches.request_helpers, name="request_helpers"),
    path("needs/", matches.needs, name="needs"),
    path("alerts/", alerts.alerts, name="alerts"),
    path("alerts/new/", alerts.alert_new, name="alert_new"),
    path("alerts/matches/<int:pk>/", alerts.alert_matches, name="alert_matches"),
    path("alerts/<int:pk>/change/", alerts.alert_change, name="alert_change"),
    path("alerts/stop/<str:key>/", alerts.alert_stop, name="alert_stop"),
]
