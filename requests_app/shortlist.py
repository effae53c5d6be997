"""What somebody keeps for later, or came for before they had an account: there when they come back."""

from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

from .models import Request, Shortlisted

MOST = 50
OF_A_REQUEST = {"request", "pledge_new", "request_progress", "question_new"}


def keep(person, request):
    """Keep a request; twice changes nothing. The oldest falls out where there are too many."""
    Shortlisted.objects.get_or_create(person=person, request=request)
    kept = list(Shortlisted.objects.filter(person=person).values_list("pk", flat=True)[:MOST])
    Shortlisted.objects.filter(person=person).exclude(pk__in=kept).delete()


def leave(person, request):
    Shortlisted.objects.filter(person=person, request=request).delete()


def is_kept(person, request):
    return Shortlisted.objects.filter(person=person, request=request).exists()


def of(person):
    """Requests that somebody keeps and that are still public, the newest first."""
    kept = Shortlisted.objects.filter(person=person, request__live=True).values_list("request_id", flat=True)
    return Request.objects.in_order(list(kept[:MOST]))


def keep_what_was_wanted(person, address):
    """Keep the request that somebody wished to help with when they created an account: `address` led there."""
    try:
        found = resolve(urlsplit(address).path)
    except Resolver404:
        return
    if found.view_name in OF_A_REQUEST:
        wanted = Request.objects.filter(pk=found.kwargs["pk"], live=True).first()
        if wanted:
            keep(person, wanted)
