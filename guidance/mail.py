"""One way to write to people: a template whose first line is the subject, plain text, after the transaction."""

from functools import partial

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string


def compose(template, address, headers=None, /, **context):
    """The message of emails/<template>.txt to one address; the template's first line is its subject."""
    context |= {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "council": settings.COUNCIL_NAME,
    }
    subject, _, body = render_to_string(f"emails/{template}.txt", context).partition("\n")
    return EmailMessage(subject.strip(), body.strip() + "\n", to=[address], headers=headers)


def send(template, to, **context):
    """Render emails/<template>.txt and send it to each address apart, once the transaction is saved."""
    for address in dict.fromkeys(to):
        message = compose(template, address, **context)
        transaction.on_commit(partial(message.send, fail_silently=True))
