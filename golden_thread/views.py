"""The public pages of the golden thread: percentages, months, steps and directorates, down to records; no officers."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render

from records.days import is_leap_day
from screens import charts
from screens.frames import csv_file
from words.cells import write_table
from words.references import same_words

from . import drilldown, figures, metrics, published
from . import rules as thread_rules

EDGE = 6
A_PAGE = 100
PUBLISHED = ("published (%)", "published, done", "published, counted")


def asked_rules(request):
    """The Rules of the partner authority in ?council=, of the site's own council without; 404 where there is none."""
    asked = request.GET.get("council", "")
    if asked and not asked.isdecimal():
        raise Http404
    try:
        return thread_rules.current(int(asked) if asked else None)
    except (thread_rules.NoPartner, OverflowError) as missing:
        raise Http404 from missing


def authorities(rules):
    """What pages need to offer every authority: the chosen number, and the partners there are."""
    return {"authority": rules.council or "", "authority_name": rules.name, "partners": thread_rules.partners()}


def asked_day(request, rules):
    """(the day asked for by ?month=YYYY-MM-DD or the newest, all month ends); 404 for a day that is none of them."""
    last = figures.newest_day(rules.council)
    if last is None:
        return None, []
    days, asked = figures.month_ends(last, rules), request.GET.get("month", "")
    day = next((month for month in days if month.isoformat() == asked), None)
    if asked and day is None:
        raise Http404
    return day or last, days


def golden_thread(request):
    """?month=YYYY-MM-DD shows an earlier month end; without extracts the page says so."""
    rules = asked_rules(request)
    day, days = asked_day(request, rules)
    context = authorities(rules) | {"day": None}
    if day is None:
        return render(request, "golden_thread/golden_thread.html", context)
    months, report = figures.series(days[-1], rules), figures.report(day, rules)
    context |= vars(report) | {
        "day": day,
        "days": reversed(days),
        "months": with_published(months, rules),
        "columns": ["As at", *(figures.LABELS[name] for name in figures.PUBLISHED)],
        "chart": charts.chart(
            [month for month, *_ in months],
            {figures.LABELS[name]: [percents[name] for _, percents, _ in months] for name in figures.PUBLISHED},
            sorted({figure.target for figure in report.figures}),
        ),
        "multiples": multiples(months, report.directorates),
        "window": rules.days(day),
        "leap_day": is_leap_day(rules.days(day)[0]),
        "go_live": rules.go_live,
        "words": {name: sorted(getattr(rules, name)) for name in ("completed", "void")},
        "spend_label": figures.LABELS[metrics.SPEND],
    }
    return render(request, "golden_thread/golden_thread.html", context)


def thread_months(request):
    """The months as CSV: each figure as it is reckoned now, and as it was published."""
    rules = asked_rules(request)
    day, days = asked_day(request, rules)
    if day is None:
        raise Http404
    columns = ["As at"]
    for name in figures.PUBLISHED:
        columns += [f"{figures.LABELS[name]}: {what}" for what in ("now (%)", *PUBLISHED)]
    rows = []
    for month, cells in with_published(figures.series(days[-1], rules), rules):
        row = [month]
        for percent, snapshot, _ in cells:
            said = (snapshot.percent, snapshot.numerator, snapshot.denominator) if snapshot else ("", "", "")
            row += ["" if percent is None else f"{percent:.2f}", *said]
        rows.append(row)
    return csv_file(write_table(columns, rows), rules.file_name(f"golden-thread-{day}"))


def thread_figure(request, metric):
    """A figure opened down to its records, a group of them with ?group=; ?as=csv for all. Officers are left out."""
    rules = asked_rules(request)
    day, _ = asked_day(request, rules)
    found = drilldown.opened(day, metric, rules, request.GET.get("group", ""), people=False) if day else None
    if not found:
        raise Http404
    if request.GET.get("as") == "csv":
        return csv_file(write_table(found.headings, found.rows(found.listed)), rules.file_name(f"{metric}-{day}"))
    page = Paginator(found.listed, A_PAGE).get_page(request.GET.get("page"))
    context = authorities(rules) | {"found": found, "day": day, "page": page, "rows": found.rows(list(page))}
    return render(request, "golden_thread/golden_thread_figure.html", context)


def with_published(months, rules):
    """[(day, [(percent now, Snapshot or None, whether they differ)])] in the order of the published figures."""
    frozen, found = published.by_day(rules), []
    for day, percents, _ in months:
        cells = []
        for name in figures.PUBLISHED:
            snapshot = frozen.get(day, {}).get(name)
            was = float(snapshot.percent) if snapshot and snapshot.percent is not None else None
            cells.append((percents[name], snapshot, bool(snapshot) and was != percents[name]))
        found.append((day, cells))
    return found


@dataclass
class Drawing:
    """A small drawing of one directorate or officer; `last` is its newest Share."""

    name: str
    last: object
    recorded: str
    linked: str


def multiples(months, shares, by="directorate"):
    """[Drawing], one a directorate or officer, all to the same scale."""
    found = []
    for share in shares:
        rows = [names[by].get(same_words(share.name)) for _, _, names in months]
        drawn = {kind: polyline([_percent(row, kind) for row in rows], 160, 60) for kind in ("recorded", "linked")}
        if any(drawn.values()):
            found.append(Drawing(share.name, share, **drawn))
    return found


def _percent(row, kind):
    part = getattr(row, f"{kind}_percent") if row else None
    return None if part is None else float(part)


def polyline(values, width, height):
    """Points of a line through `values` (0 to 100, None left out) in a box; "" for fewer than two."""
    shown = [(n, value) for n, value in enumerate(values) if value is not None]
    if len(shown) < 2:
        return ""
    step = (width - 2 * EDGE) / (len(values) - 1)
    return " ".join(f"{EDGE + n * step:.1f},{height_of(value, height)}" for n, value in shown)


def height_of(value, height):
    """Where 0 to 100 stands in a box, from its top."""
    return f"{height - EDGE - value * (height - 2 * EDGE) / 100:.1f}"
