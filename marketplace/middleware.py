"""Council staff take a second step; the staff admin gets the one eased policy that Wagtail's widgets need, and a
sentence where something can't be deleted.
"""

import logging
from collections import Counter

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.db.models import ProtectedError
from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

logger = logging.getLogger(__name__)
OPEN_TO_STAFF = ("/accounts/", "/static/", "/media/", "/health/")


class StaffTwoStepMiddleware:
    """Send staff without two-step verification to set it up: their rights reach past the staff admin."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if (
            settings.STAFF_TWO_STEP
            and not request.path.startswith(OPEN_TO_STAFF)
            and request.user.is_authenticated
            and request.user.is_council_staff
            and not is_mfa_enabled(request.user)
        ):
            return HttpResponseRedirect(reverse("mfa_activate_totp"))
        return self.get_response(request)


class AdminPolicyMiddleware:
    """The staff side's policy. Wagtail's own forms (date pickers, panels of several rows, choosers) hold inline script:
    only where one of its views answers it is let run; our screens, the staff home too, run files of ours alone.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path.startswith("/admin/"):
            match = request.resolver_match
            is_wagtails = bool(match and (match.namespace or str(match.url_name).startswith("wagtailadmin_explore")))
            eased = settings.WAGTAIL_FORMS_SECURITY_POLICY if is_wagtails else {}
            response._csp_replace = settings.ADMIN_CONTENT_SECURITY_POLICY | eased
            response["X-Frame-Options"] = "SAMEORIGIN"
        return response


class InUseMiddleware:
    """What others refer to is not deleted by any screen: the person is told what refers to it.

    Wagtail asks its index of references beforehand, which knows only what the index was told to follow.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, ProtectedError) or not request.path.startswith("/admin/"):
            return None
        logger.warning("Not deleted, for it is in use: %s", request.path, exc_info=exception)
        kinds = Counter(str(row._meta.verbose_name) for row in exception.protected_objects)
        said = ", ".join(f"{count} × {kind}" for kind, count in sorted(kinds.items()))
        messages.error(request, f"It can’t be deleted while something refers to it: {said}. Nothing was deleted.")
        return redirect("wagtailadmin_home")
