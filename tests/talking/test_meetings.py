"""Agreeing a day: proposed by one side, taken by the other, called off in time, reminded of once, in the calendar."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from mail.models import Message
from requests_app import pledges
from talking import calendar, meetings
from talking.day_forms import TimeField
from talking.models import Meeting
from tests.conftest import make_organisation, make_request, make_user, markup

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def outbox(settings):
    settings.EMAIL_BACKEND = "mail.outbox.OutboxBackend"


@pytest.fixture
def pledge(group, supplier, people):
    made = pledges.offer(make_request(group, 10), supplier, 4, by=people["sam"])
    pledges.accept(made, by=people["alice"])
    made.refresh_from_db()
    return made


def soon(days=7, hour=10):
    day = timezone.localdate() + timedelta(days=days)
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour))


def agreed(pledge, people, **options):
    day = meetings.propose(pledge, [soon()], 120, by=people["sam"], **options)
    return meetings.accept(day, day.times.first(), by=people["alice"])


def told(kind):
    return sorted(Message.objects.filter(kind=kind).values_list("address", flat=True))


def test_from_the_page_of_a_pledge_to_an_agreed_day(client, pledge, people):
    client.force_login(people["sam"])
    first, second = soon(7), soon(8, 14)
    answers = {"hours": "1.5", "bring": "Gloves", "who": "Ana and Joe", "first_time": "10", "second_time": "2pm"}
    for name, moment in (("first", first), ("second", second)):
        answers |= {f"{name}_day_{part}": getattr(moment, part) for part in ("day", "month", "year")}
    address = reverse("day_new", args=[pledge.pk])
    assert "Enter a time like 10:30" in markup(client.post(address, answers))
    assert client.post(address, answers | {"first_time": "10am"}).status_code == 302
    day = Meeting.objects.get()
    assert [time.starts_at for time in day.times.all()] == [first, second] and day.minutes == 90
    assert told("day_proposed") == ["alice@example.org", "bob@example.org"]
    client.force_login(people["alice"])
    assert "Choose a day for" in client.get(reverse("dashboard")).content.decode()
    choose = reverse("day_choose", args=[day.pk])
    assert "Bring: Gloves" in client.get(choose).content.decode()
    client.post(choose, {"time": day.times.last().pk})
    day.refresh_from_db()
    assert (day.state, day.starts_at, day.agreed_by, day.who) == ("agreed", second, people["alice"], "Ana and Joe")
    assert "14:00 to 15:30" in markup(client.get(pledge.get_absolute_url()))
    assert {"alice@example.org", "sam@example.org"} <= set(told("day_agreed"))


@pytest.mark.parametrize("key", ["tess", "mo", "charlie"])
def test_nobody_else_proposes_chooses_or_calls_off(pledge, people, key):
    day = agreed(pledge, people)
    for act in (
        lambda: meetings.propose(pledge, [soon(9)], 60, by=people[key]),
        lambda: meetings.accept(day, day.times.first(), by=people[key]),
        lambda: meetings.cancel(day, "No", by=people[key]),
    ):
        with pytest.raises(ValidationError, match="two sides"):
            act()


def test_no_day_before_a_pledge_is_accepted(group, supplier, people):
    offered = pledges.offer(make_request(group, 10), supplier, 4, by=people["sam"])
    with pytest.raises(ValidationError, match="once the pledge is accepted"):
        meetings.propose(offered, [soon()], 60, by=people["sam"])


@pytest.mark.parametrize(
    ("times", "minutes", "weeks", "words"),
    [
        ([], 60, 1, "one to 5"), ([-1], 60, 1, "past"), ([400], 60, 1, "within a year"), ([7], 5, 1, "how long"),
        ([7], 900, 1, "how long"), ([7, 8], 60, 3, "series has one"), ([7], 60, 31, "30 weeks"),
        ([1, 2, 3, 4, 5, 6], 60, 1, "one to 5"),
    ],
)  # fmt: skip
def test_what_is_no_proposal_is_refused(pledge, people, times, minutes, weeks, words):
    with pytest.raises(ValidationError, match=words):
        meetings.propose(pledge, [soon(days) for days in times], minutes, by=people["sam"], weeks=weeks)
    assert not Meeting.objects.exists()


def test_the_side_that_proposed_does_not_choose_and_nobody_chooses_twice(pledge, people):
    day = meetings.propose(pledge, [soon(), soon(8)], 60, by=people["sam"])
    with pytest.raises(ValidationError, match="other side"):
        meetings.accept(day, day.times.first(), by=people["sam"])
    meetings.accept(day, day.times.first(), by=people["alice"])
    with pytest.raises(ValidationError, match="already"):
        meetings.accept(day, day.times.last(), by=people["bob"])


def test_a_time_that_has_passed_is_not_taken(pledge, people):
    day = meetings.propose(pledge, [soon(2)], 60, by=people["sam"])
    with time_machine.travel(soon(3)), pytest.raises(ValidationError, match="past"):
        meetings.accept(day, day.times.first(), by=people["alice"])


def test_a_series_is_a_day_a_week_at_the_same_time_by_the_clock(pledge, people):
    with time_machine.travel(datetime(2027, 3, 1, 9, tzinfo=timezone.get_current_timezone())):
        start = timezone.make_aware(datetime(2027, 3, 16, 10))
        day = meetings.propose(pledge, [start], 60, by=people["sam"], weeks=4)
        meetings.accept(day, day.times.first(), by=people["alice"])
        local = [timezone.localtime(row.starts_at) for row in Meeting.objects.filter(state="agreed")]
        assert [f"{moment:%d %H:%M}" for moment in local] == ["16 10:00", "23 10:00", "30 10:00", "06 10:00"]
        assert len(told("day_agreed")) == len(set(told("day_agreed")))  # one mail each, not one a week
        meetings.cancel(Meeting.objects.filter(state="agreed")[1], "Half term", by=people["bob"])
        assert Meeting.objects.filter(state="agreed").count() == 3


def test_calling_off_gives_a_reason_and_tells_everybody_but_oneself(pledge, people):
    day = agreed(pledge, people)
    with pytest.raises(ValidationError, match="Say why"):
        meetings.cancel(day, " \u200b ", by=people["alice"])
    meetings.cancel(day, "The boiler broke", by=people["alice"])
    assert told("day_called_off") == ["bob@example.org", "sam@example.org", "tess@example.org"] or set(
        told("day_called_off")
    ) == {"bob@example.org", "sam@example.org"}
    with pytest.raises(ValidationError, match="already"):
        meetings.cancel(day, "Again", by=people["sam"])


def test_a_day_that_has_been_is_not_called_off(pledge, people):
    day = agreed(pledge, people)
    with time_machine.travel(soon(8)), pytest.raises(ValidationError, match="has been"):
        meetings.cancel(day, "Late", by=people["alice"])


def test_both_sides_are_reminded_once_the_day_before(pledge, people):
    agreed(pledge, people)
    for moment, mails in ((soon(5, 9), 0), (soon(6, 9), 1), (soon(6, 20), 1), (soon(7, 9), 1)):
        meetings.remind(moment)
        assert told("day_is_near").count("alice@example.org") == mails
    assert told("day_is_near").count("sam@example.org") == 1


def test_nobody_is_reminded_of_what_was_called_off(pledge, people):
    meetings.cancel(agreed(pledge, people), "Ill", by=people["sam"])
    meetings.remind(soon(6, 9))
    assert told("day_is_near") == []


def test_the_calendar_holds_what_was_agreed_and_people_s_words_break_nothing(client, pledge, people):
    day = agreed(pledge, people, bring="Gloves; a rake\nBEGIN:VEVENT, and \\ more")
    answer = client.get(reverse("day_file", args=[calendar.token_for(day, people["sam"])]))
    assert answer["Content-Type"].startswith("text/calendar")
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event.decoded("dtstart") == day.starts_at
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(minutes=120)
    assert "a rake" in str(event["description"]) and "Paint our hall" in str(event["summary"])


def test_a_link_ends_with_membership_and_a_feed_with_the_password(client, pledge, people, group):
    day = agreed(pledge, people)
    link, feed = calendar.token_for(day, people["bob"]), calendar.feed_token(people["bob"])
    assert b"BEGIN:VEVENT" in client.get(reverse("day_feed", args=[feed])).content
    group.memberships.filter(user=people["bob"]).delete()
    assert client.get(reverse("day_file", args=[link])).status_code == 404
    assert b"BEGIN:VEVENT" not in client.get(reverse("day_feed", args=[feed])).content
    people["bob"].set_password("another-correct-horse-7")
    people["bob"].save()
    assert client.get(reverse("day_feed", args=[feed])).status_code == 404
    assert client.get(reverse("day_feed", args=["made-up"])).status_code == 404


def test_a_stranger_s_feed_is_empty(client, pledge, people):
    agreed(pledge, people)
    stranger = make_user("stranger")
    make_organisation("Other", "vcse", stranger, charity_number="1012399")
    assert b"BEGIN:VEVENT" not in client.get(reverse("day_feed", args=[calendar.feed_token(stranger)])).content


@pytest.mark.parametrize(
    ("typed", "read"),
    [("10:30", "10:30"), ("10.30", "10:30"), ("1030", "10:30"), ("9am", "09:00"), ("12 pm", "12:00"),
     ("12am", "00:00"), ("2 PM", "14:00"), ("23:59", "23:59")],
)  # fmt: skip
def test_times_are_read_as_people_type_them(typed, read):
    assert f"{TimeField().clean(typed):%H:%M}" == read


@pytest.mark.parametrize("typed", ["2", "25:00", "13pm", "0am", "10:60", "noon", "10:30:00"])
def test_a_time_that_is_not_sure_is_asked_about(typed):
    with pytest.raises(ValidationError, match="Enter a time like"):
        TimeField().clean(typed)


def test_a_day_goes_with_the_pledge_that_is_taken_back(client, pledge, people):
    day = agreed(pledge, people)
    proposed = meetings.propose(pledge, [soon(9)], 60, by=people["sam"])
    assert calendar.of_person(people["alice"]) == [day]
    pledges.withdraw(pledge, "We moved away", by=people["sam"])
    with time_machine.travel(day.starts_at - timedelta(hours=20)):
        meetings.remind()
    assert not told("day_is_near") and calendar.of_person(people["alice"]) == []
    client.force_login(people["alice"])
    assert reverse("day_choose", args=[proposed.pk]) not in client.get(reverse("dashboard")).content.decode()
