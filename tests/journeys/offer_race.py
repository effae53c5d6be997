"""Run as a program: more is asked of an offer than there is, and all of it granted in the same instant.

python -m tests.journeys.offer_race ASKS
"""

import json
import sys
from datetime import timedelta
from decimal import Decimal

import django

django.setup()

from django.utils import timezone  # noqa: E402 - after setup

from offers import asking, offering  # noqa: E402
from offers.models import Ask, Offer  # noqa: E402
from organisations.models import User  # noqa: E402
from requests_app import pledges, totals  # noqa: E402
from requests_app.models import Pledge, Request  # noqa: E402
from suppliers import ledger  # noqa: E402
from tests.journeys.race import make, together  # noqa: E402


def race(asks):
    """Ten chairs, asked for one by one by many; then half of those given are taken back while the rest are granted."""
    user = User.objects.create_user("offers@example.org", name="Race")
    firm = make("Firm", "business", user)
    offer = Offer(
        supplier=firm, kind="goods", title="Ten chairs", description="Blue", quantity=Decimal(10), unit="items",
        remote=True, until=timezone.localdate() + timedelta(days=30),
    )  # fmt: skip
    offer.clean()
    offering.keep(offer, by=user)
    offering.submit(offer, by=user)
    offering.publish(offer, by=user)
    made = [
        asking.ask(offer, make(f"Group {number}", "vcse", user), Decimal(1), "A hall", by=user)
        for number in range(asks)
    ]
    granted = together([lambda a=a: asking.grant(Ask.objects.get(pk=a.pk), "", by=user) for a in made])
    left = Offer.objects.with_given().get(pk=offer.pk).left
    given = list(Pledge.objects.filter(state="accepted").order_by("pk"))
    jobs = [lambda p=p: pledges.withdraw(Pledge.objects.get(pk=p.pk), "Broken", by=user) for p in given[:5]]
    waiting = Ask.objects.to_answer().order_by("pk")
    jobs += [lambda a=a: asking.grant(Ask.objects.get(pk=a.pk), "", by=user) for a in waiting]
    mixed = together(jobs)
    now = Offer.objects.with_given().get(pk=offer.pk)
    return {
        "granted": granted,
        "left": str(left),
        "mixed": sorted(mixed),
        "given": str(now.given),
        "accepted": Pledge.objects.filter(state="accepted").count(),
        "requests": Request.objects.filter(by_offer=True).count() == Ask.objects.filter(state="granted").count(),
        "differences": len(ledger.differences()) + len(totals.differences()),
    }


if __name__ == "__main__":
    print(json.dumps(race(int(sys.argv[1]))))
