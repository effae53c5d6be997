"""The public page of the golden thread: percentages, trend, what was left out, and directorates; no officers."""

from django.http import Http404
from django.shortcuts import render

from . import report as reports
from . import rules as thread_rules

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
    day, rules, months = day or last, thread_rules.current(), reports.series(last)
    context = reports.report(day) | {
        "day": day,
        "days": reversed(days),
        "months": [(month, [percents[name] for name in reports.LABELS]) for month, percents in months],
        "labels": reports.LABELS.values(),
        "lines": lines(months),
        "window": rules.days(day),
        "go_live": rules.go_live,
    }
    return render(request, "suppliers/golden_thread.html", context)


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
