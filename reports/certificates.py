"""A certificate of a confirmed delivery for its supplier, and the code by which a buyer checks that it still stands.

The code names the delivery and carries a keyed digest of its number, so that nobody goes through others by counting.
The page it leads to shows what stands today: what was corrected since is seen there, whatever the paper says.
"""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from requests_app.models import Delivery
from words.numbers import is_number

from .paper import printed

SALT, DIGITS = "reports.certificate", 10


def code_of(delivery):
    """Like "412-9F3A1B77C0"."""
    return f"{delivery.pk}-{_digest(delivery.pk)}"


def _digest(number):
    return salted_hmac(SALT, str(number)).hexdigest()[:DIGITS].upper()


def find(code):
    """The Delivery of a code as it stands, or None where the code is wrong or nothing is confirmed any more."""
    number, _, digest = code.strip().upper().partition("-")
    if not is_number(number) or len(number) > 18 or not constant_time_compare(digest, _digest(int(number))):
        return None
    delivery = Delivery.objects.standing().with_pledge().filter(pk=int(number), confirmed__gt=0).first()
    return delivery if delivery and delivery.is_confirmed else None


def facts(delivery):
    """[(heading, words)] that the paper and its page show alike."""
    pledge = delivery.pledge
    return [
        ("Supplier", str(pledge.supplier)),
        ("What arrived", delivery.confirmed_words),
        ("For", f"{pledge.request}, {pledge.request.organisation}"),
        ("Delivered on", f"{delivery.delivered_on:%-d %B %Y}"),
        ("Confirmed by", f"{pledge.request.organisation}, who received it"),
        ("Verified by the council", delivery.verified_words if delivery.is_verified else "Not yet"),
    ]


def address(delivery):
    return settings.SITE_URL + reverse("certificate", args=[code_of(delivery)])


def as_pdf(delivery):
    """The bytes of an accessible PDF (PDF/UA-1)."""
    words = {
        "council": settings.COUNCIL_NAME, "site": settings.SITE_NAME, "facts": facts(delivery),
        "code": code_of(delivery), "address": address(delivery), "day": f"{timezone.localdate():%-d %B %Y}",
    }  # fmt: skip
    return printed("certificate", words)
