"""Run as a program: more people than a volunteer day has places for, all of them in the same instant.

python -m tests.journeys.place_race SUPPLIERS
"""

import json
import sys
from collections import Counter
from datetime import timedelta
from decimal import Decimal

import django

django.setup()

from django.db.models import Count  # noqa: E402 - after setup
from django.utils import timezone  # noqa: E402

from mail.models import Message  # noqa: E402
from organisations.models import User  # noqa: E402
from requests_app import pledges  # noqa: E402
from requests_app.models import Pledge, Request  # noqa: E402
from talking import bookings, volunteer_days  # noqa: E402
from talking.models import VolunteerBooking, VolunteerPlace  # noqa: E402
from tests.conftest import make_request  # noqa: E402
from tests.journeys.race import make, together  # noqa: E402

PLACES = 10


def race(suppliers):
    """All take a place or wait; then some give theirs up, or take their pledge back, while two workers offer on."""
    user = User.objects.create_user("places@example.org", name="Race")
    group = make("Group", "vcse", user)
    wanted = make_request(group, 1000)
    made = []
    for number in range(suppliers):
        shown = Request.objects.for_page().get(pk=wanted.pk)
        pledge = pledges.offer(shown, make(f"Firm {number}", "business", user), Decimal(1), by=user)
        pledges.accept(pledge, by=user)
        made.append(pledge.pk)
    starts = timezone.now() + timedelta(days=9)
    task = volunteer_days.announce(wanted, starts, 60, [("Painting", PLACES, 0)], by=user)[0].tasks.get()

    def take(number):
        return bookings.take(task, Pledge.objects.get(pk=number), 1, by=user, waits=True)

    taken = together([lambda n=n: take(n) for n in made])
    first = states()
    rows = list(VolunteerBooking.objects.taken().order_by("pk"))
    jobs = [lambda b=b: bookings.give_up(b, by=user) for b in rows[:3]]
    jobs += [lambda b=b: pledges.withdraw(Pledge.objects.get(pk=b.pledge_id), "Ill", by=user) for b in rows[3:6]]
    jobs += [bookings.tick, bookings.tick]
    mixed = together(jobs)
    bookings.tick()
    second = states()
    offered = list(VolunteerBooking.objects.filter(state="offered").order_by("pk"))
    jobs = [lambda b=b: bookings.accept(b, by=user) for b in offered for _ in range(2)]  # a double click
    accepted = together(jobs)
    third = states()
    for row in VolunteerBooking.objects.taken().order_by("pk")[:3]:
        bookings.give_up(row, by=user)
    offered = list(VolunteerBooking.objects.filter(state="offered").order_by("pk"))
    jobs = [lambda b=b: bookings.accept(b, by=user) for b in offered]
    jobs += [lambda b=b: pledges.withdraw(Pledge.objects.get(pk=b.pledge_id), "Ill", by=user) for b in offered]
    torn = together(jobs)
    bookings.tick()
    held = VolunteerBooking.objects.annotate(held=Count("places"))
    return {
        "taken": taken, "first": first, "mixed": mixed, "second": second, "accepted": accepted, "third": third,
        "torn": torn, "withdrawn": Pledge.objects.filter(state="withdrawn").count(), "fourth": states(),
        "held": VolunteerPlace.objects.exclude(booking=None).count(),
        "crooked": sum(row.held != (row.people if row.state in ("taken", "offered") else 0) for row in held),
        "ended": VolunteerBooking.objects.live().exclude(pledge__state="accepted").count(),
        "offers": Message.objects.filter(kind="places_offered").count(),
    }  # fmt: skip


def states():
    return dict(Counter(VolunteerBooking.objects.values_list("state", flat=True)))


if __name__ == "__main__":
    print(json.dumps(race(int(sys.argv[1]))))
