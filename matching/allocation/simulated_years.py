"""The trade between policies that the broker is shown: simulations that were run, and when the next is due."""

from dataclasses import asdict
from datetime import timedelta

from django.utils import timezone

from ..models import Simulation

RENEWED_DAYS = 30


def run(synthetic=False, requests=3000, suppliers=300, seed=1, keep=True):
    """The Simulation of the site's own last year, or of one drawn at random where it has none; worker only."""
    from . import simulation

    year = None if synthetic else simulation.history()
    source = "history" if year is not None else "synthetic"
    if year is None:
        year = simulation.synthetic(requests, suppliers, seed)
    rows, seconds = simulation.compare(year)
    wanted = {"requests": len(year.need), "commitments": len(year.left), "seed": seed}
    made = Simulation(source=source, wanted=wanted, rows=[asdict(row) for row in rows], seconds=round(seconds, 1))
    if keep:
        made.save()
    return made


def told(synthetic=False, requests=3000, suppliers=300, seed=1):
    """What telling everybody of new requests comes to, beside the budget for attention: [silence.ToldRow]."""
    from . import silence, simulation

    year = None if synthetic else simulation.history()
    return silence.compare(simulation.synthetic(requests, suppliers, seed) if year is None else year, seed)


def is_due():
    return not Simulation.objects.filter(made_at__gt=timezone.now() - timedelta(days=RENEWED_DAYS)).exists()


def newest():
    """The last Simulation of the site's own history and of a year at random, as far as there are any."""
    found = (Simulation.objects.filter(source=source).first() for source in ("history", "synthetic"))
    return [one for one in found if one]
