"""One way to write to people: a template whose first line is the subject, plain text, after the transaction."""

from functools import partial

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string


def send(template, to, **context):
    """Render emails/<template>.txt and send it to each address apart, once the transaction is saved."""
    context |= {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "council": settings.COUNCIL_NAME,
    }
    subject, _, body = render_to_string(f"emails/{template}.txt", context).partition("\n")
    for address in dict.fromkeys(to):
        message = EmailMessage(subject.strip(), body.strip() + "\n", to=[address])
        transaction.on_commit(partial(message.send, fail_silently=True))
