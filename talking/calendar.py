"""Agreed days as calendars read them (RFC 5545): one, by the link of an e-mail, or all of a person, as a feed.

A feed's address names its person and holds a mark of their password: a new password ends it.
"""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac
from icalendar import Calendar, Event

from organisations.models import User
from records import signed

from .models import Meeting

SALT, FEED_SALT = "talking.day", "talking.calendar"
PAST_DAYS = 90


def token_for(meeting, person):
    return signed.make({"day": meeting.pk, "by": person.pk}, SALT)


def read(token):
    """The Meeting of a token while its reader still acts for one of its sides, or None."""
    data = signed.read(token, SALT, days=400)
    if data is None:
        return None
    person = User.objects.filter(pk=data["by"], is_active=True).first()
    return Meeting.objects.of(person).filter(pk=data["day"]).first() if person else None


def mark_of(person):
    return salted_hmac(FEED_SALT, person.password).hexdigest()[:16]


def feed_token(person):
    return signed.make({"by": person.pk, "mark": mark_of(person)}, FEED_SALT)


def feed_reader(token):
    """The User of a feed's address, or None where it is made up or ended."""
    data = signed.read(token, FEED_SALT)
    if data is None:
        return None
    person = User.objects.filter(pk=data["by"], is_active=True).first()
    return person if person and data["mark"] == mark_of(person) else None


def of_person(person):
    """Agreed days of the last three months and to come."""
    since = timezone.now() - timedelta(days=PAST_DAYS)
    return Meeting.objects.of(person).filter(starts_at__gte=since).select_related("pledge__request", "pledge__supplier")


def as_ics(meetings):
    """The bytes of a calendar of these days."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.SITE_NAME}//")
    calendar.add("version", "2.0")
    for meeting in meetings:
        calendar.add_component(event(meeting))
    return calendar.to_ical()


def event(meeting):
    pledge, shown = meeting.pledge, Event()
    request = pledge.request
    shown.add("uid", f"day-{meeting.pk}@{settings.SITE_URL.split('//')[1]}")
    shown.add("dtstamp", meeting.agreed_at)
    shown.add("dtstart", meeting.starts_at)
    shown.add("dtend", meeting.starts_at + timedelta(minutes=meeting.minutes))
    shown.add("summary", f"{request}: {pledge.supplier} and {request.organisation}")
    if place := ("" if request.remote else request.postcode or request.place_words):
        shown.add("location", place)
    said = [f"Who comes: {meeting.who}" if meeting.who else "", f"Bring: {meeting.bring}" if meeting.bring else ""]
    said.append(settings.SITE_URL + pledge.get_absolute_url())
    shown.add("description", "\n".join(filter(None, said)))
    return shown
