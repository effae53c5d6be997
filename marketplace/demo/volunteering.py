"""The demo's volunteer days: a hall to paint, three suppliers with accepted pledges, places taken and waited for."""

from datetime import datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from guidance.models import Outcome
from requests_app import pledges, totals
from requests_app.models import Request, RequestTotals
from talking import bookings, volunteer_days

from .clock import at
from .history import owner_of

SAID = (
    "We have a van with two seats free from Redhill. Who would like to come along?",
    "Yes please, both of us. We bring the rollers.",
    "Lunch is at one, for everybody. Tell us what you don’t eat.",
)


def make_volunteer_days(group, suppliers, today):
    """One public request of `group` with two volunteer days, on which three of `suppliers` come."""
    posted = today - timedelta(days=9)
    with at(posted):
        wanted = post(group, posted)
    owner, helpers = owner_of(group), []
    ours_first = sorted(suppliers, key=lambda row: row[0].name != "Holmbury Construction")
    for number, (supplier, _) in enumerate(ours_first[:3]):
        with at(today - timedelta(days=6 - number)):
            wanted.totals = RequestTotals.objects.get(request=wanted)
            made = pledges.offer(
                wanted, supplier, Decimal(16), by=owner_of(supplier), covers_hosting=number == 0,
                message="Four of us for a day.",
            )  # fmt: skip
            pledges.accept(made, by=owner)
            made.refresh_from_db()
            helpers.append(made)
    first = timezone.make_aware(datetime.combine(today + timedelta(days=12), time(10)))
    tasks = [("Paint the hall", 6, 1), ("Clear the garden", 4, 0), ("Make lunch", 2, 0)]
    with at(today - timedelta(days=2)):
        days = volunteer_days.announce(wanted, first, 240, tasks, by=owner, bring="Old clothes and gloves", weeks=2)
    for pledge, task, people, who in zip(helpers, (0, 1, 1), (4, 3, 2), ("Ana and Joe", "Sam, Priya", ""), strict=True):
        with at(today - timedelta(days=1)):
            by = owner_of(pledge.supplier)
            bookings.take(days[0].tasks.all()[task], pledge, people, by=by, who=who, waits=True)
    for number, words in enumerate(SAID):
        by = owner if number == 2 else owner_of(helpers[number].supplier)
        with at(today - timedelta(hours=20 - number)):
            volunteer_days.write(wanted, words, by=by)


def post(group, posted):
    outcome = Outcome.objects.filter(model__is_councils_own=True).first()
    wanted = Request(
        organisation=group, kind="volunteers", title="Paint our hall and clear its garden",
        description="Two Saturdays with as many hands as we can get: the hall has not been painted for twelve years, "
        "and the garden behind it is all nettles. Our team is there, with paint, tools and lunch.",
        beneficiaries="Older people who eat with us twice a week", quantity=Decimal(96), unit="hours",
        postcode=group.postcode, outcode=group.outcode, district=group.district, date_kind="by",
        needed_by=(posted + timedelta(days=90)).date(), outcome=outcome,
        hosts_at_once=12, supervision="Two of our team", insurance="We hold public liability for £5m",
        hosting_cost=Decimal(120), live=True, first_published_at=posted, last_published_at=posted,
    )  # fmt: skip
    wanted.save()
    totals.place(wanted)
    return wanted
