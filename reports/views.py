"""What anybody may read of what came of the promises: one page, in plain words."""

from django.core.cache import caches
from django.shortcuts import render
from django.utils import timezone

from . import facts, sums

KEPT_SECONDS = 300


def delivered(request):
    """Promised, expected by now, claimed, confirmed and verified, by unit; how much was checked; the golden thread."""
    today = timezone.localdate()
    context = caches["local"].get_or_set(f"delivered-{today}", lambda: _facts(today), KEPT_SECONDS)
    return render(request, "reports/delivered.html", {"day": today, **context})


def _facts(day):
    known = sums.as_known(day)
    return {
        "standings": known.standings, "contracts": len(known.ranked), "assurance": facts.of_assurance(day),
        "returns": facts.of_returns(day),
    }  # fmt: skip
