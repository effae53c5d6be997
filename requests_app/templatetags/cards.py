"""What a card says of when a request is needed, and the fields of the search form."""

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from files.pictures import WIDTHS
from screens.templatetags.govuk import govuk_field

register = template.Library()
SOON = 28  # days
MOST_FIELDS = 2000
_drawn = {}  # {all that a field of the search form hangs on: its markup}


@register.simple_tag
def search_field(form, name):
    """A field of the public search form, drawn once by each worker for each answer, error and set of choices."""
    field = form.fields[name]
    key = (
        name,
        str(form.data.get(name, "")),
        tuple(form.errors.get(name, ())),
        tuple(field.choices) if hasattr(field, "choices") else None,
    )
    if key not in _drawn:
        if len(_drawn) >= MOST_FIELDS:
            _drawn.clear()
        _drawn[key] = govuk_field(form, name)
    return _drawn[key]


ON_CARD = """<picture class="app-card__photo">
<source type="image/avif" srcset="{avif}" sizes="20rem"><source type="image/webp" srcset="{webp}" sizes="20rem">
<img src="{plain}" alt="" width="640" height="360" loading="lazy" decoding="async"></picture>"""


@register.inclusion_tag("requests_app/_photograph.html")
def photograph(picture):
    """A request's picture in the sizes and kinds that a browser chooses from."""
    return _in_sizes(picture.upload_id, picture.description)


@register.inclusion_tag("requests_app/_photograph.html")
def photograph_of(upload, description):
    """As `photograph`, of any Upload that the address of pictures hands out."""
    return _in_sizes(upload.pk, description)


@register.simple_tag
def photograph_on_card(number):
    """The first photograph of a request above its card, in small sizes; the card's title says what it is about."""
    parts = {"number": number} | {
        kind: format_html_join(
            ", ", "{} {}w", ((reverse(f"picture_{kind}", args=[number, width]), width) for width in WIDTHS[:2])
        )
        for kind in ("avif", "webp")
    }
    return format_html(ON_CARD, plain=reverse("picture_webp", args=[number, WIDTHS[1]]), **parts)


def _in_sizes(number, description):
    def sizes(kind):
        addresses = ((reverse(f"picture_{kind}", args=[number, width]), width) for width in WIDTHS)
        return ", ".join(f"{address} {width}w" for address, width in addresses)

    return {"number": number, "description": description, "avif": sizes("avif"), "webp": sizes("webp")}


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
