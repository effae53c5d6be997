"""Promised and confirmed by outcome, in the words of any version of a model, down to each commitment."""

from dataclasses import dataclass

from django.db.models import Count, Sum

from guidance.models import Outcome, SocialValueModel
from guidance.outcomes import versions
from guidance.vocabulary import Unit, say_quantity
from requests_app.models import RequestTotals
from suppliers.models import Commitment, CommitmentBalance

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


@dataclass
class Row:
    """One line of the table: amounts in words, one entry a unit."""

    line: Outcome
    reason: str
    requests: object
    units: list


def table(model):
    """(rows, rows left out, read_through, left_out_elsewhere) of every recorded amount, read in `model`.

    Amounts in another family of models (the council's own beside the central one) are not of this table.
    """
    family = {version.pk for version in versions.chain(model)}
    given = amounts()
    lines = Outcome.objects.in_bulk(list(given))
    mine = {pk: value for pk, value in given.items() if lines[pk].model_id in family}
    reading = versions.read(mine, model)
    every = model.outcomes.filter(level=Outcome.Level.OUTCOME).order_by("position")
    others = Outcome.objects.filter(pk__in=reading.amounts).exclude(level=Outcome.Level.OUTCOME)
    rows = [_row(line, "", reading.amounts.get(line.pk, {})) for line in [*every, *others]]
    left_out = [_row(line, reason, amount) for line, reason, amount in reading.left_out]
    return rows, left_out, reading.read_through


def _row(line, reason, found):
    units = sorted({key[0] for key in found if key != REQUESTS})
    return Row(
        line=line,
        reason=reason,
        requests=_count(found.get(REQUESTS, 0)),
        units=[
            {
                "label": Unit(unit).label,
                **{account: say_quantity(found.get((unit, account), 0), unit) for account in ACCOUNTS},
            }
            for unit in units
        ],
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
    return (
        (slug and published.filter(slug=slug).first())
        or published.filter(is_councils_own=True).order_by("-valid_from").first()
        or published.first()
    )
