"""What promises and deliveries are worth by a table of proxy values: only beside the quantities, and never over tables.

Pounds are a quantity times the value that was chosen at award; sums are kept apart by table and version.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from wagtail.log_actions import log

from organisations import sides
from vocabulary.quantities import ZERO, rounded

from .models import Commitment, CommitmentValue


@dataclass(frozen=True)
class Worth:
    """Pounds by one version of a table, over so many commitments."""

    named: str
    commitments: int
    promised: Decimal
    confirmed: Decimal
    verified: Decimal


@transaction.atomic
def choose(commitment, proxy, *, by):
    """Give a commitment its value, once; ValidationError for another unit, a second time, and for its own side."""
    kept = Commitment.objects.select_related("contract__supplier").get(pk=commitment.pk)
    sides.refuse_own(by, *kept.contract.organisations())
    if proxy.unit != kept.unit:
        words = f"This value is for {proxy.get_unit_display()}; the commitment counts {kept.get_unit_display()}."
        raise ValidationError({"proxy": words})
    try:
        with transaction.atomic():
            made = CommitmentValue.objects.create(commitment=kept, proxy=proxy, by=by)
    except IntegrityError as again:
        raise ValidationError("It has the value of its award already, and keeps it.", code="moved") from again
    log(kept, "suppliers.value_chosen", user=by, data={"value": str(proxy)})
    return made


def worth(commitments):
    """[Worth] of a queryset of commitments, one a version of a table, by its name; what has no value is in none."""
    found = {}
    rows = CommitmentValue.objects.filter(commitment__in=commitments.standing())
    for row in rows.select_related("proxy", "commitment__balance"):
        sums, balance = found.setdefault(row.proxy.named, [0, ZERO, ZERO, ZERO]), row.commitment.balance
        sums[0] += 1
        for place, amount in enumerate((balance.promised, balance.confirmed, balance.verified), start=1):
            sums[place] += rounded(amount * row.proxy.pounds)
    return [Worth(named, *sums) for named, sums in sorted(found.items())]
