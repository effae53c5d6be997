"""Council staff take a second step; the staff admin gets the one eased policy that Wagtail's widgets need."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpResponseRedirect
from django.urls import reverse

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
    """Wagtail's date pickers and choosers still hold inline script: eased for /admin/ only."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path.startswith("/admin/"):
            response._csp_replace = settings.ADMIN_CONTENT_SECURITY_POLICY
            response["X-Frame-Options"] = "SAMEORIGIN"
        return response
