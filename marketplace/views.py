"""The page that waits for each person after signing in, and the health check."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from . import dashboards


@login_required
def dashboard(request):
    """What waits for this person first, whatever hats they wear."""
    return render(request, "marketplace/dashboard.html", dashboards.for_person(request.user))


def staff_sign_in(request):
    """The staff admin's door: to allauth's sign-in, or 403 for those who are signed in and may not enter."""
    if request.user.is_authenticated and not request.user.is_council_staff:
        raise PermissionDenied("The staff admin is for the council’s staff.")
    return redirect(f"{reverse('account_login')}?{request.GET.urlencode()}")


@never_cache
def health(request):
    """200 when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
