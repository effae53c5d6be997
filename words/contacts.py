"""Telephone numbers, e-mail addresses and links that stand in a text which others will read."""

import re

from django.core.exceptions import ValidationError

PHONE = re.compile(r"(?<![\w£])(?:\+44\s?|0)(?:[\s().-]?\d){9,11}(?!\d)")
EMAIL = re.compile(r"[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)+")
LINK = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
CONTACTS = ((PHONE, "a telephone number"), (EMAIL, "an e-mail address"), (LINK, "a link to another site"))


def found_in(text):
    """["a telephone number: 01483 ..."] of the first of each kind that stands in a text."""
    return [
        f"{words}: {match.group().strip()}" for pattern, words in CONTACTS if (match := pattern.search(str(text or "")))
    ]


def refuse(text, field):
    """ValidationError for words that anybody will read and that hold a way to reach somebody."""
    if found := found_in(text):
        words = f"Take this out, as everybody can read it: {'; '.join(found)}."
        raise ValidationError({field: words}, code="contact")


def refuse_yet(text, field, opens="once the pledge is accepted"):
    """ValidationError for words to the other side that hold a way to reach somebody, before that is open (rule 8)."""
    if found := found_in(text):
        words = f"Contact details open {opens}. Take this out until then: {'; '.join(found)}."
        raise ValidationError({field: words}, code="contact")


def none_in(text):
    """A validator of fields that anybody may read."""
    if found := found_in(text):
        raise ValidationError(f"Take this out, as others will read it: {'; '.join(found)}.", code="contact")
