"""Volunteer days: several tasks and suppliers, places that nobody gets twice, what comes free goes to who waits."""

from datetime import timedelta

import pytest
import time_machine
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from mail.models import Message
from organisations import approvals, merging
from requests_app import pledges
from talking import bookings, calendar, volunteer_days
from talking.day_forms import read_task
from talking.models import HelpersMessage, VolunteerBooking, VolunteerDay, VolunteerPlace
from tests.conftest import markup
from tests.talking.days import plan, soon, told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def outbox(settings):
    settings.EMAIL_BACKEND = "mail.outbox.OutboxBackend"


def test_a_group_plans_a_day_and_suppliers_take_places_by_the_site(client, shown, people, three):
    client.force_login(people["alice"])
    day = soon()
    answers = {"hours": "4", "at": "10am", "tasks": "6 painting\nDigging: 2", "bring": "Gloves", "newcomers": "on"}
    answers |= {f"day_{part}": getattr(day, part) for part in ("day", "month", "year")}
    address = reverse("volunteer_day_new", args=[shown.pk])
    assert "like “6 painting the hall”: weeding" in markup(client.post(address, answers | {"tasks": "weeding"}))
    assert client.post(address, answers).status_code == 302
    planned = VolunteerDay.objects.get()
    assert [(task.name, task.places.count()) for task in planned.tasks.all()] == [("Painting", 6), ("Digging", 2)]
    assert VolunteerPlace.objects.filter(for_newcomers=True).count() == 2
    assert told("volunteer_day_planned") == ["ann@example.org", "ben@example.org", "con@example.org"]
    public = markup(client.get(shown.get_absolute_url()))
    assert "8 of 8 places left" in public
    client.force_login(three[0][1])
    page = markup(client.get(planned.get_absolute_url()))
    assert "6 of 6" in page and "1 kept for newcomers" in page and "Call this day off" not in page
    take = reverse("places_new", args=[planned.tasks.first().pk])
    assert "6 places are left for you" in markup(client.get(take))
    client.post(take, {"people": "4", "who": "Ana, Joe"})
    made = VolunteerBooking.objects.get()
    assert (made.state, made.people, made.places.count()) == ("taken", 4, 4)
    assert set(told("places_taken")) == {"alice@example.org", "bob@example.org"}
    assert told("places_yours") == ["ann@example.org"]
    assert "Only 2 places are left" in markup(
        (client.force_login(three[1][1]), client.post(take, {"people": "3", "who": ""}))[1]
    )
    client.logout()
    assert "4 of 8 places left" in markup(client.get(shown.get_absolute_url()))
    assert client.get(planned.get_absolute_url()).status_code == 302


def test_nobody_comes_without_an_accepted_pledge(client, shown, people, supplier):
    day = plan(shown, people, ("Painting", 3, 0))[0]
    pledge = pledges.offer(shown, supplier, 4, by=people["sam"])
    with pytest.raises(ValidationError, match="whose pledge is accepted"):
        bookings.take(day.tasks.get(), pledge, 1, by=people["sam"])
    client.force_login(people["sam"])
    assert client.get(day.get_absolute_url()).status_code == 404
    assert client.get(reverse("places_new", args=[day.tasks.get().pk])).status_code == 404


def test_only_the_group_plans_and_calls_off_and_only_helpers_write(shown, people, three):
    day = plan(shown, people, ("Painting", 3, 0))[0]
    for key in ("tess", "mo", "sam"):
        with pytest.raises(ValidationError, match="Only the group"):
            plan(shown, people, ("Painting", 3, 0), by=people[key], starts_at=soon(12))
        with pytest.raises(ValidationError, match="Only the group"):
            volunteer_days.call_off(day, "No", by=people[key])
        with pytest.raises(ValidationError, match="Only the group and those who help"):
            volunteer_days.write(shown, "Hello", by=people[key])
    with pytest.raises(ValidationError, match="Only the supplier"):
        bookings.take(day.tasks.get(), three[0][2], 1, by=people["alice"])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"starts_at": timezone.now() - timedelta(hours=1)}, "past"),
        ({"minutes": 5}, "how long"),
        ({"weeks": 31}, "within a year"),
        ({"starts_at": soon(400)}, "within a year"),
    ],
)
def test_what_a_day_refuses(shown, people, change, words):
    with pytest.raises(ValidationError, match=words):
        plan(shown, people, ("Painting", 3, 0), **change)
    assert not VolunteerDay.objects.exists()


