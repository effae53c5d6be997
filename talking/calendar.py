"""Agreed days as calendars read them (RFC 5545): one, by the link of an e-mail, or all of a person, as a feed.

A feed's address names its person and holds a mark of their password: a new password ends it.
"""

from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from icalendar import Calendar, Event

from organisations.models import Organisation, User
from records import signed

from .models import Meeting, VolunteerBooking, VolunteerDay

SALT, FEED_SALT = "talking.day", "talking.calendar"
PAST_DAYS = 90


def token_for(meeting, person):
    return signed.make({"day": meeting.pk, "by": person.pk}, SALT)


def read(token):
    """The Meeting of a token while its reader still acts for one of its sides, or None."""
    return found_by(token, "day", Meeting.objects.of)


def found_by(token, key, rows_of):
    """The row whose number stands under `key` in a token, of the rows that its reader may see; or None."""
    data = signed.read(token, SALT, days=400)
    if data is None or key not in data:
        return None
    person = User.objects.filter(pk=data["by"], is_active=True).first()
    return rows_of(person).filter(pk=data[key]).first() if person else None


def volunteer_token_for(day, person):
    return signed.make({"volunteer_day": day.pk, "by": person.pk}, SALT)


def read_volunteer(token):
    """The VolunteerDay of a token while its reader's organisation comes, or hosts it; or None."""
    return found_by(token, "volunteer_day", volunteer_days_of)


def volunteer_days_of(person):
    """Days that are planned where a person's organisation is the host, or has places."""
    mine = Organisation.objects.of(person).values("pk")
    taken = VolunteerBooking.objects.taken().filter(pledge__supplier__in=mine).values("task__day")
    rows = VolunteerDay.objects.standing().filter(Q(request__organisation__in=mine) | Q(pk__in=taken))
    return rows.select_related("request__organisation")


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
    """Agreed days and volunteer days of the last three months and to come."""
    since = timezone.now() - timedelta(days=PAST_DAYS)
    agreed = Meeting.objects.of(person).filter(starts_at__gte=since)
    hosted = volunteer_days_of(person).filter(starts_at__gte=since)
    return [*agreed.select_related("pledge__request__organisation", "pledge__supplier"), *hosted]


def as_ics(days):
    """The bytes of a calendar of Meetings and VolunteerDays."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.SITE_NAME}//")
    calendar.add("version", "2.0")
    for day in days:
        calendar.add_component(of_volunteers(day) if isinstance(day, VolunteerDay) else of_two(day))
    return calendar.to_ical()


def of_two(meeting):
    pledge = meeting.pledge
    summary = f"{pledge.request}: {pledge.supplier} and {pledge.request.organisation}"
    who = f"Who comes: {meeting.who}" if meeting.who else ""
    return event(f"day-{meeting.pk}", meeting, pledge.request, meeting.agreed_at, summary, who, pledge)


def of_volunteers(day):
    summary = f"{day.request}: volunteer day with {day.request.organisation}"
    return event(f"volunteer-day-{day.pk}", day, day.request, day.announced_at, summary, "", day)


def event(name, day, request, since, summary, who, page):
    shown = Event()
    shown.add("uid", f"{name}@{settings.SITE_URL.split('//')[1]}")
    shown.add("dtstamp", since)
    shown.add("dtstart", day.starts_at)
    shown.add("dtend", day.starts_at + timedelta(minutes=day.minutes))
    shown.add("summary", summary)
    if place := ("" if request.remote else request.postcode or request.place_words):
        shown.add("location", place)
    said = [who, f"Bring: {day.bring}" if day.bring else "", settings.SITE_URL + page.get_absolute_url()]
    shown.add("description", "\n".join(filter(None, said)))
    return shown
