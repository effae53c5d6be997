"""The succession of councils: what passes where, done once it is due, or rehearsed and taken back."""

from collections import Counter

from django.db import transaction
from django.utils import timezone

from organisations.models import Organisation
from places import councils
from places.models import Council, Passing
from records import figures
from records.days import day_after
from requests_app import succession as of_requests
from suppliers import succession as of_contracts
from vocabulary.units import Unit

REASON = "The council ended, and this passed to its successor"
BY = {"by_words": "The site, by the succession of councils"}
NOBODY = "to be decided"


class Rehearsed(Exception):
    """Ends a rehearsal: everything that it wrote is taken back."""


def succeed(day):
    """Pass on everything that is due by `day`; {kind: Counter of council's name}, and [what somebody must decide]."""
    passed, undecided = {"contracts": Counter(), "requests": Counter(), "organisations": Counter()}, []
    for contract in of_contracts.due(day):
        to = of_contracts.target(contract)
        passed["contracts"][str(to or NOBODY)] += 1
        if to:
            of_contracts.pass_contract(contract, to, reason=REASON, **BY)
        else:
            undecided.append(f"contract {contract.reference}")
    for totals, old, to in of_requests.due(day):
        passed["requests"][str(to or NOBODY)] += 1
        if to:
            of_requests.pass_request(totals, old, to, reason=REASON, **BY)
        else:
            undecided.append(f"request {totals.request_id}")
    for organisation, old, to in organisations_due(day):
        passed["organisations"][str(to)] += 1
        councils.pass_on(
            Passing.What.ORGANISATION, organisation.pk, old, to, on=day_after(old.valid_to), reason=REASON, **BY
        )
    return passed, undecided


def organisations_due(day):
    """[(Organisation, its Council, the one it passes to)] by district, of those that did not pass yet."""
    done = Passing.objects.filter(what=Passing.What.ORGANISATION).values("number")
    found = []
    rows = Organisation.objects.exclude(pk__in=done).exclude(district=None)
    for organisation in rows.select_related("district__council", "district__successor"):
        old = organisation.district.council
        new = councils.council_on(day, organisation.district)
        if old and new != old:
            found.append((organisation, old, new))
    return found


def is_due(day):
    return Council.objects.filter(valid_to__lt=day).exists()


def by_council():
    """{(figure, unit): {council's number or None: amount}} of every figure that can be asked for a council."""
    found = {}
    numbers = [None, *Council.objects.values_list("pk", flat=True)]
    for figure in figures.every():
        if "council" not in figure.narrowed_by:
            continue
        for unit in Unit.values if "unit" in figure.narrowed_by else [""]:
            scope = {"unit": unit} if unit else {}
            amounts = {number: figure.value(council=number or "none", **scope) for number in numbers}
            found[figure.name, unit] = {"all": figure.value(**scope)} | amounts
    return found


def rehearse(day):
    """What would pass by `day` and what each figure comes to, before and after, by council; nothing is kept.

    {"on", "passes", "undecided", "sums": [{figure, unit, before, after, by_council, adds_up}]}.
    """
    report = {"on": day}
    try:
        with transaction.atomic():
            before = by_council()
            passed, undecided = succeed(day)
            report |= {"passes": passed, "undecided": undecided, "sums": _proof(before, by_council())}
            raise Rehearsed
    except Rehearsed:
        return report


def _proof(before, after):
    names = dict(Council.objects.values_list("pk", "name"))
    rows = []
    for key, amounts in after.items():
        split = {names.get(number, "of no council"): amount for number, amount in amounts.items() if number != "all"}
        was, now = before[key]["all"], amounts["all"]
        if was or now or any(split.values()):
            rows.append(
                {
                    "figure": key[0],
                    "unit": key[1],
                    "before": was,
                    "after": now,
                    "by_council": {name: amount for name, amount in split.items() if amount},
                    "adds_up": was == now == sum(split.values()),
                }
            )
    return rows


def today():
    """Pass on what is due today; a sentence for the day's log."""
    day = timezone.localdate()
    if not is_due(day):
        return ""
    passed, undecided = succeed(day)
    counts = sum(sum(counter.values()) for counter in passed.values()) - len(undecided)
    return f"{counts} things passed to another council, {len(undecided)} wait for a decision." if counts else ""
