"""What a request is told of how long others like it waited."""

from django import template

from .. import honesty

register = template.Library()


@register.simple_tag
def wait_of(kind):
    """ "in about 9 days, 4 of 5 within 24" of requests of this kind; "" where too little is known."""
    told = honesty.estimate_for(kind)
    return told.words if told else ""
