"""Django's mail backend for everything that is sent: it writes rows, in the transaction of whoever sends.

Each address gets a row of its own, so that one that is refused holds up nobody else. Header values are cleaned here,
at the one edge that every message passes.
"""

import base64
from datetime import timedelta
from email.utils import formataddr, parseaddr
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email
from django.utils import timezone

from words.lines import one_line, wrapped

from .models import Message

MOST_SUBJECT = 200
KIND_HEADER, URGENT_HEADER = "X-Marketplace-Kind", "X-Marketplace-Urgent"  # told to the row, never sent


class OutboxBackend(BaseEmailBackend):
    """Keeps each message for a worker; nothing here waits for a mail server."""

    def send_messages(self, messages):
        rows = [row for message in messages for row in rows_of(message)]
        Message.objects.bulk_create(rows)
        return len(messages)


def rows_of(message):
    """The rows of one EmailMessage: one for each address, each told to nobody but that address."""
    headers = {one_line(name): one_line(value) for name, value in message.extra_headers.items()}
    kind = headers.pop(KIND_HEADER, "")
    urgent = bool(headers.pop(URGENT_HEADER, ""))
    own_id = headers.pop("Message-ID", "")
    headers.setdefault("Auto-Submitted", "auto-generated")
    content = {
        "body": wrapped(message.body) + "\n" if message.content_subtype == "plain" else storable(message.body),
        "subtype": message.content_subtype,
        "from": clean_address(message.from_email or settings.DEFAULT_FROM_EMAIL),
        "reply_to": [clean_address(address) for address in message.reply_to],
        "headers": headers,
        "alternatives": [[storable(text), kind] for text, kind in getattr(message, "alternatives", [])],
        "attachments": [attachment(part) for part in message.attachments],
    }
    addresses = list(dict.fromkeys(clean_address(address) for address in message.recipients()))
    now = timezone.now()
    return [
        settle_at_once(
            Message(
                address=address[:320],
                subject=one_line(message.subject, MOST_SUBJECT),
                kind=kind[:80],
                content=content,
                message_id=own_id if own_id and len(addresses) == 1 else new_id(),
                urgent=urgent,
                created_at=now,
                due_at=now - timedelta(seconds=1),  # a clock of another host may be a little behind
            )
        )
        for address in addresses
    ]


def settle_at_once(row):
    """A row that no server could take waits for a person from the start, with the reason."""
    reason = ""
    try:
        validate_email(parseaddr(row.address)[1])
    except ValidationError:
        reason = "This is no e-mail address."
    if not row.subject or not row.content["body"].strip():
        reason = "It has no subject or no text."
    if reason:
        row.state, row.error, row.settled_at = Message.State.FAILED, reason, row.created_at
    return row


def storable(text):
    """Without the one character that PostgreSQL keeps in no text."""
    return str(text).replace("\0", "")


def clean_address(address):
    """An address, with or without a name before it, that can't break out of its header."""
    name, plain = parseaddr(one_line(address))
    return formataddr((name, plain)) if name and plain.isascii() else plain or one_line(address)


def new_id():
    return f"<{uuid4().hex}@{urlsplit(settings.SITE_URL).hostname}>"


def attachment(part):
    """[name, base64, type] of a (name, content, type); a MIME object is nothing that a row can keep."""
    name, data, kind = part
    data = data.encode() if isinstance(data, str) else data
    return [one_line(name or ""), base64.b64encode(data).decode(), kind]
