"""Places on volunteer days: taken, waited for, changed, given up; what comes free goes to who waits longest."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from requests_app import pledges
from talking import bookings, volunteer_days
from talking.models import VolunteerBooking
from tests.conftest import make_request, markup
from tests.talking.days import plan, told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def outbox(settings):
    settings.EMAIL_BACKEND = "mail.outbox.OutboxBackend"


def places_held(booking):
    return booking.places.count()


def test_a_place_given_up_is_offered_to_who_waits_longest_and_then_to_the_next(client, shown, people, three):
    (_, ann, of_ann), (_, ben, of_ben), (_, con, of_con) = three
    task = plan(shown, people, ("Painting", 2, 0))[0].tasks.get()
    first = bookings.take(task, of_ann, 2, by=ann)
    with pytest.raises(ValidationError, match="No place is left"):
        bookings.take(task, of_ben, 1, by=ben)
    second = bookings.take(task, of_ben, 1, by=ben, waits=True)
    third = bookings.take(task, of_con, 2, by=con, waits=True)
    assert (second.state, third.state, places_held(second)) == ("waiting", "waiting", 0)
    bookings.change(first, 1, by=ann, who="Ana")
    second.refresh_from_db()
    assert (second.state, places_held(second)) == ("offered", 1)
    assert told("places_offered") == ["ben@example.org"]
    with pytest.raises(ValidationError, match="No place is left"):
        bookings.change(first, 2, by=ann)  # kept for who waited
    bookings.give_up(first, by=ann)
    third.refresh_from_db()
    assert third.state == "waiting"  # two people, one place
    with time_machine.travel(timezone.now() + timedelta(hours=49)):
        client.force_login(ben)
        assert "Take them" not in markup(client.get(second.get_absolute_url()))
        with pytest.raises(ValidationError, match="taken or given up"):
            bookings.accept(second, by=ben)  # over, whether or not anything tidied it up
        bookings.tick()
        bookings.tick()
    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.state, places_held(second), third.state, places_held(third)) == ("lapsed", 0, "offered", 2)
    with time_machine.travel(timezone.now() + timedelta(hours=50)):
        bookings.accept(third, by=con)
    assert VolunteerBooking.objects.get(pk=third.pk).is_taken
    assert told("places_offered") == ["ben@example.org", "con@example.org"]
    assert {"alice@example.org", "bob@example.org"} <= set(told("places_given_up"))


def test_what_an_ended_pledge_held_goes_to_who_waits(shown, people, three):
    (_, ann, of_ann), (_, ben, of_ben), _ = three
    task = plan(shown, people, ("Painting", 1, 0))[0].tasks.get()
    first = bookings.take(task, of_ann, 1, by=ann)
    second = bookings.take(task, of_ben, 1, by=ben, waits=True)
    pledges.withdraw(of_ann, "We moved away", by=ann)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("given_up", "offered")
    bookings.accept(second, by=ben)
    pledges.finish(of_ben, by=ben)
    second.refresh_from_db()
    assert (second.state, task.places.filter(booking=None).count()) == ("given_up", 1)


def test_a_place_is_kept_for_a_newcomer_until_shortly_before(shown, people, three, settings):
    (_, ann, of_ann), (_, ben, of_ben), _ = three
    first, second = plan(shown, people, ("Painting", 2, 1), weeks=2)
    bookings.take(first.tasks.get(), of_ann, 1, by=ann)
    task = second.tasks.get()
    with pytest.raises(ValidationError, match="Only 1 place is left"):
        bookings.take(task, of_ann, 2, by=ann)
    waits = bookings.take(task, of_ann, 2, by=ann, waits=True)
    with time_machine.travel(second.starts_at - timedelta(days=settings.VOLUNTEER_KEPT_DAYS, hours=-1)):
        bookings.tick()
        waits.refresh_from_db()
        assert waits.state == "offered" and places_held(waits) == 2
        bookings.give_up(waits, by=ann)
    made = bookings.take(task, of_ben, 1, by=ben)
    assert made.places.get().for_newcomers


def test_places_are_changed_given_up_and_taken_by_the_site(client, shown, people, three):
    (_, ann, of_ann), (_, ben, of_ben), _ = three
    task = plan(shown, people, ("Painting", 2, 0))[0].tasks.get()
    mine, theirs = bookings.take(task, of_ann, 2, by=ann), bookings.take(task, of_ben, 1, by=ben, waits=True)
    client.force_login(ann)
    assert client.get(theirs.get_absolute_url()).status_code == 404
    client.raise_request_exception = False
    assert client.post(mine.get_absolute_url(), {"people": "1"}).status_code == 400  # no button was pressed
    assert "No place is left" in markup(client.post(mine.get_absolute_url(), {"change": "", "people": "9", "who": ""}))
    client.post(mine.get_absolute_url(), {"change": "", "people": "1", "who": "Ana"})
    mine.refresh_from_db()
    assert (mine.people, mine.who) == (1, "Ana")
    client.force_login(ben)
    assert "kept for you until" in markup(client.get(theirs.get_absolute_url()))
    client.post(theirs.get_absolute_url(), {"accept": ""})
    theirs.refresh_from_db()
    assert theirs.is_taken and theirs.offered_until is None
    client.post(theirs.get_absolute_url(), {"give_up": ""})
    theirs.refresh_from_db()
    assert theirs.state == "given_up"
    assert "given up already" in markup(client.post(theirs.get_absolute_url(), {"give_up": ""}, follow=True))


def test_what_places_refuse(shown, people, three, supplier):
    (_, ann, of_ann), (_, ben, of_ben), _ = three
    first, second = plan(shown, people, ("Painting", 3, 0), weeks=2)
    task = first.tasks.get()
    other = make_request(shown.organisation, 100, title="Dig our garden")
    foreign = pledges.offer(other, supplier, 4, by=people["sam"])
    pledges.accept(foreign, by=people["alice"])
    mine = bookings.take(task, of_ann, 2, by=ann)
    for words, verb in (
        ("Say for how many people", lambda: bookings.take(task, of_ben, 0, by=ben)),
        ("3 places in all", lambda: bookings.take(task, of_ben, 4, by=ben, waits=True)),
        ("Only 1 place is left", lambda: bookings.take(task, of_ben, 2, by=ben)),
        ("another request", lambda: bookings.take(task, foreign, 1, by=people["sam"])),
        ("change those", lambda: bookings.take(task, of_ann, 1, by=ann)),
        ("Only the supplier changes its places", lambda: bookings.change(mine, 1, by=ben)),
        ("Only the supplier changes its places", lambda: bookings.give_up(mine, by=people["alice"])),
    ):
        with pytest.raises(ValidationError, match=words):
            verb()
    assert (places_held(mine), task.places.exclude(booking=None).count()) == (2, 2)
    with time_machine.travel(first.starts_at), pytest.raises(ValidationError, match="has begun"):
        bookings.take(task, of_ben, 1, by=ben)
    volunteer_days.call_off(second, "Rain", by=people["alice"])
    with pytest.raises(ValidationError, match="called off"):
        bookings.take(second.tasks.get(), of_ben, 1, by=ben)


def test_places_that_somebody_took_in_this_very_moment_are_refused(shown, people, three):
    (_, ann, of_ann), (_, ben, of_ben), _ = three
    task = plan(shown, people, ("Painting", 1, 0))[0].tasks.get()
    seen = bookings.free_places(task, of_ben.supplier)
    bookings.take(task, of_ann, 1, by=ann)
    late = VolunteerBooking.objects.create(task=task, pledge=of_ben, people=1, by=ben, at=timezone.now())
    with pytest.raises(ValidationError, match="Somebody was quicker"):
        bookings.hold(late, seen)
