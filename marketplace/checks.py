"""Each published figure beside what it comes to when it is worked out a second way."""

from fractions import Fraction
from urllib.parse import parse_qsl

from django.utils import timezone

from assurance import estimate
from assurance.models import Sample
from golden_thread import figures as thread_figures
from golden_thread import rules
from records import figures
from reports import sums
from requests_app import totals
from suppliers import ledger, top, values
from suppliers.models import Commitment
from vocabulary.units import Unit

from .recount import assurance, commitments, plans, requests, thread


def published():
    """{(figure, what it is narrowed to): amount} as the site shows them."""
    found = {}
    for figure in figures.every():
        scopes = [f"unit={unit}" for unit in Unit.values] if "unit" in figure.narrowed_by else [""]
        for scope in scopes:
            found[figure.name, scope] = figure.value(**dict(parse_qsl(scope)))
    for counted in rules.every():
        day, suffix = thread_figures.newest_day(counted.council), f" of {counted.council}" if counted.council else ""
        for figure in thread_figures.report(day, counted).figures if day else ():
            found[figure.name + suffix, "numerator"] = figure.numerator
            found[figure.name + suffix, "denominator"] = figure.denominator
    today = timezone.localdate()
    known = sums.as_known(today)
    found |= {("pace", named.value): count for named, count in known.paces.items()}
    _, ranked = top.current(today)
    found |= {("greatest", f"contract {row.contract.pk}"): place for place, row in enumerate(ranked, start=1)}
    for row in values.worth(Commitment.objects.all()):
        found |= {(f"pounds {name}", row.named): getattr(row, name) for name in ("promised", "confirmed", "verified")}
    for sample in Sample.objects.finished():
        found["overstated", f"sample {sample.pk}"] = estimate.of_sample(sample).rate
    return found


def recounted():
    return commitments.figures() | requests.figures() | thread.figures() | assurance.figures() | plans.figures()


def differences():
    """(how many were compared, [{"figure", "narrowed_to", "shown", "recounted"}] of those that differ).

    Kept totals that differ from their entries are among them.
    """
    shown, again = published(), recounted()
    found = [
        {"figure": name, "narrowed_to": scope, "shown": str(was), "recounted": _said(now)}
        for (name, scope), was, now in ((key, shown.get(key, 0), again.get(key, 0)) for key in sorted({*shown, *again}))
        if Fraction(was) != Fraction(now)
    ]
    for kind, rows in (("commitment", ledger.differences()), ("request", totals.differences())):
        found += [
            {"figure": name, "narrowed_to": f"{kind} {number}", "shown": str(was), "recounted": str(now)}
            for number, name, was, now in rows
        ]
    return len({*shown, *again}), found


def _said(amount):
    return f"{float(amount):.2f}" if Fraction(amount).denominator != 1 else str(Fraction(amount))
