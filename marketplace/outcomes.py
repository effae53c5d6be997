"""Promised and confirmed by outcome, in the words of any version of a model, down to each commitment."""

from dataclasses import dataclass

from django.db.models import Count
from django.utils import timezone

from guidance.models import Outcome, SocialValueModel
from guidance.outcomes import versions
from requests_app.models import RequestTotals
from suppliers import figures
from suppliers.models import Commitment
from vocabulary.quantities import ZERO
from vocabulary.units import Unit

ACCOUNTS = ("promised", "withdrawn", "claimed", "confirmed", "verified")
REQUESTS = "requests"


def amounts():
    """{line id: {(unit, account): Decimal, "requests": count}} as recorded, each in its own version's line."""
    found = {}
    for row in figures.sums_by("commitment__outcome", "commitment__unit"):
        if row["commitment__outcome"]:
            line = found.setdefault(row["commitment__outcome"], {})
            line |= {(row["commitment__unit"], account): row[account] for account in ACCOUNTS}
    public = RequestTotals.objects.public().filter(outcome__isnull=False)
    for outcome, count in public.values_list("outcome").annotate(Count("pk")).order_by():
        found.setdefault(outcome, {})[REQUESTS] = count
    return found


@dataclass(frozen=True)
class UnitAmounts:
    """What is recorded in one unit, each account in words and, for its bar, as a number."""

    unit: str
    label: str
    promised: str
    withdrawn: str
    claimed: str
    confirmed: str
    verified: str
    amounts: dict


@dataclass
class Row:
    """One line of the table; `units` are UnitAmounts."""

    line: Outcome
    reason: str
    requests: object
    units: list


def table(model):
    """(rows, rows left out, read_through) of every recorded amount, read in `model`.

    What was recorded in another family of models (the council's own beside the central one) is left out with that
    reason: the priorities matrix says which serves which, but shares nothing out.
    """
    given = amounts()
    reading = versions.read(given, model)
    every = model.outcomes.filter(level=Outcome.Level.OUTCOME).order_by("position")
    others = Outcome.objects.filter(pk__in=reading.amounts).exclude(level=Outcome.Level.OUTCOME)
    rows = [_row(line, "", reading.amounts.get(line.pk, {})) for line in [*every, *others]]
    left_out = [_row(line, reason, amount) for line, reason, amount in reading.left_out]
    return rows, left_out, reading.read_through


def unplaced():
    """[UnitAmounts] of commitments that name no outcome, and so stand in no row."""
    rows = figures.sums_by("commitment__unit", rows=figures.balances().filter(commitment__outcome=None))
    return _units({(row["commitment__unit"], account): row[account] for row in rows for account in ACCOUNTS})


def _units(found):
    units = sorted({key[0] for key in found if key != REQUESTS})
    return [
        UnitAmounts(
            unit,
            Unit(unit).label,
            **{account: _say(found, unit, account) for account in ACCOUNTS},
            amounts={account: found.get((unit, account), ZERO) for account in ACCOUNTS},
        )
        for unit in units
    ]


def _say(found, unit, account):
    amount, promised = found.get((unit, account), ZERO), found.get((unit, "promised"), ZERO)
    return figures.say_sum(account, amount, unit, promised)


def _row(line, reason, found):
    return Row(
        line=line,
        reason=reason,
        requests=_count(found.get(REQUESTS, 0)),
        units=_units(found),
    )


def _count(value):
    """A count of requests; a share of a split line may leave a part, said to two places so that parts add up."""
    return int(value) if value == int(value) else f"{value:.2f}"


def commitments(line):
    """The commitments recorded under a line, with their kept totals: the evidence behind its figures."""
    rows = Commitment.objects.filter(outcome=line).with_balance()
    return rows.order_by("contract__reference", "pk")


def version_asked_for(slug):
    """The published version named by `slug`, else the council's own in force, else any."""
    published = SocialValueModel.objects.published()
    own = published.filter(is_councils_own=True)
    return (
        (slug and published.filter(slug=slug).first())
        or own.in_force_on(timezone.localdate()).first()
        or own.order_by("-valid_from").first()
        or published.first()
    )
