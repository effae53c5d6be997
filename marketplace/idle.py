"""Signing people out who went away: staff after hours, everybody else after days."""

import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout

SEEN = "seen_at"
WRITE_SECONDS = 60  # how often a session is written only to note that somebody is still there


class IdleMiddleware:
    """Ends a session in which nothing was asked for too long; the page asked for then is a stranger's."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            now, seen = int(time.time()), request.session.get(SEEN)
            limit = settings.IDLE_HOURS_STAFF if request.user.is_council_staff else settings.IDLE_HOURS
            if seen is not None and now - seen > limit * 3600:
                logout(request)
                messages.info(request, "You were signed out because nothing happened for a while. Sign in again.")
            elif seen is None or now - seen > WRITE_SECONDS:
                request.session[SEEN] = now
        return self.get_response(request)
