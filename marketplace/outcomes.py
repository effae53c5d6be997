"""Promised and confirmed by outcome, in the words of any version of a model, down to each commitment."""

from dataclasses import dataclass

from django.db.models import Count, Sum
from django.utils import timezone

from guidance.models import Outcome, SocialValueModel
from guidance.outcomes import versions
from requests_app.models import RequestTotals
from suppliers.models import Commitment, CommitmentBalance
from vocabulary.units import Unit, say_quantity

ACCOUNTS = ("promised", "claimed", "confirmed", "verified")
REQUESTS = "requests"


def amounts():
    """{line id: {(unit, account): Decimal, "requests": count}} as recorded, each in its own version's line."""
    found = {}
    rows = CommitmentBalance.objects.filter(commitment__outcome__isnull=False, commitment__withdrawn_at=None)
    rows = rows.values("commitment__outcome", "commitment__unit").annotate(**{f"sum_{a}": Sum(a) for a in ACCOUNTS})
    for row in rows.order_by("commitment__outcome", "commitment__unit"):
        line = found.setdefault(row["commitment__outcome"], {})
        for account in ACCOUNTS:
            line[row["commitment__unit"], account] = row[f"sum_{account}"]
    public = RequestTotals.objects.filter(published_at__isnull=False, outcome__isnull=False)
    for outcome, count in public.values_list("outcome").annotate(Count("pk")).order_by():
        found.setdefault(outcome, {})[REQUESTS] = count
    return found


@dataclass(frozen=True)
class UnitAmounts:
    """What is recorded in one unit, each account in words."""

    label: str
    promised: str
    claimed: str
    confirmed: str
    verified: str


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
    rows = CommitmentBalance.objects.filter(commitment__outcome=None, commitment__withdrawn_at=None)
    rows = (
        rows.values("commitment__unit").annotate(**{f"sum_{a}": Sum(a) for a in ACCOUNTS}).order_by("commitment__unit")
    )
    return _units({(row["commitment__unit"], a): row[f"sum_{a}"] for row in rows for a in ACCOUNTS})


def _units(found):
    return [
        UnitAmounts(
            Unit(unit).label, **{account: say_quantity(found.get((unit, account), 0), unit) for account in ACCOUNTS}
        )
        for unit in sorted({key[0] for key in found if key != REQUESTS})
    ]


def _row(line, reason, found):
    return Row(
        line=line,
        reason=reason,
        requests=_count(found.get(REQUESTS, 0)),
        units=_units(found),
    )


def _count(value):
    """A count of requests; a share of a split line may leave a part."""
    return int(value) if value == int(value) else round(float(value), 1)


def commitments(line):
    """The commitments recorded under a line, with their kept totals: the evidence behind its figures."""
    rows = Commitment.objects.open().filter(outcome=line).with_balance()
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
