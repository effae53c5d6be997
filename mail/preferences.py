"""How somebody hears of things: at once, once a day, once a week, or not at all because a colleague does.

Nothing is lost by it: where nobody who is written to wants a message, all of them get it at once.
"""

from datetime import datetime, time, timedelta

from django.utils import timezone

from .models import Held, Preference
from .topics import TOPIC_OF

How = Preference.How
HOUR = 7  # in the morning, by the clock on the wall


def chosen(address):
    """{topic: how} of one address; what is not in it is at once."""
    return dict(Preference.objects.filter(address=address.lower()).values_list("topic", "how"))


def choose(address, topic, how):
    """Keep a choice; "at once" is the state without one."""
    if how == How.AT_ONCE:
        Preference.objects.filter(address=address.lower(), topic=topic).delete()
    else:
        Preference.objects.update_or_create(address=address.lower(), topic=topic, defaults={"how": how})


def sorted_out(template, readers):
    """(readers to write to now, [(reader, how)] to hold for) of a message of a template."""
    topic = TOPIC_OF.get(template)
    if topic is None:
        return readers, []
    rows = Preference.objects.filter(topic=topic, address__in=[reader.email.lower() for reader in readers])
    wish = dict(rows.values_list("address", "how"))
    ways = [(reader, wish.get(reader.email.lower(), How.AT_ONCE)) for reader in readers]
    if ways and all(how == How.NEVER for _, how in ways):
        return readers, []
    now = [reader for reader, how in ways if how == How.AT_ONCE]
    return now, [(reader, how) for reader, how in ways if how in (How.DAILY, How.WEEKLY)]


def hold(reader, how, subject, text, now=None):
    """Keep a message for the next round of somebody's e-mails."""
    now = now or timezone.now()
    Held.objects.create(
        address=reader.email, name=reader.name, subject=subject, text=text, at=now, due_at=next_round(how, now)
    )


def forget(address):
    """Take away what an address chose and what waits for its round: its holder is gone."""
    Preference.objects.filter(address=address.lower()).delete()
    Held.objects.filter(address__iexact=address).delete()


def next_round(how, now):
    """The next morning, or the next Monday's."""
    day = timezone.localdate(now) + timedelta(days=1)
    if how == How.WEEKLY:
        day += timedelta(days=(7 - day.weekday()) % 7)
    return timezone.make_aware(datetime.combine(day, time(HOUR)))
