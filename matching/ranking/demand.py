"""What open requests ask for, kind by kind."""

from collections import defaultdict

from django.db.models import Count, Q, Sum

from vocabulary.kinds import KindOfHelp
from vocabulary.units import Unit, say_quantity


def by_kind(rows):
    """[{label, requests, unanswered, units in words}] a kind of help of RequestTotals, the most asked for first."""
    found = defaultdict(lambda: {"requests": 0, "unanswered": 0, "units": []})
    sums = rows.values("kind", "request__unit").annotate(
        requests=Count("pk"),
        unanswered=Count("pk", filter=Q(pledged=0, accepted=0)),
        asked=Sum("asked"),
        accepted=Sum("accepted"),
    )
    for row in sums.filter(kind__in=KindOfHelp.values).order_by("kind", "request__unit"):
        line = found[row["kind"]]
        line["requests"] += row["requests"]
        line["unanswered"] += row["unanswered"]
        if row["request__unit"] not in ("", Unit.NARRATIVE):
            line["units"].append(say_quantity(row["asked"] - row["accepted"], row["request__unit"]))
    return sorted(
        ({"label": KindOfHelp(kind).label, **line} for kind, line in found.items()), key=lambda line: -line["requests"]
    )
