"""Telling those who can mend it that e-mail is stuck: once a day, as long as something new got stuck."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from .composing import send
from .models import Message
from .permissions import CHANGE_MESSAGE

NAMED = 10  # messages named in the letter; the page has them all
KIND = "mail_stuck"


@transaction.atomic
def tell_of_stuck_mail(now=None):
    """Write to whoever may send e-mail again, where something got stuck since the last day; returns how many."""
    since = (now or timezone.now()) - timedelta(days=1)
    stuck = Message.objects.stuck().exclude(kind=KIND)
    if not stuck.filter(settled_at__gte=since).exists():
        return 0
    people = get_user_model().objects.who_may(CHANGE_MESSAGE)
    count = stuck.count()
    shown = {"messages": stuck[:NAMED], "count": count, "more": max(0, count - NAMED)}
    send(KIND, people, **shown, address=reverse("mail_stuck"))
    return count
