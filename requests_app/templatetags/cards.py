"""What a card says of when a request is needed."""

from django import template
from django.utils import timezone
from django.utils.html import format_html

register = template.Library()
SOON = 28  # days


@register.simple_tag
def time_left(request):
    """By when it is needed, as a list item; how long that is where it is soon; "" where it was not said."""
    if not request.needed_by:
        return ""
    day, left = f"By {request.needed_by:%-d %B %Y}", (request.needed_by - timezone.localdate()).days
    if not 0 <= left <= SOON:
        return format_html("<li>{}</li>", day)
    weeks = left // 7
    words = (
        "today" if left == 0 else f"{weeks} weeks left" if weeks > 1 else f"{left} day{'' if left == 1 else 's'} left"
    )
    return format_html('<li class="app-card__soon">{}, {}</li>', day, words)
