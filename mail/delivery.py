"""Handing messages over: taken one at a time, each handed over once, tried again when the server could not.

Where a worker may be killed, and what becomes of the message:

    waiting   nothing happened; any worker takes it
    taken     nothing was handed over; it waits again as soon as its worker is known to be dead
    handing   the server was being given the text: it may have it. The message becomes "may have arrived"; nobody
              sends it twice unasked, a person may (see again.py)
    sent      done; the text is forgotten

A server that answers "no" for good (5xx to the address or the text) ends a message, one that answers "not now" or
nothing at all is asked again after the pauses of PAUSES. A server that breaks off after it was given the text leaves
the message unsure, as a kill does.
"""

import base64
import logging
import smtplib
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from words.lines import one_line

from .models import Message

State = Message.State
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440, 1440)]
LONGEST_MINUTES = 10  # a message that one worker has had for longer was left by it
KEPT_DAYS = 90
UNSURE = "The worker was stopped while it handed this over. It may have arrived."
NO_ANSWER = "The mail server was given this and did not answer. It may have arrived."

logger = logging.getLogger(__name__)


class LostIt(Exception):
    """Somebody else has the message now: this worker was taken for dead."""


def deliver_due(worker, most=100, stopped=lambda: False):
    """Hand over what is due, at most `most` messages; returns (sent, whether the mail server could be reached)."""
    connection, sent = get_connection(settings.MAIL_DELIVERY_BACKEND), 0
    try:
        for _ in range(most):
            message = None if stopped() else take(worker)
            if message is None:
                break
            try:
                connection.open()
            except Exception as error:  # whatever a library raises, the message must not be lost
                put_off(message, error)
                return sent, False
            sent += hand_over(message, connection)
    finally:
        close(connection)
    return sent, True


def close(connection):
    """A server that breaks off now changes nothing about what it has taken."""
    try:
        connection.close()
    except Exception:
        logger.debug("The mail server did not take leave", exc_info=True)
        if hasattr(connection, "connection"):
            connection.connection = None


@transaction.atomic
def take(worker, now=None):
    """The next message for `worker`, or None. Others pass by a row that somebody is just taking."""
    now = now or timezone.now()
    message = Message.objects.due(now).select_for_update(skip_locked=True).first()
    if message is None:
        return None
    message.state, message.taken_by, message.taken_at = State.TAKEN, worker, now
    message.tries += 1
    message.save(update_fields=["state", "taken_by", "taken_at", "tries"])
    return message


def hand_over(message, connection):
    """Give one taken message to the open connection and write down what became of it; True when it was sent."""
    marked = []

    def mark():
        _move(message, [State.TAKEN], state=State.HANDING, taken_at=timezone.now())
        marked.append(True)

    try:
        email = email_of(message, connection)
        if hasattr(connection, "before_data"):
            connection.before_data = mark
        else:
            mark()
        if not connection.send_messages([email]):
            raise ValueError("the mail backend handed nothing over")
    except LostIt:
        logger.warning("Message %s was taken up by another worker", message.pk)
        close(connection)
        return False
    except Exception as error:
        if marked and not _is_answer(error):
            settle(message, State.UNSURE, error=NO_ANSWER)
        elif _is_final(error):
            settle(message, State.FAILED, error=words_of(error))
        else:
            put_off(message, error)
        close(connection)  # the next message starts with a connection of its own
        return False
    settle(message, State.SENT)
    return True


def email_of(message, connection):
    """The EmailMessage that a row keeps; ValueError where the row can't be read."""
    content = message.content
    email = EmailMultiAlternatives(
        message.subject,
        content["body"],
        content["from"],
        [message.address],
        connection=connection,
        headers={**content["headers"], "Message-ID": message.message_id},
        reply_to=content["reply_to"],
    )
    email.content_subtype = content["subtype"]
    for text, kind in content["alternatives"]:
        email.attach_alternative(text, kind)
    for name, data, kind in content["attachments"]:
        email.attach(name, base64.b64decode(data), kind)
    return email


def _is_answer(error):
    """Whether the server said what it made of the message, rather than falling silent."""
    return isinstance(error, smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused)


def _is_final(error):
    """Whether trying again is no use: refused for good, or nothing that could ever be sent."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPDataError):
        return error.smtp_code >= 500
    return isinstance(error, (ValueError, TypeError, KeyError))


def words_of(error):
    """What went wrong, for people: the server's own words where it has some."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        answers = [f"{code} {_text(words)}" for code, words in error.recipients.values()]
        return one_line(f"The mail server refuses the address: {'; '.join(answers)}", 500)
    if isinstance(error, smtplib.SMTPResponseException):
        return one_line(f"The mail server says: {error.smtp_code} {_text(error.smtp_error)}", 500)
    if isinstance(error, OSError):
        return one_line(f"The mail server could not be reached: {error or type(error).__name__}", 500)
    return one_line(f"It could not be sent: {type(error).__name__}: {error}", 500)


def _text(words):
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)


def put_off(message, error):
    """Try again after a pause, or give up after the last one."""
    if message.tries > len(PAUSES):
        settle(message, State.FAILED, error=f"Given up after {message.tries} tries. {words_of(error)}"[:500])
        return
    _move(
        message,
        [State.TAKEN, State.HANDING],
        state=State.WAITING,
        due_at=timezone.now() + PAUSES[message.tries - 1],
        taken_by="",
        taken_at=None,
        error=words_of(error),
    )


def settle(message, state, error=""):
    """Write down how it ended. A message that was taken for unsure meanwhile is what its worker says."""
    fields = {"state": state, "error": error, "settled_at": timezone.now()}
    if state == State.SENT:
        fields["content"] = None
    else:
        logger.error("E-mail %s to %s: %s. %s", message.pk, message.address, State(state).label, error)
    _move(message, [State.TAKEN, State.HANDING, State.UNSURE], **fields)


def _move(message, before, **fields):
    """Compare-and-set by the worker that has the message; LostIt where it has it no more."""
    mine = Message.objects.filter(pk=message.pk, taken_by=message.taken_by, tries=message.tries, state__in=before)
    if not mine.update(**fields):
        raise LostIt


def take_up(living, now=None):
    """Messages of workers that are dead: wait again where nothing was handed over, else unsure. Returns how many."""
    now = now or timezone.now()
    left = ~Q(taken_by__in=living) | Q(taken_at__lt=now - timedelta(minutes=LONGEST_MINUTES))
    unsure = Message.objects.filter(left, state=State.HANDING).update(state=State.UNSURE, error=UNSURE, settled_at=now)
    waiting = Message.objects.filter(left, state=State.TAKEN)
    given_up = waiting.filter(tries__gt=len(PAUSES)).update(
        state=State.FAILED, error=f"Given up: {len(PAUSES) + 1} times a worker died over it.", settled_at=now
    )
    again = waiting.update(state=State.WAITING, taken_by="", taken_at=None)
    if unsure or given_up:
        logger.error("%s e-mails may have arrived, %s were given up: their workers died", unsure, given_up)
    return unsure + given_up + again


def prune(now=None):
    """Forget messages that were sent KEPT_DAYS ago, and failures as old that nobody took up."""
    moment = (now or timezone.now()) - timedelta(days=KEPT_DAYS)
    Message.objects.filter(state__in=[State.SENT, State.FAILED, State.UNSURE], settled_at__lt=moment).delete()
