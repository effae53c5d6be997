"""Figures of commitments: what is promised, held, delivered and proved, and what may still be pledged.

What was delivered, confirmed and verified counts for ever, also under a commitment that was withdrawn or a contract
that is over. Left counts only what may be pledged on the day: the rest of a promise is withdrawn, or its contract has
ended or not begun. Promised is all of these together.
"""

from decimal import Decimal

from django.db.models import Case, Count, ExpressionWrapper, F, Q, Sum, When
from django.urls import reverse
from django.utils import timezone

from records.days import months_after
from records.figures import Entries, Entry, Figure, register, say_number
from vocabulary.quantities import ZERO, QuantityField, exact
from vocabulary.units import Unit, say_total

from .models import Commitment, CommitmentBalance, LedgerEntry
from .permissions import VIEW_COMMITMENT

Account = LedgerEntry.Account
LABELS = {
    "promised": ("Promised", "What suppliers promised in contracts, as varied since."),
    "withdrawn": ("Withdrawn", "What of the promises was withdrawn before it was delivered."),
    "ended": ("Ended", "What of the promises was neither held nor delivered when the contract ended."),
    "not_begun": ("Not begun", "What of the promises can’t be pledged yet, as the contract has not begun."),
    "left": ("Left", "What of the promises may be pledged today."),
    "reserved": ("Reserved", "What pledges hold that are not delivered yet."),
    "to_agree": ("To be agreed", "What pledges hold until the contract manager agrees what they count for."),
    "claimed": ("Claimed", "What suppliers delivered against the promises, whether or not anybody confirmed it."),
    "confirmed": ("Confirmed", "What of it was confirmed by the group that received it, or by the contract manager."),
    "verified": ("Verified", "What of it the council verified."),
    "beyond": ("Beyond the contract", "What was delivered on top of what was promised."),
}
PUBLIC = ("promised", "withdrawn", "ended", "not_begun", "left", "claimed", "confirmed", "verified", "beyond")
NAMES = tuple(LABELS)
DONE = ("claimed", "confirmed", "verified")
COLUMNS = {name: name for name in NAMES} | {"left": "left_today"}


def rest():
    """What of a promise is neither held, claimed nor withdrawn, for questions to the database."""
    held = F("reserved") + F("to_agree") + F("claimed") + F("withdrawn")
    return ExpressionWrapper(F("promised") - held, output_field=QuantityField())


def balances(day=None):
    """CommitmentBalance rows with `left_today`, `ended` and `not_begun` beside their accounts, as of a day or today."""
    day = day or timezone.localdate()
    ended, not_begun = Q(commitment__contract__end__lt=day), Q(commitment__contract__start__gt=day)
    nothing, amount = exact(ZERO), QuantityField()
    return CommitmentBalance.objects.annotate(
        ended=Case(When(ended, then=rest()), default=nothing, output_field=amount),
        not_begun=Case(When(not_begun & ~ended, then=rest()), default=nothing, output_field=amount),
        left_today=Case(When(ended | not_begun, then=nothing), default=rest(), output_field=amount),
    )


def sums_by(*columns, rows=None):
    """[{column: value, "commitments": count, name: Decimal}] over all balances, or over `rows` of `balances()`."""
    rows = balances() if rows is None else rows
    summed = rows.values(*columns).annotate(
        commitments=Count("pk"), **{f"sum_{name}": Sum(COLUMNS[name]) for name in NAMES}
    )
    return [
        {column: row[column] for column in (*columns, "commitments")}
        | {name: row[f"sum_{name}"] or ZERO for name in NAMES}
        for row in summed.order_by(*columns)
    ]


def say_sum(name, amount, unit, promised):
    """A sum over several commitments in words. What was done of promises in words is told of all of them: "1 of 3
    done".
    """
    if unit == Unit.NARRATIVE and name in DONE:
        return f"{amount:,.0f} of {promised:,.0f} done"
    return say_total(amount, unit)


