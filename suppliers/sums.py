"""Promised, delivered and proved over all commitments, unit by unit: figures of different units are never added."""

from dataclasses import dataclass

from django.db.models import Count, Sum

from vocabulary.units import Unit, say_quantity

from .models import CommitmentBalance, LedgerEntry

ACCOUNTS = LedgerEntry.Account.values


@dataclass(frozen=True)
class UnitSums:
    """All commitments counted in one unit: how many, and each account in words ("1,250 hours")."""

    unit: str
    label: str
    commitments: int
    left: str
    promised: str
    reserved: str
    claimed: str
    confirmed: str
    verified: str
    beyond: str


def by_unit():
    """[UnitSums] from the kept totals."""
    rows = (
        CommitmentBalance.objects.values("commitment__unit")
        .annotate(commitments=Count("pk"), **{f"sum_{account}": Sum(account) for account in ACCOUNTS})
        .order_by("commitment__unit")
    )
    left = {row["commitment__unit"]: row["sum_promised"] - row["sum_reserved"] - row["sum_claimed"] for row in rows}
    return [
        UnitSums(
            unit=row["commitment__unit"],
            label=Unit(row["commitment__unit"]).label,
            commitments=row["commitments"],
            **{account: say_quantity(row[f"sum_{account}"], row["commitment__unit"]) for account in ACCOUNTS},
            left=say_quantity(left[row["commitment__unit"]], row["commitment__unit"]),
        )
        for row in rows
    ]
