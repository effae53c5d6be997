"""The ledger's only writer.

Each posting adds entries and moves the commitment's totals in one transaction. The totals move by a single
conditional UPDATE that holds rule 2: reserved and claimed together never pass what was promised. Two postings
in the same instant therefore cannot both take the last hour.

Amounts are Decimals with two places in the commitment's own unit.
"""

from decimal import Decimal

from django.db import transaction
from django.db.models import F, Q, Sum
from django.utils import timezone

from vocabulary.quantities import exact, rounded
from vocabulary.units import say_quantity

from .models import CommitmentBalance, LedgerEntry
from .signals import commitment_changed

Account = LedgerEntry.Account
ZERO = Decimal(0)
MOST = Decimal(10) ** 13


class LedgerRefused(Exception):
    """The posting would break a rule; nothing was written. Its text is fit for people."""


def _post(commitment, moves, *, reason, by, by_words="", pledge=None, delivery=None):
    """Add the entries of `moves` ({account: signed amount}) and move the totals; LedgerRefused if a rule says no."""
    moves = {account: rounded(amount) for account, amount in moves.items() if rounded(amount)}
    if not moves:
        return
    if max(map(abs, moves.values())) > MOST:
        raise LedgerRefused("This number is too large to be meant. Check it.")
    after = {account: F(account) + exact(moves.get(account, ZERO)) for account in Account.values}
    taken = moves.get("reserved", ZERO) + moves.get("claimed", ZERO) - moves.get("promised", ZERO)
    holds = (
        Q(promised__gte=F("reserved") + F("claimed") + exact(taken))
        & Q(reserved__gte=-moves.get("reserved", ZERO))
        & Q(beyond__gte=-moves.get("beyond", ZERO))
        & Q(claimed__gte=-moves.get("claimed", ZERO))
        & Q(confirmed__gte=-moves.get("confirmed", ZERO))
        & Q(verified__gte=-moves.get("verified", ZERO))
    )
    with transaction.atomic():
        moved = CommitmentBalance.objects.filter(holds, commitment=commitment).update(
            **{account: after[account] for account in moves}
        )
        if not moved:
            raise LedgerRefused(_why_refused(commitment))
        now = timezone.now()
        LedgerEntry.objects.bulk_create(
            LedgerEntry(
                commitment=commitment,
                account=account,
                amount=amount,
                pledge_number=pledge,
                delivery_number=delivery,
                reason=reason[:500],
                by=by,
                by_words=by_words,
                at=now,
            )
            for account, amount in moves.items()
        )
        if taken:  # what is left moved
            commitment_changed.send(CommitmentBalance, number=commitment.pk)


def _why_refused(commitment):
    left = CommitmentBalance.objects.get(commitment=commitment).left
    return (
        f"This commitment has {say_quantity(left, commitment.unit, commitment.unit_words)} left. "
        "Enter that much or less, or pledge beyond your contract."
    )


def promise(commitment, amount, *, by, reason, by_words=""):
    """Open a commitment's totals with what was promised, or vary it later by a signed amount."""
    CommitmentBalance.objects.get_or_create(commitment=commitment)
    _post(commitment, {"promised": amount}, reason=reason, by=by, by_words=by_words)


def reserve(commitment, amount, *, pledge, by, reason):
    """Hold an amount for a pledge; LedgerRefused when less than that is left."""
    _post(commitment, {"reserved": amount}, reason=reason, by=by, pledge=pledge)


def standing(commitment, **source):
    """{account: sum} of the entries of one source, e.g. delivery=3; accounts without entries are 0."""
    column = {"pledge": "pledge_number", "delivery": "delivery_number"}
    rows = (
        LedgerEntry.objects.filter(commitment=commitment, **{column[k]: v for k, v in source.items()})
        .values_list("account")
        .annotate(Sum("amount"))
        .order_by()
    )
    return dict.fromkeys(Account.values, ZERO) | dict(rows)


def release(commitment, *, pledge, by, reason, by_words=""):
    """Give back what is still held for a pledge."""
    held = standing(commitment, pledge=pledge)["reserved"]
    _post(commitment, {"reserved": -held}, reason=reason, by=by, by_words=by_words, pledge=pledge)


@transaction.atomic
def restate(
    commitment,
    total,
    *,
    pledge,
    delivery,
    reason,
    by,
    by_words="",
    confirmed=False,
    verified=False,
    still_owed=True,
):
    """Bring one delivery's standing on a commitment to `total`, counted as far as the promise reaches.

    More than before is taken from what the pledge holds, then from what is left; the rest is beyond the
    contract. Less than before comes off the surplus first; what the delivery had taken from the pledge's
    reservation goes back to it while the pledge is `still_owed`. `confirmed` and `verified` say which stages
    the delivery has reached: each stage then stands at the counted amount, else at nothing.
    """
    balance = CommitmentBalance.objects.select_for_update().get(commitment=commitment)
    before = standing(commitment, delivery=delivery)
    held = standing(commitment, pledge=pledge)["reserved"]
    change = rounded(total) - before["claimed"] - before["beyond"]
    if change >= 0:
        from_held = min(held, change)
        from_left = min(balance.left, change - from_held)
        moves = {
            "reserved": -from_held,
            "claimed": from_held + from_left,
            "beyond": change - from_held - from_left,
        }
    else:
        off_beyond = min(before["beyond"], -change)
        off_claimed = -change - off_beyond
        back = min(off_claimed, -before["reserved"]) if still_owed else ZERO
        moves = {"reserved": back, "claimed": -off_claimed, "beyond": -off_beyond}
    counted = before["claimed"] + moves["claimed"]
    moves["confirmed"] = (counted if confirmed else ZERO) - before["confirmed"]
    moves["verified"] = (counted if verified else ZERO) - before["verified"]
    _post(commitment, moves, reason=reason, by=by, by_words=by_words, pledge=pledge, delivery=delivery)


def differences():
    """Commitments whose kept totals differ from their entries: [(commitment id, account, kept, summed)]."""
    sums = {}
    rows = LedgerEntry.objects.values_list("commitment_id", "account").annotate(Sum("amount")).order_by()
    for commitment, account, total in rows:
        sums.setdefault(commitment, {})[account] = total
    found = []
    for balance in CommitmentBalance.objects.iterator():
        of_entries = sums.pop(balance.commitment_id, {})
        for account in Account.values:
            kept, summed = getattr(balance, account), of_entries.get(account, ZERO)
            if kept != summed:
                found.append((balance.commitment_id, account, kept, summed))
    found += [(c, account, None, total) for c, accounts in sums.items() for account, total in accounts.items()]
    return found
