"""The demo's samples: one wholly checked, with two deliveries that show less, and one begun."""

from datetime import timedelta
from decimal import Decimal

from assurance import checking, drawing

DRAWS, BEGUN = 40, 5
LESS = {3: Decimal(0), 11: Decimal("0.5")}
AGAINST = ("The sign-in sheet", "The group’s letter", "Photos and the delivery note", "A call to the group")


def make_samples(checker, today):
    """Draw two samples and check them as `checker`, who confirmed nothing."""
    day = today.date()
    words = {"as_at": day, "by": checker}
    sample, _ = drawing.draw(seed=20261, size=DRAWS, until=day - timedelta(days=60), **words)
    for place, item in enumerate(sample.items.order_by("pk")):
        share = LESS.get(place, Decimal(1))
        found = item.confirmed if share == 1 else Decimal(int(item.confirmed * share))
        said = AGAINST[place % len(AGAINST)] if share == 1 else "The sheet names fewer people than were counted"
        checking.check(item, found, said, by=checker)
    begun, _ = drawing.draw(seed=48213, size=DRAWS, until=day, **words)
    for item in begun.items.order_by("pk")[:BEGUN]:
        checking.check(item, item.confirmed, AGAINST[0], by=checker)
