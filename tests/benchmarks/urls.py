"""Three floors, and the site."""

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.urls import include, path

from requests_app.models import Request
from requests_app.search import Found


def constant(request):
    """The least a page can cost: the site's frame around a constant."""
    return render(request, "floor_constant.html")


def bare(request):
    """A constant template and nothing else: what Django itself costs."""
    return HttpResponse(get_template("floor_bare.html").render())


def one_row(request, pk):
    """One row by primary key."""
    return render(request, "floor_row.html", {"shown": Request.objects.get(pk=pk)})


def plain_list(request):
    """A filtered, counted list of twenty rows in the list's own HTML, without any of its art."""
    rows = Request.objects.filter(live=True, kind="goods", totals__listed=True).order_by("-totals__published_at")
    shown = list(rows.select_related("totals", "organisation", "outcode")[:20])
    found = Found([(row.pk, "") for row in shown], rows.count(), 1)
    found.requests = shown
    return render(request, "floor_list.html", {"found": found})


urlpatterns = [
    path("floor/constant/", constant),
    path("floor/bare/", bare),
    path("floor/row/<int:pk>/", one_row),
    path("floor/list/", plain_list),
    path("", include("marketplace.urls")),
]
