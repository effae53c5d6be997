"""Addresses: nouns in paths, verbs at the end."""

from django.urls import path

from .views import delivering, feeds, organisations, pledging, posting
from .views import requests as finding

urlpatterns = [
    path("requests/", finding.requests, name="requests"),
    path("requests/feed.atom", feeds.requests_atom, name="requests_atom"),
    path("requests/days.ics", feeds.requests_ics, name="requests_ics"),
    path("places/outcodes.json", finding.outcodes, name="outcodes"),
    path("requests/new/", posting.request_new, name="request_new"),
    path("requests/new/<int:organisation>/", posting.request_new_step, name="request_new_step"),
    path("requests/<int:pk>/", finding.request_page, name="request"),
    path("requests/<int:pk>/edit/<slug:step>/", posting.request_edit, name="request_edit"),
    path(
        "requests/<int:pk>/pictures/<int:upload>/remove/",
        posting.request_picture_remove,
        name="request_picture_remove",
    ),
    path("who/<int:pk>/", organisations.organisation_public, name="organisation_public"),
    path("requests/<int:pk>/progress/", finding.request_progress, name="request_progress"),
    path("requests/<int:pk>/check/", posting.request_check, name="request_check"),
    path("requests/<int:pk>/submitted/", posting.request_submitted, name="request_submitted"),
    path("requests/<int:pk>/take-back/", posting.request_take_back, name="request_take_back"),
    path("requests/<int:pk>/discard/", posting.request_discard, name="request_discard"),
    path("requests/<int:pk>/close/", posting.request_close, name="request_close"),
    path("requests/<int:pk>/reopen/", posting.request_reopen, name="request_reopen"),
    path("requests/<int:pk>/copy/", finding.request_copy, name="request_copy"),
    path("r/<int:pk>/", finding.request_short, name="request_short"),
    path("requests/<int:pk>/keep/", finding.request_keep, name="request_keep"),
    path("requests/<int:pk>/pledge/", pledging.pledge_new, name="pledge_new"),
    path("requests/<int:pk>/pledge/<int:supplier>/", pledging.pledge_new, name="pledge_new_as"),
    path("pictures/<int:pk>/", finding.picture, name="picture"),
    path("pictures/<int:pk>/<int:width>.avif", finding.picture, {"kind": "avif"}, name="picture_avif"),
    path("pictures/<int:pk>/<int:width>.webp", finding.picture, {"kind": "webp"}, name="picture_webp"),
    path("pledges/<int:pk>/", pledging.pledge_page, name="pledge"),
    path("pledges/<int:pk>/accept/", pledging.pledge_accept, name="pledge_accept"),
    path("pledges/<int:pk>/decline/", pledging.pledge_decline, name="pledge_decline"),
    path("pledges/<int:pk>/withdraw/", pledging.pledge_withdraw, name="pledge_withdraw"),
    path("pledges/<int:pk>/hosting/", pledging.hosting_received, name="hosting_received"),
    path("pledges/<int:pk>/finish/", pledging.pledge_finish, name="pledge_finish"),
    path("pledges/<int:pk>/deliver/", delivering.delivery_new, name="delivery_new"),
    path("deliveries/<int:pk>/", delivering.delivery_page, name="delivery"),
    path("deliveries/<int:pk>/confirm/", delivering.delivery_confirm, name="delivery_confirm"),
    path("deliveries/<int:pk>/thanks/hide/", delivering.thanks_hide, name="thanks_hide"),
    path("deliveries/<int:pk>/amend/", delivering.delivery_amend, name="delivery_amend"),
    path("deliveries/<int:pk>/withdraw/", delivering.delivery_withdraw, name="delivery_withdraw"),
    path("deliveries/<int:pk>/answer/", delivering.delivery_answer, name="delivery_answer"),
    path("still-needed/<str:token>/", posting.still_needed, name="still_needed"),
    path("confirm/<str:token>/", delivering.delivery_by_link, name="delivery_by_link"),
    path("evidence/<int:pk>/", delivering.evidence, name="evidence"),
]