@pytest.mark.parametrize(
    ("tasks", "words"),
    [
        ([], "one to 5 tasks"),
        ([("A", 1, 0)] * 6, "one to 5 tasks"),
        ([("Painting", 3, 0), ("painting", 2, 0)], "a name of its own"),
        ([("Painting", 0, 0)], "1 to 60 places"),
        ([("Painting", 61, 0)], "1 to 60 places"),
        ([("Painting", 2, 3)], "keep at most"),
        ([("Ring 07700 900123", 2, 0)], "take this out"),
    ],
)
def test_what_tasks_refuse(shown, people, tasks, words):
    with pytest.raises(ValidationError, match=words):
        plan(shown, people, *tasks)


def test_two_days_at_one_time_are_one_too_many(shown, people):
    plan(shown, people, ("Painting", 3, 0))
    with pytest.raises(ValidationError, match="at this time already"):
        plan(shown, people, ("Digging", 3, 0))
    with pytest.raises(IntegrityError), transaction.atomic():
        VolunteerDay.objects.create(
            request=shown, starts_at=soon(), minutes=60, announced_by=people["alice"], announced_at=timezone.now()
        )


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("6 painting the hall", ("Painting the hall", 6)),
        ("6 x painting", ("Painting", 6)),
        ("6 xylophone", ("Xylophone", 6)),
        ("6: painting", ("Painting", 6)),
        ("6painting", ("Painting", 6)),
        ("Painting: 6", ("Painting", 6)),
        ("painting, 6", ("Painting", 6)),
        ("Painting 3 walls: 6", ("Painting 3 walls", 6)),
        ("6 painting 4", None),
        ("painting", None),
        ("6", None),
        ("6 7", None),
        ("", None),
        ("1000 painting", None),
    ],
)
def test_a_task_and_its_places_are_read_from_a_line(line, read):
    assert read_task(line) == read


def test_a_day_called_off_tells_everybody_and_takes_nobody(shown, people, three):
    (_, ann, of_ann), (_, ben, of_ben), (_, con, of_con) = three
    day = plan(shown, people, ("Painting", 1, 0))[0]
    task = day.tasks.get()
    mine = bookings.take(task, of_ann, 1, by=ann)
    bookings.take(task, of_ben, 1, by=ben, waits=True)
    with pytest.raises(ValidationError, match="Say why"):
        volunteer_days.call_off(day, " ", by=people["alice"])
    volunteer_days.call_off(day, "The roof leaks", by=people["alice"])
    assert told("volunteer_day_called_off") == ["ann@example.org", "ben@example.org"]
    for act in (
        lambda: bookings.take(task, of_con, 1, by=con),
        lambda: bookings.give_up(mine, by=ann),
        lambda: volunteer_days.call_off(day, "Again", by=people["alice"]),
    ):
        with pytest.raises(ValidationError, match="called off"):
            act()
    with time_machine.travel(day.starts_at - timedelta(hours=20)):
        volunteer_days.remind()
    assert not told("volunteer_day_is_near")


def test_everybody_who_comes_is_reminded_once(shown, people, three):
    (_, ann, of_ann), (_, ben, of_ben), _ = three
    day = plan(shown, people, ("Painting", 1, 0), ("Digging", 2, 0))[0]
    bookings.take(day.tasks.first(), of_ann, 1, by=ann, who="Ana")
    bookings.take(day.tasks.last(), of_ann, 1, by=ann)
    bookings.take(day.tasks.first(), of_ben, 1, by=ben, waits=True)
    with time_machine.travel(day.starts_at - timedelta(days=3)):
        volunteer_days.remind()
        assert not told("volunteer_day_is_near")
    with time_machine.travel(day.starts_at - timedelta(hours=20)):
        volunteer_days.remind()
        volunteer_days.remind()
    assert told("volunteer_day_is_near") == ["alice@example.org", "ann@example.org", "bob@example.org"]
    own = Message.objects.get(kind="volunteer_day_is_near", address="ann@example.org").content["body"]
    assert "- Painting: 1 person (Ana)" in own and "- Digging: 1 person" in own
    for_group = Message.objects.filter(kind="volunteer_day_is_near", address="alice@example.org").get().content["body"]
    assert "Painting: Ann Ltd, 1 person (Ana)" in for_group


