"""The page that waits for each person after signing in, and the health check."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from guidance.models import Outcome

from . import dashboards, outcomes, readiness
from . import search as searching


@login_required
def dashboard(request):
    """What waits for this person first, whatever hats they wear."""
    return render(request, "marketplace/dashboard.html", dashboards.for_person(request.user))


def staff_sign_in(request):
    """The staff admin's door: to allauth's sign-in, or 403 for those who are signed in and may not enter."""
    if request.user.is_authenticated and not request.user.is_council_staff:
        raise PermissionDenied("The staff admin is for the council’s staff.")
    return redirect(f"{reverse('account_login')}?{request.GET.urlencode()}")


def search(request):
    """Guidance and requests together."""
    found = searching.find(request.GET.get("q"), exact="exact" in request.GET)
    return render(request, "marketplace/search.html", {"found": found})


def search_suggest(request):
    """Suggestions while somebody types, as JSON."""
    return JsonResponse({"suggestions": searching.suggest(request.GET.get("q"))})


def outcome_figures(request):
    """Promised, confirmed and verified by outcome, read in one version of a model."""
    model = outcomes.version_asked_for(request.GET.get("model", "").replace("\0", ""))
    context = {"model": model, "versions": outcomes.SocialValueModel.objects.published()}
    if model:
        context["rows"], context["left_out"], context["read_through"] = outcomes.table(model)
        context["unplaced"] = outcomes.unplaced()
    return render(request, "marketplace/outcome_figures.html", context)


def outcome_evidence(request, pk):
    """The commitments behind one line's figures."""
    line = get_object_or_404(Outcome.objects.select_related("model").exclude(model__state="draft"), pk=pk)
    return render(
        request, "marketplace/outcome_evidence.html", {"line": line, "commitments": outcomes.commitments(line)}
    )


def robots(request):
    """What machines may read: everything public, and where the site's map is."""
    address = request.build_absolute_uri(reverse("sitemap"))
    words = f"User-agent: *\nDisallow: /admin/\nDisallow: /accounts/\nDisallow: /account/\nSitemap: {address}\n"
    return HttpResponse(words, content_type="text/plain")


@never_cache
def health(request):
    """200 "ok" when the site can serve, else 503 with a line for each thing that is amiss."""
    amiss = readiness.amiss()
    words = "\n".join(amiss) or "ok"
    return HttpResponse(words, content_type="text/plain", status=503 if amiss else 200)
