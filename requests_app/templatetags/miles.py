"""How far a found request is."""

from django import template

register = template.Library()


@register.simple_tag
def miles_to(found, request):
    """Miles from the postcode searched for, or None."""
    return found.miles.get(request.pk)
