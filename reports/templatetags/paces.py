"""Drawing how promises stand: a bar for each, and the key to it."""

from django import template

from suppliers.pace import AMOUNTS

from .. import charts

register = template.Library()


@register.inclusion_tag("reports/_pace_bar.html")
def pace_bar(standing):
    """What is claimed, confirmed and verified of a promise, and a flag where its plan says it should be."""
    amounts = {name: getattr(standing, name) for name in AMOUNTS}
    return {"bar": charts.pace_bar(amounts, standing.words, standing.pace.value)}


@register.inclusion_tag("reports/_pace_bar.html")
def paper_bar(line):
    """As `pace_bar`, of a line of a paper's facts."""
    return {"bar": charts.pace_bar(line, line["words"], line["pace"])}


@register.inclusion_tag("reports/_trend.html")
def trend_of(months):
    """The golden thread's percentages month by month, as lines; the table says the same."""
    names = (("linked_rolling", "linked in twelve months"), ("social_value_recorded", "recorded"))
    lines = [charts.trend(months, name, label) for name, label in names]
    return {"lines": [line for line in lines if line.dots], "months": months}


@register.inclusion_tag("reports/_pace_key.html")
def pace_key():
    """What the parts of a bar mean, and the textures that they are drawn with: once a page, before the first bar."""
    return {}
