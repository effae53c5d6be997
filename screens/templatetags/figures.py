"""Figures for drawings: shares of a whole, as plain numbers."""

from django import template

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


register.simple_tag(say_pounds, name="pounds")
register.filter("per_cent", say_percent)
