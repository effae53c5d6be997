"""What is printed for those who do not sit before a screen: the request form on one page, to be written by hand."""

import json
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from vocabulary.kinds import KIND_HINTS, KindOfHelp

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
