"""Figures for drawings: shares of a whole, as plain numbers."""

from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from words.numbers import say_percent, say_pounds

register = template.Library()


@register.simple_tag
def share(part, whole):
    """`part` of `whole` as a number from 0 to 100 for the width of a bar."""
    return round(min(100 * float(part or 0) / float(whole), 100), 1) if whole else 0


@register.simple_tag
def say(thing, quantity):
    """A quantity in the words of the request or commitment it belongs to."""
    return thing.say(quantity)


@register.simple_tag
def say_number(thing, quantity):
    """As `say`, without naming the unit again."""
    return thing.say_number(quantity)


@register.simple_tag
def percent(part, places=0):
    """A share from 0 to 1 as "25%"; a dash where there is none."""
    return "–" if part in (None, "") else f"{float(part):.{places}%}"


AMOUNTS = ("committed", "expected", "claimed", "confirmed", "verified")


@register.simple_tag
def amounts_opened(standing, day=None, contract=None, restated=False):
    """Five cells with what stands under delivery plans (suppliers.pace.Standing, or a like), each a link to the figure
    as it was known on `day` and what it counts; bare words without a day, as in print.
    """
    words = [standing.words[name] for name in AMOUNTS]
    if not day:
        return format_html_join("", "<td>{}</td>", ((each,) for each in words))
    scope = {"unit": standing.unit, "contract": contract, "as_at": day.isoformat(), "restated": restated and "on"}
    asked = urlencode({name: value for name, value in scope.items() if value})
    cell = format_html('<td><a class="govuk-link" href="{{}}?{}">{{}}</a></td>', asked)
    links = ((reverse("figure", args=[f"planned_{name}"]), said) for name, said in zip(AMOUNTS, words, strict=True))
    return format_html_join("", cell, links)


register.simple_tag(say_pounds, name="pounds")
register.filter("per_cent", say_percent)