def _narrowed(rows, unit="", outcome=None, council=None):
    """Rows of one unit; of one line of a model and of one council by their numbers, or with "none" of those that name
    none. A council is asked for by what was written while the contract was its own.
    """
    whose = "council" if rows.model is LedgerEntry else "commitment__contract__council"
    asked = {"commitment__unit": unit, "commitment__outcome": outcome, whose: council}
    return rows.filter(**{field: None if value == "none" else value for field, value in asked.items() if value})


def _value(name):
    def value(since=None, until=None, written=False, **scope):
        if since or until or (scope.get("council") and name in Account.values):
            return _in_period(name, since, until, written, **scope)
        return _narrowed(balances(), **scope).aggregate(total=Sum(COLUMNS[name]))["total"] or ZERO

    return value


def _entries_of(name, since=None, until=None, written=False, **scope):
    """Ledger entries of an account in a period, by either clock."""
    rows = LedgerEntry.objects.filter(account=name).in_period(since, until, written=written)
    return _narrowed(rows, **scope)


def _in_period(name, since, until, written, **scope):
    """Of the accounts that the ledger keeps; the others are states of a day and have no period."""
    if name not in Account.values:
        raise LookupError(f"{name} is the state of a day: it has no period.")
    return _entries_of(name, since, until, written, **scope).aggregate(total=Sum("amount"))["total"] or ZERO


def _entries(name):
    def entries(since=None, until=None, written=False, **scope):
        if since or until or (scope.get("council") and name in Account.values):
            rows = _entries_of(name, since, until, written, **scope).select_related("commitment__contract")
            return Entries(rows.order_by("happened_on", "pk"), _written)
        rows = _narrowed(balances(), **scope).exclude(**{COLUMNS[name]: 0}).select_related("commitment__contract")
        return Entries(rows.order_by("commitment__contract__reference_key", "pk"), lambda row: _standing(row, name))

    return entries


def _written(entry):
    return Entry(
        words=str(entry.commitment),
        amount=entry.amount,
        address=reverse("commitment_account", args=[entry.commitment_id]),
        note=f"Contract {entry.commitment.contract.reference}, {entry.get_source_display().lower()}",
        day=entry.happened_on,
    )


def _standing(row, name):
    return Entry(
        words=str(row.commitment),
        amount=getattr(row, COLUMNS[name]),
        address=reverse("commitment_account", args=[row.commitment_id]),
        note=f"Contract {row.commitment.contract.reference}",
    )


def _say(name):
    def say(amount, unit="", since=None, until=None, written=False, **scope):
        promised = _value("promised")(unit=unit, **scope) if unit == Unit.NARRATIVE else ZERO
        return say_sum(name, amount, unit, promised) if unit else say_number(amount)

    return say


YEAR = 12
NEW = {
    "new_promises": ("New promises", "Commitments that were recorded in the last twelve months.", {}),
    "new_promises_for_a_need": (
        "New promises for a need", "Those of them that were written for a need of local groups that somebody named.",
        {"need__isnull": False},
    ),
}  # fmt: skip


def new_promises(**narrowed):
    """Commitments that were recorded in the last twelve months."""
    since = months_after(timezone.localdate(), -YEAR)
    return Commitment.objects.filter(created_at__date__gt=since, **narrowed)


def _new_count(narrowed):
    return lambda: new_promises(**narrowed).count()


def _new_entries(narrowed):
    def entry(row):
        return Entry(str(row), Decimal(1), reverse("commitment_account", args=[row.pk]), str(row.need or ""))

    return lambda: Entries(new_promises(**narrowed).select_related("need").order_by("pk"), entry)


def register_all():
    """Offer every figure of commitments; called once when the site starts."""
    for name, (label, sentence, narrowed) in NEW.items():
        count, entries = _new_count(narrowed), _new_entries(narrowed)
        register(Figure(name, label, sentence, count, entries, unit="commitments"))
    for name, (label, sentence) in LABELS.items():
        period = ("since", "until", "written") if name in Account.values else ()
        register(
            Figure(
                name=name,
                label=label,
                sentence=sentence,
                value=_value(name),
                entries=_entries(name),
                say=_say(name),
                narrowed_by=("unit", "outcome", "council", *period),
                permission="" if name in PUBLIC else VIEW_COMMITMENT,
            )
        )
