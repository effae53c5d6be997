"""What the demo's people say to each other: questions, messages, thanks, one report."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from requests_app import thanking
from requests_app.models import Delivery, Pledge, RequestTotals
from talking import conversation, meetings, questions, reporting

from .clock import at
from .history import owner_of

ASKED = (
    ("Is there parking for a van close to the door?", "Yes, for two vans, behind the hall. Come by the north gate."),
    ("Would a Saturday suit you as well?", "Saturdays are best for us: everybody is there."),
    ("How many of us can you look after at once?", "Up to eight. There are two of us on every visit."),
    ("Do you have the tools, or shall we bring them?", "We have spades and forks for ten. Gloves would be welcome."),
)
THANKS = (
    "The hall has not looked so bright since it was built.",
    "Twelve people came back the next week because of you.",
    "Our treasurer sleeps again. Thank you for every hour.",
    "The freezer hums, the shelves are full, and so are we.",
    "Nobody had ever asked us what we need. You did, and then you came.",
)
PUBLIC_EVERY = 3  # of the thanks, so many to one that stay between the two


def make_talk(suppliers, people, today):
    """Questions in every state, a conversation, thanks of confirmed deliveries, a report; by the site's own verbs."""
    ask(suppliers, people, today)
    write(today)
    agree(today)
    thank(today)
    with at(today - timedelta(hours=3)):
        words = "The map shows our village in the wrong place."
        reporting.report("/requests/", "other", words, email="reader@example.org", where_from="demo")


def ask(suppliers, people, today):
    rows = RequestTotals.objects.in_need_on(timezone.localdate()).select_related("request__organisation")
    for number, row in enumerate(rows.newest()[: 3 * len(ASKED)]):
        text, reply = ASKED[number % len(ASKED)]
        supplier = suppliers[number % len(suppliers)][0]
        row.request.totals = row
        with at(today - timedelta(days=2, hours=number)):
            asked = questions.ask(row.request, supplier, text, by=owner_of(supplier))
        if number % 3 == 0:
            continue
        with at(today - timedelta(days=1, hours=number)):
            questions.answer(asked, reply, by=owner_of(row.request.organisation))
        if number % 3 == 1:
            with at(today - timedelta(hours=2)):
                questions.publish(asked, by=people["mo"])


def write(today):
    for pledge in Pledge.objects.accepted().with_both_sides().order_by("-pk")[:6]:
        with at(today - timedelta(days=1)):
            conversation.write(pledge, "We come with a van. Is ten o’clock good?", by=owner_of(pledge.supplier))
        with at(today - timedelta(hours=5)):
            conversation.write(pledge, "Ten is good. The kettle is on.", by=owner_of(pledge.request.organisation))


def agree(today):
    """Days: of some pledges one was proposed, of others one is agreed, of one several weeks in a row."""
    for number, pledge in enumerate(Pledge.objects.accepted().with_both_sides().order_by("-pk")[:6]):
        host = owner_of(pledge.request.organisation)
        first = timezone.make_aware(datetime.combine(today + timedelta(days=8 + number), time(10)))
        with at(today - timedelta(days=1)):
            times = [first] if number == 0 else [first, first + timedelta(days=2, hours=4)]
            proposed = meetings.propose(
                pledge, times, 150, by=owner_of(pledge.supplier), bring="Old clothes", weeks=6 if number == 0 else 1
            )
        if number % 2 == 0:
            with at(today - timedelta(hours=20)):
                meetings.accept(proposed, proposed.times.first(), by=host)


def thank(today):
    rows = Delivery.objects.standing().filter(confirmed__gt=0).with_pledge().order_by("-delivered_on", "-pk")
    for number, delivery in enumerate(rows[: 3 * len(THANKS)]):
        owner = owner_of(delivery.pledge.request.organisation)
        with at(today - timedelta(hours=1)):
            thanking.say(delivery, THANKS[number % len(THANKS)], None, number % PUBLIC_EVERY != 0, by=owner)
