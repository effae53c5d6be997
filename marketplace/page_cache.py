"""Pages for readers who are not signed in, kept by each worker until something they show is published.

One number in the database, read once a request, grows with every publication, in the same transaction: a page that
was kept under an older number is never served again, by any worker on any host. A page that shows live data is kept
for 25 seconds; with figures kept for 30 it is never more than a minute old. Every other page is kept for an hour, or
until midnight where dates on it may turn. The site and its front page, which Wagtail looks up for every page, are
kept under the same number, for readers who are signed in too.

The page of a request is kept for 25 seconds under what the request stands at, read once: a new figure, another version
or taking it down is seen at once, thanks, answers and places of a day within those seconds.
"""

import logging
from hashlib import sha256

from django.conf import settings
from django.core.cache import caches
from django.db import DatabaseError
from django.http import HttpResponse
from django.urls import Resolver404, resolve
from wagtail.models import Site

from guidance import publications
from guidance.upkeep import reads
from records.days import seconds_to_midnight
from requests_app import standing

from . import wire
from .speculation import is_ahead

LIVE_SECONDS = 25
STANDS_AT = {"request": standing.version}  # {name of an address: what its page stands at, None where it is not public}
LARGEST_BYTES = 500_000

log = logging.getLogger(__name__)


def kept_answer(kept):
    """(the answer that was kept, the id of its page)."""
    body, headers, page_id, packed = kept
    response = HttpResponse(body, headers=headers)
    response.packed = packed
    return response, page_id


def seconds_to_keep(shows_live_data):
    if shows_live_data:
        return LIVE_SECONDS
    return max(1, min(publications.LONGEST_SECONDS, seconds_to_midnight()))


class PageCacheMiddleware:
    """Serve kept pages to readers without a session. Stands before the session, after the policy header."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        match = self.resolved(request.path) if request.method == "GET" else None
        if match is None:
            return self.get_response(request)
        if match.url_name in STANDS_AT:
            return self.standing(request, match)
        try:
            number = request.publication = publications.number()
        except DatabaseError:
            log.exception("The number of publications could not be read")
            return self.get_response(request)
        if not self.may_keep(request):
            return self.make(request)
        key = f"page:{number}:{request.get_host()}:{request.path}"
        kept = caches["pages"].get(key)
        if kept is None:
            response = self.make(request)
            page_id = getattr(request, "served_page_id", None)
            if page_id and self.is_for_all(request, response):
                seconds = seconds_to_keep(getattr(request, "shows_live_data", False))
                self.keep(key, response, seconds, wire.FOR_LATER, page_id)
        else:
            response, page_id = kept_answer(kept)
        if page_id and response.status_code == 200 and not is_ahead(request):
            reads.count(page_id, request.headers.get("User-Agent", ""))
        return response

    def make(self, request):
        """Let Wagtail make the page, handing it the site and front page that it would look up again."""

        def find():
            site = Site.find_for_request(request)
            if site:
                site.root_page.specific  # noqa: B018 - read here, to be kept with the site
            return site

        request._wagtail_site = publications.kept(f"site-{request.get_host()}", request.publication, find)
        return self.get_response(request)

    @staticmethod
    def may_keep(request):
        """No query, session or message: what every such reader sees is the same."""
        return (
            not request.META.get("QUERY_STRING")
            and settings.SESSION_COOKIE_NAME not in request.COOKIES
            and "messages" not in request.COOKIES
        )

    def standing(self, request, match):
        """A page that is kept under what it stands at; made anew for everybody who is signed in."""
        if not self.may_keep(request):
            return self.get_response(request)
        stands_at = STANDS_AT[match.url_name](**match.kwargs)
        if stands_at is None:
            return self.get_response(request)
        key = f"stands:{request.get_host()}:{request.path}:{sha256(repr(stands_at).encode()).hexdigest()}"
        kept = caches["pages"].get(key)
        if kept is not None:
            return kept_answer(kept)[0]
        response = self.get_response(request)
        if self.is_for_all(request, response):
            self.keep(key, response, LIVE_SECONDS, wire.AT_ONCE)
        return response

    @staticmethod
    def resolved(path):
        """The match of an address that may be kept, else None: no other costs a question to the database here."""
        try:
            match = resolve(path)
        except Resolver404:
            return None
        return match if match.url_name == "wagtail_serve" or match.url_name in STANDS_AT else None

    @staticmethod
    def is_for_all(request, response):
        """Never an answer that sets a cookie, holds a form's token or streams."""
        return (
            response.status_code == 200
            and not response.streaming
            and not response.cookies
            and "CSRF_COOKIE" not in request.META
            and len(response.content) <= LARGEST_BYTES
        )

    @staticmethod
    def keep(key, response, seconds, effort, page_id=None):
        body, headers = response.content, dict(response.items()) | {"ETag": wire.mark_of(response.content)}
        packed = wire.pack(body, effort) if len(body) >= wire.SMALLEST else None
        caches["pages"].set(key, (body, headers, page_id, packed), seconds)
