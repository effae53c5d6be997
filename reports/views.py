"""What anybody may read of what came of the promises: one page, in plain words."""

from django.contrib.auth.decorators import login_required
from django.core.cache import caches
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import cache_control

from performance import assessing
from requests_app import access
from requests_app.models import Request
from screens.charts import chart
from screens.frames import csv_file
from words.cells import write_table

from . import certificates, districts, facts, honesty, paper, sums, tables

KEPT_SECONDS = 300


def delivered(request):
    """Promised, expected by now, claimed, confirmed and verified, by unit; how much was checked; the golden thread.

    ?as=csv or xlsx for the same as tables.
    """
    today = timezone.localdate()
    context = caches["local"].get_or_set(f"delivered-{today}", lambda: _facts(today), KEPT_SECONDS)
    if request.GET.get("as") in ("csv", "xlsx"):
        return tables.file(_tables(context, today), request.GET["as"], f"delivered-{today}")
    return render(request, "reports/delivered.html", {"day": today, **context})


def _facts(day):
    known, found = sums.as_known(day), districts.delivered()
    return {
        "districts": found, "map": districts.drawn(found),
        "standings": known.standings, "contracts": len(known.ranked), "assurance": facts.of_assurance(day),
        "returns": facts.of_returns(day), "ratings": assessing.published(day),
    }  # fmt: skip


def _tables(shown, day):
    """[tables.Table] of what the page shows."""
    ratings = [
        [str(row.commitment), row.commitment.contract.title, row.get_rating_display(), row.assessed_on, row.reason]
        for row in shown["ratings"]
    ]
    returns = [["Due", shown["returns"].due], ["Sent", shown["returns"].sent], ["Late", shown["returns"].late]]
    made = [["As known on", day.isoformat()], ["Contracts with a plan", shown["contracts"]],
            ["Checked", shown["assurance"]]]  # fmt: skip
    districts = [
        [row.name, row.deliveries, ", ".join(amount.words for amount in row.amounts)] for row in shown["districts"]
    ]
    return [
        tables.of_standings(shown["standings"]),
        tables.Table("Where help arrived", ("District", "Deliveries", "How much"), districts),
        tables.Table("How contracts perform", ("Indicator", "Contract", "Rating", "Rated on", "Why"), ratings),
        tables.Table("Returns", ("What", "How many"), returns),
        tables.Table("How it was made", ("What", "Which"), made),
    ]


def how_it_goes(request):
    """How well requests are answered, with what was not; ?as=csv or json for the same as data."""
    found = honesty.kept()
    if request.GET.get("as") == "csv":
        return csv_file(write_table(honesty.COLUMNS, honesty.table(found)), f"requests-{found.day}")
    if request.GET.get("as") == "json":
        return JsonResponse(honesty.as_json(found))
    lines = {
        "Small and new groups": [week.small_share for week in found.weeks],
        "All others": [week.other_share for week in found.weeks],
    }
    context = {
        **vars(found),
        "columns": honesty.COLUMNS,
        "chart": chart([week.day for week in found.weeks], lines, every="week"),
    }
    return render(request, "reports/how_it_goes.html", context)


def certificate(request, code):
    """What a certificate's code stands for today; anybody who has the code may look."""
    delivery = certificates.find(code)
    if delivery is None:
        return render(request, "reports/certificate_void.html", status=404)
    context = {
        "facts": certificates.facts(delivery),
        "code": certificates.code_of(delivery),
        "day": timezone.localdate(),
    }
    return render(request, "reports/certificate.html", context)


@login_required
def certificate_file(request, pk):
    """The certificate of a confirmed delivery as PDF, for both sides and the council."""
    delivery, _ = access.visible_delivery(request.user, pk)
    if certificates.find(certificates.code_of(delivery)) is None:
        raise Http404
    response = HttpResponse(certificates.as_pdf(delivery), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="certificate-{delivery.pk}.pdf"'
    return response


@cache_control(public=True, max_age=3600)
def request_form(request):
    """The form on which a group asks for help by hand, as PDF."""
    response = HttpResponse(paper.request_form(), content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="ask-for-help.pdf"'
    return response


def request_poster(request, pk):
    """A poster of a public request, as PDF."""
    shown = get_object_or_404(Request.objects.public().for_page(), pk=pk)
    response = HttpResponse(paper.poster(shown), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="poster-{shown.pk}.pdf"'
    return response
