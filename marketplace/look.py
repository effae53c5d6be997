"""A council's look as pages take it: kept by each worker for a minute, its colours as a style sheet of its own."""

from colorsys import rgb_to_hls
from dataclasses import dataclass
from hashlib import sha256

from django.core.cache import caches
from django.http import HttpResponse
from django.urls import reverse
from wagtail.images.shortcuts import get_rendition_or_not_found

from .models import Look

KEPT_SECONDS, BROWSERS_KEEP = 60, 86400
NAMES = {"head_colour": ("green",), "call_colour": ("gold",), "link_colour": ("link", "govuk-link-colour")}


@dataclass(frozen=True)
class Shown:
    """`styles` is the address of the style sheet, "" where no colour was chosen."""

    logo: str
    logo_width: int
    foot: str
    rules: str
    styles: str


def shown(publication=None):
    """The Shown of a minute ago at most; of one `publication` for a page that is kept until the next."""
    return caches["local"].get_or_set(f"look:{publication}", _read, KEPT_SECONDS)


def _read():
    look = Look.objects.select_related("logo").first() or Look()
    logo = get_rendition_or_not_found(look.logo, "max-400x88") if look.logo_id else None
    is_there, rules = bool(logo and logo.height), _rules(look)  # a file that is lost has no height
    version = sha256(rules.encode()).hexdigest()[:12]
    return Shown(
        logo=logo.url if is_there else "",
        logo_width=round(logo.width * 44 / logo.height) if is_there else 0,
        foot=look.foot,
        rules=rules,
        styles=f"{reverse('look')}?v={version}" if rules else "",
    )


def of_mail():
    """The colour of e-mails; their words on it are white, as those of the head."""
    heads = Look.objects.values_list("head_colour", flat=True)
    return {"brand": caches["local"].get_or_set("head_colour", lambda: heads.first() or "", KEPT_SECONDS)}


def _of_staff(colour):
    """Wagtail's own names for the colour of the head: hue, saturation and lightness."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    hue, lightness, saturation = rgb_to_hls(red, green, blue)
    parts = {"hue": f"{hue * 360:.1f}", "saturation": f"{saturation:.1%}", "lightness": f"{lightness:.1%}"}
    return "".join(
        f"--w-color-{which}-{name}:{value};" for which in ("primary", "secondary") for name, value in parts.items()
    )


def _rules(look):
    """The style sheet, of the staff side too: links keep the dark scheme's own colour there."""
    always = "".join(
        f"--{name}:{getattr(look, field)};"
        for field in ("head_colour", "call_colour")
        for name in NAMES[field]
        if getattr(look, field)
    )
    light = "".join(f"--{name}:{look.link_colour};" for name in NAMES["link_colour"] if look.link_colour)
    always += _of_staff(look.head_colour) if look.head_colour else ""
    found = f":root{{{always}}}" if always else ""
    return found + (f"@media (prefers-color-scheme:light){{:root{{{light}}}}}" if light else "")


def styles(request):
    """The council's colours; its address changes with them."""
    response = HttpResponse(shown().rules, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={BROWSERS_KEEP}"
    return response
