"""Writing to people: emails/<template>.txt, whose first line is the subject and the rest what is said.

The greeting and the farewell are put around it here, so that every message has them; what people typed is shown as
they typed it. A message without a subject or without words is a fault of ours and never leaves: EmptyMessage.
"""

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context, Template
from django.template.loader import get_template

from words.lines import many_lines, one_line
from words.numbers import say_working_days

from . import preferences
from .dressed import as_html
from .outbox import KIND_HEADER, MOST_SUBJECT, URGENT_HEADER


class EmptyMessage(ValueError):
    """A template rendered to no subject or no text."""


@dataclass(frozen=True)
class Reader:
    """Somebody who is written to and may have no account."""

    email: str
    name: str = ""


def words(template, **context):
    """(subject, text) of emails/<template>.txt in plain text: nothing is escaped, people's words stand as typed."""
    context |= {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "council": settings.COUNCIL_NAME,
        "support": settings.SUPPORT_EMAIL,
        "moderation_takes": say_working_days(settings.MODERATION_DAYS),
    }
    subject, text = (part.render(Context(context, autoescape=False)) for part in parts(template))
    return one_line(subject, MOST_SUBJECT), text.strip()


@cache
def parts(template):
    """(subject, text) as templates: apart, so that a title with a line break in it can't push words into the text."""
    whole = get_template(f"emails/{template}.txt").template
    subject, _, text = whole.source.partition("\n")
    return [Template(part, origin=whole.origin, engine=whole.engine) for part in (subject, text)]


def compose(template, reader, headers=None, urgent=False, /, **context):
    """The message of emails/<template>.txt to `reader`, a User or a Reader."""
    subject, text = words(template, **context, reader=reader)
    if not subject or not text:
        raise EmptyMessage(f"emails/{template}.txt came out empty")
    headers = {**(headers or {}), KIND_HEADER: template}
    if urgent:
        headers[URGENT_HEADER] = "yes"
    text = framed(text, reader.name)
    message = EmailMultiAlternatives(subject, text, to=[reader.email], headers=headers)
    message.attach_alternative(as_html(subject, many_lines(text)), "text/html")
    return message


def framed(text, name):
    """The text with a greeting by name before it and the site's farewell after it."""
    name = one_line(name)
    greeting = f"Hello {name}," if name else "Hello,"
    farewell = f"{settings.SITE_NAME}, {settings.COUNCIL_NAME}\n{settings.SITE_URL}"
    return "\n\n".join([greeting, text, farewell]) + "\n"


def send(template, readers, urgent=False, /, **context):
    """Write to each of `readers` apart: rows of the outbox, in the transaction that is open.

    Nobody is written to twice, whatever number of hats they wear; who wants such e-mails together has this one held
    for the next round (mail/preferences.py).
    """
    each = list({reader.email: reader for reader in readers}.values())
    now, later = (each, []) if urgent else preferences.sorted_out(template, each)
    for reader in now:
        compose(template, reader, None, urgent, **context).send()
    for reader, how in later:
        subject, text = words(template, **context, reader=reader)
        preferences.hold(reader, how, subject, many_lines(text))
