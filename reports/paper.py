"""What is printed for those who do not sit before a screen: the request form on one page, to be written by hand."""

import json
from pathlib import Path

import qrcode
from django.conf import settings
from django.urls import reverse
from qrcode.image.svg import SvgPathFillImage

from vocabulary.kinds import KIND_HINTS, KindOfHelp
from words.lines import one_line

TYPESET = Path(__file__).resolve().parent / "typeset"


def printed(template, words, **options):
    """The bytes of an accessible PDF (PDF/UA-1) of typeset/<template>.typ; `words` come in as data.

    With format="png" and ppi as options a picture; several pages are a list of them.
    """
    import typst  # 80 MB of typesetter: loaded when something is printed, not by every worker

    inputs = {"words": json.dumps(words)}
    source = (TYPESET / f"{template}.typ").read_bytes()
    options = options or {"pdf_standards": ["ua-1"]}
    return typst.compile(source, sys_inputs=inputs, ignore_system_fonts=True, **options)


def request_form(**options):
    """The PDF of the form: what the three pages of posting ask, and where to send it."""
    return printed(
        "request_form",
        {
            "site": settings.SITE_NAME, "council": settings.COUNCIL_NAME, "support": settings.SUPPORT_EMAIL,
            "address": settings.SITE_URL + reverse("request_new"),
            "kinds": [[kind.label, KIND_HINTS[kind]] for kind in KindOfHelp],
        },
        **options,
    )  # fmt: skip


MOST_ABOUT = 420  # letters of the description that leave room for the rest


def short_address(request):
    return settings.SITE_URL + reverse("request_short", args=[request.pk])


def poster(request, **options):
    """The PDF of a public request for a notice board, with a code that leads to its short address."""
    address, totals = short_address(request), request.totals
    place = f", in {request.place_words}" if request.place_words else ""
    words = {
        "site": settings.SITE_NAME, "council": settings.COUNCIL_NAME, "title": request.title,
        "kind": request.get_kind_display(), "place": place, "group": str(request.organisation),
        "needs": request.say(totals.still_needs), "when": f" {request.when_words}" if request.when_words else "",
        "about": one_line(request.description, MOST_ABOUT), "address": address, "qr": code_for(address),
    }  # fmt: skip
    return printed("poster", words, **options)


def code_for(address):
    """The SVG of a QR code, dark on light."""
    drawn = qrcode.make(address, image_factory=SvgPathFillImage, border=2)
    return drawn.to_string(encoding="unicode")
