"""Fields of one line of a return."""

from django import template

from screens.templatetags.govuk import govuk_field

register = template.Library()


@register.simple_tag
def line_field(form, name, number):
    """The field of a line by its name and the number of its commitment."""
    return govuk_field(form, f"{name}_{number}")
