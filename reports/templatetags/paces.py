"""Drawing how promises stand: a bar for each, and the key to it."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import mark_safe  # for shapes of our own

from screens.charts import chart

from .. import charts

register = template.Library()
KEPT = 3000  # about a kilobyte each
BAR = """<svg class="app-pace" viewBox="0 0 104 14" role="img" aria-label="{words}"><title>{words}</title>
<rect class="app-pace__promised" x="1" y="3" width="{promised}" height="8"/>
<rect class="app-pace__claimed" x="1" y="3" width="{claimed}" height="8" fill="url(#pace-dots)"/>
<rect class="app-pace__confirmed" x="1" y="3" width="{confirmed}" height="8" fill="url(#pace-hatch)"/>
<rect class="app-pace__verified" x="1" y="3" width="{verified}" height="8"/>
{flag}</svg>"""
FLAG = '<g transform="translate({} 0)"><path class="app-pace__flag" d="M1 0v14M1 0l3 1.8L1 3.6z"/></g>'
WHOLE = 'width="12" height="8"'
KEY = [  # (what it means, its shape)
    (words, mark_safe(shape))
    for words, shape in (
        ("verified", f'<rect class="app-pace__verified" {WHOLE}/>'),
        ("confirmed", f'<rect {WHOLE} fill="url(#pace-hatch)"/>'),
        ("claimed", f'<rect {WHOLE} fill="url(#pace-dots)"/>'),
        ("promised", '<rect class="app-pace__promised" x="0.5" y="0.5" width="11" height="7"/>'),
        ("expected by now", '<path class="app-pace__flag" d="M5 0v8M5 0l3 1.4L5 2.8z"/>'),
    )
]


@register.simple_tag
def pace_bar(standing):
    """What is claimed, confirmed and verified of a promise, and a flag where its plan says it should be."""
    return _drawn(charts.pace_bar(standing))


@register.simple_tag
@lru_cache(maxsize=KEPT)
def standing_cells(standing, trend, contract, day, restated):
    """The cells of a row of the greatest contracts, kept under all that they show: five hundred stand on a page."""
    context = {"standing": standing, "trend": trend, "contract": contract, "day": day, "restated": restated}
    return render_to_string("reports/admin/_standing_cells.html", context)


def _drawn(bar):
    """The markup of a bar, put together at once: a page may hold five hundred."""
    flag = "" if bar.expected is None else format_html(FLAG, bar.expected)
    return format_html(BAR, flag=flag, **vars(bar))


@register.simple_tag
def proved_bar(unit):
    """What is claimed, confirmed and verified of what was promised in a unit (marketplace.outcomes.UnitAmounts)."""
    return _drawn(charts.proved_bar(unit.amounts, vars(unit)))


@register.inclusion_tag("reports/_trend.html")
def trend_of(months):
    """The golden thread's percentages month by month, as lines; the table says the same."""
    names = (("linked_rolling", "Linked in twelve months"), ("social_value_recorded", "Recorded"))
    lines = {label: [getattr(month, name) for month in months] for name, label in names}
    return {"chart": chart([month.day for month in months], lines), "months": months}


@register.inclusion_tag("reports/_pace_key.html")
def pace_key():
    """What the parts of a bar mean, and the textures that they are drawn with: once a page, before the first bar."""
    return {"parts": KEY}