def test_the_day_is_in_calendars_of_who_hosts_and_who_comes(client, shown, people, three):
    (_, ann, of_ann), (_, ben, of_ben), _ = three
    day = plan(shown, people, ("Painting", 1, 0))[0]
    bookings.take(day.tasks.get(), of_ann, 1, by=ann)
    bookings.take(day.tasks.get(), of_ben, 1, by=ben, waits=True)
    assert calendar.of_person(ann) == [day] == calendar.of_person(people["alice"])
    assert calendar.of_person(ben) == []
    address = reverse("volunteer_day_file", args=[calendar.volunteer_token_for(day, ann)])
    event = Calendar.from_ical(client.get(address).content).walk("VEVENT")[0]
    assert event["dtstart"].dt == day.starts_at and "volunteer day" in event["summary"]
    strange = reverse("volunteer_day_file", args=[calendar.volunteer_token_for(day, ben)])
    assert client.get(strange).status_code == 404
    assert client.get(reverse("day_file", args=[calendar.volunteer_token_for(day, ann)])).status_code == 404
    assert client.get(reverse("volunteer_day_file", args=[signing.dumps("x")])).status_code == 404


def test_what_one_writes_reaches_the_group_and_all_who_help(client, shown, people, three):
    client.force_login(three[0][1])
    address = reverse("volunteer_days", args=[shown.pk])
    assert "Write your message" in markup(client.post(address, {"text": " "})) or not HelpersMessage.objects.exists()
    assert client.post(address, {"text": "Shall we share a van?"}).status_code == 302
    assert told("helpers_message") == ["alice@example.org", "ben@example.org", "bob@example.org", "con@example.org"]
    client.force_login(three[2][1])
    page = markup(client.get(address))
    assert "Shall we share a van?" in page and "Ann Ltd" in page and "Ben Ltd" in page
    with pytest.raises(TypeError, match="never edited"):
        HelpersMessage.objects.update(text="Other")


def test_the_council_reads_and_does_not_act(client, shown, people, three):
    day = plan(shown, people, ("Painting", 1, 0))[0]
    client.force_login(people["mo"])
    page = markup(client.get(day.get_absolute_url()))
    assert "Painting" in page and "Send to all" not in page and "Take places" not in page
    assert client.post(day.get_absolute_url(), {"text": "Hello"}).status_code == 200
    assert not HelpersMessage.objects.exists()


def test_what_a_merged_supplier_wrote_and_booked_goes_with_it(client, shown, people, three):
    (ann_ltd, ann, of_ann), (ben_ltd, *_), _ = three
    day = plan(shown, people, ("Painting", 3, 0))[0]
    bookings.take(day.tasks.get(), of_ann, 1, by=ann)
    volunteer_days.write(shown, "We bring a van", by=ann)
    merging.merge(ben_ltd, ann_ltd, "The same firm", by=people["mo"])
    client.force_login(people["alice"])
    page = markup(client.get(day.get_absolute_url()))
    assert "We bring a van" in page and "Ben Ltd: 1 person" in page and "Ann Ltd" not in page


def test_a_group_that_closes_calls_its_days_off(shown, people, three):
    day = plan(shown, people, ("Painting", 3, 0))[0]
    bookings.take(day.tasks.get(), three[0][2], 1, by=three[0][1])
    approvals.close(shown.organisation, "Has ended", by=people["mo"])
    day.refresh_from_db()
    assert not day.is_planned and day.reason == f"{shown.organisation} has closed"
    with time_machine.travel(day.starts_at - timedelta(hours=20)):
        volunteer_days.remind()
    assert not told("volunteer_day_is_near")
