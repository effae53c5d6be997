"""What the demo's suppliers offer of their own accord, and what groups ask of it; by the site's own verbs."""

import csv
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from django.utils import timezone

from offers import asking, offering, referring
from offers.models import Offer
from organisations.models import Organisation

from .clock import at
from .history import owner_of

FILE = Path(__file__).parent / "data" / "offers.csv"
FOR = (
    "For our Thursday lunch club, which sits on garden chairs.",
    "For a course of six evenings on cooking for one.",
    "So that our treasurer sleeps again.",
    "For the after-school club: four children share one now.",
)


def make_offers(suppliers, people, today):
    """Every offer but the last is public; some were asked for, some were given, one waits for a moderator."""
    firms = [firm for firm, *_ in suppliers]
    groups = list(Organisation.objects.approved().filter(kind="vcse").order_by("pk")[:8])
    referring.approve(groups[1], "Runs the district’s job club", by=people["mo"])
    with FILE.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for number, row in enumerate(rows):
        named = next((firm for firm in firms if firm.name == row["supplier"]), None)
        offer = write(row, named or firms[(3 * number + 1) % len(firms)], today, number)
        if number == len(rows) - 1:
            continue
        with at(today - timedelta(days=9, hours=number)):
            offering.publish(offer, by=people["mo"])
        if not offer.for_people:
            ask(offer, groups, today, number)


def write(row, firm, today, number):
    offer = Offer(
        supplier=firm, kind=row["kind"], title=row["title"], description=row["description"],
        quantity=Decimal(row["quantity"]), unit=row["unit"], unit_words=row["unit_words"],
        most_each=Decimal(row["most_each"]), remote=not row["postcode"], postcode=row["postcode"],
        until=timezone.localdate(today) + timedelta(days=int(row["days"])), for_whom=row["for_whom"],
        for_people=bool(row["for_people"]),
    )  # fmt: skip
    with at(today - timedelta(days=12, hours=number)):
        offer.clean()
        offering.keep(offer, by=owner_of(firm))
        offering.submit(offer, by=owner_of(firm))
    return offer


def ask(offer, groups, today, number):
    """Two groups ask: the first was given its part, the second waits."""
    for place, group in enumerate(groups[number % 4 : number % 4 + 2]):
        with at(today - timedelta(days=6 - 5 * place)):
            made = asking.ask(offer, group, offer.most_each, FOR[number % len(FOR)], by=owner_of(group))
        if place == 0:
            with at(today - timedelta(days=4)):
                asking.grant(made, "Gladly. Ring us for a day.", by=owner_of(offer.supplier))
