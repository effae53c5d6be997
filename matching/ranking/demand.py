"""What open requests ask for, kind by kind."""

from dataclasses import dataclass, field

from django.db.models import Count, Q, Sum

from vocabulary.kinds import KindOfHelp
from vocabulary.units import Unit, say_quantity


@dataclass
class Demand:
    """What open requests of one kind ask for; `units` are what is still needed, in words, one a unit."""

    label: str
    requests: int = 0
    unanswered: int = 0
    units: list = field(default_factory=list)


def by_kind(rows):
    """[Demand] of RequestTotals, the kind most asked for first."""
    found = {}
    sums = rows.values("kind", "request__unit").annotate(
        requests=Count("pk"),
        unanswered=Count("pk", filter=Q(pledged=0, accepted=0)),
        asked=Sum("asked"),
        accepted=Sum("accepted"),
    )
    for row in sums.filter(kind__in=KindOfHelp.values).order_by("kind", "request__unit"):
        demand = found.setdefault(row["kind"], Demand(KindOfHelp(row["kind"]).label))
        demand.requests += row["requests"]
        demand.unanswered += row["unanswered"]
        if row["request__unit"] not in ("", Unit.NARRATIVE):
            demand.units.append(say_quantity(row["asked"] - row["accepted"], row["request__unit"]))
    return sorted(found.values(), key=lambda demand: -demand.requests)
