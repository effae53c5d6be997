"""The public page of the golden thread: percentages, trend, what was left out, and directorates; no officers."""

from django.http import Http404
from django.shortcuts import render

from ..models.thread_rules import Window
from . import report as reports

HEIGHT, WIDTH, EDGE = 120, 640, 6


def golden_thread(request):
    """?month=YYYY-MM-DD shows an earlier month end; without extracts the page says so."""
    last = reports.newest_day()
    if last is None:
        return render(request, "suppliers/golden_thread.html", {"day": None})
    days = reports.month_ends(last)
    asked = request.GET.get("month", "")
    day = next((one for one in days if one.isoformat() == asked), None)
    if asked and day is None:
        raise Http404
    context = page_of(day or last, days) | {"chosen": day or last}
    return render(request, "suppliers/golden_thread.html", context)


def page_of(day, days):
    """What the public page and the staff screen share."""
    rules = reports.rules_now()
    first, last = rules.days(day)
    months = reports.series(days[-1])
    return reports.report(day) | {
        "day": day,
        "days": reversed(days),
        "months": [(month, [percents[name] for name in reports.LABELS]) for month, percents in months],
        "labels": reports.LABELS.values(),
        "lines": lines(months),
        "window": (first, last),
        "window_words": Window(rules.window).label,
        "go_live": rules.go_live,
    }


def lines(months):
    """[{label, points, last}] for the drawing: points of a polyline in a box of WIDTH by HEIGHT."""
    found = []
    for name, label in reports.LABELS.items():
        shown = [(n, percents[name]) for n, (_, percents) in enumerate(months) if percents[name] is not None]
        if len(shown) < 2:
            continue
        step = (WIDTH - 2 * EDGE) / (len(months) - 1)
        points = [
            (round(EDGE + n * step, 1), round(HEIGHT - EDGE - value * (HEIGHT - 2 * EDGE) / 100, 1))
            for n, value in shown
        ]
        found.append({"label": label, "points": " ".join(f"{x},{y}" for x, y in points), "end": points[-1]})
    return found
