"""The ledger's only writer.

Each posting works out anew what the commitment's accounts stand at (accounts.settled), from the promise and from what
the rooms above say stands against it, and adds entries for the difference, in one transaction with the totals.
Nothing depends on the order in which things came: a hold is settled per pledge, and a surplus moves into the promise
as soon as there is room.

The balance's row is held meanwhile, and its totals move only from the values that were read, so that two postings in
the same instant cannot both take the last hour (rule 2).
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone

from vocabulary.quantities import ZERO, exact, rounded
from vocabulary.units import say_quantity

from . import accounts
from .accounts import NOTHING, Account, Facts, Key
from .models import Commitment, CommitmentBalance, Contract, LedgerEntry
from .signals import commitment_changed

Source = LedgerEntry.Source
MOST = Decimal(10) ** 13
AT_ONCE = 500
KEYS = ("pledge_number", "delivery_number", "return_line_number", "event_number")

_providers = []


class LedgerRefused(Exception):
    """The posting would break a rule; nothing was written. Its text is fit for people."""


@dataclass(frozen=True)
class Act:
    """What somebody did, as its entries tell it: `about` is the Key of the pledge or delivery that it was done to.

    `day` is the day on which it happened, today where nothing is said; `by_words` says who, where no account acted.
    `known_since` is the moment from which it was known, now where nothing is said: another system's history was known
    before it came here.
    """

    source: str
    reason: str
    by: object = None
    by_words: str = ""
    about: Key = NOTHING
    day: object = None
    known_since: object = None


def told_by(provider):
    """Register what tells the facts: provider([commitment id]) returns {commitment id: Facts}."""
    _providers.append(provider)
    return provider


def facts_of(numbers):
    """{commitment id: Facts} of these commitments, from every room that has any."""
    found = {number: Facts() for number in numbers}
    for provider in _providers:
        for number, facts in provider(numbers).items():
            found[number].held += facts.held
            found[number].delivered += facts.delivered
            found[number].recorded += facts.recorded
    return found


def standing(commitment):
    """{Key: {account: sum}} of the entries of a commitment, without the promise itself."""
    rows = LedgerEntry.objects.filter(commitment=commitment).exclude(account=Account.PROMISED)
    found = {}
    for *numbers, account, amount in rows.values_list(*KEYS, "account").annotate(Sum("amount")).order_by():
        found.setdefault(Key(*numbers), {})[account] = amount
    return found


def hold(commitment):
    """The balance of a commitment as it is kept, held until the transaction ends against everybody else who acts.

    What it belongs to is read once it is held: it may have passed to another council while this waited.
    """
    rows = CommitmentBalance.objects.select_for_update(of=("self",), no_key=True)
    balance = rows.get(commitment=commitment)
    balance.commitment = Commitment.objects.select_related("contract__supplier").get(pk=balance.pk)
    return balance


def hold_contract(number):
    """The Contract of that number as it is kept, held against whoever would add to it or pass it on meanwhile."""
    return Contract.objects.select_for_update(of=("self",), no_key=True).get(pk=number)


@transaction.atomic
def settle(commitment, act, *, taking=None, promise=ZERO):
    """Bring the accounts of a commitment to what the facts say, after an Act; LedgerRefused if a rule says no.

    `taking` is the number of a pledge that asks for room: it gets what is left and no more. `promise` is what the Act
    adds to what was promised, or takes off it, as long as nothing that is held or claimed is pushed out.
    """
    balance = hold(commitment)
    promise = rounded(promise)
    promised, facts = balance.promised + promise, facts_of([balance.pk])[balance.pk]
    if max(abs(promise), abs(promised)) > MOST:
        raise LedgerRefused("This number is too large to be meant. Check it.")
    taken = balance.reserved + balance.to_agree + balance.claimed
    if promise < 0 and promised < taken:
        raise LedgerRefused(_left(balance.commitment, balance.promised - taken))
    if taking is not None:
        _refuse_too_much(balance, taking, promised, facts)
    target = accounts.settled(promised, facts, is_withdrawn=balance.commitment.is_withdrawn)
    entries = _entries(balance.commitment, act, facts, target)
    if promise:
        entries.insert(0, _entry(balance.commitment, act, NOTHING, Account.PROMISED, promise))
    _write(balance, entries, act.known_since)


def _refuse_too_much(balance, pledge, promised, facts):
    """LedgerRefused where a pledge would hold more than the rest of the promise."""
    wanted = accounts.holds(facts).get(pledge, (None, ZERO))[1]
    is_over = balance.commitment.is_withdrawn
    room = ZERO if is_over else accounts.room_for(pledge, promised, facts)
    if wanted > room:
        raise LedgerRefused(_left(balance.commitment, room))


def _left(commitment, left):
    return (
        f"This commitment has {say_quantity(left, commitment.unit, commitment.unit_words)} left. "
        "Enter that much or less, or pledge beyond your contract."
    )


def _entries(commitment, act, facts, target):
    """The LedgerEntry of every account that stands elsewhere than before."""
    before, days = standing(commitment), {Key(held.pledge): held.day for held in facts.held}
    delivered = {delivery.key: delivery for delivery in (*facts.delivered, *facts.recorded)}
    found = []
    for key in sorted({*before, *target}, key=lambda key: (key != act.about, repr(key))):
        was, now = before.get(key, {}), target.get(key, {})
        for account in Account.values:
            change = now.get(account, ZERO) - was.get(account, ZERO)
            if change:
                found.append(_entry(commitment, act, key, account, change, delivered.get(key), days.get(key)))
    return found


def _entry(commitment, act, key, account, amount, delivery=None, offered_on=None):
    """An entry of an Act. What stands under a delivery happened on its day; a hold begins no earlier than the offer."""
    today = timezone.localdate()
    day = act.day or today
    if delivery:
        day = delivery.day
    elif offered_on:
        day = max(day, offered_on)
    confirmed_by = delivery.confirmed_by if delivery else LedgerEntry.ConfirmedBy.NOBODY
    is_own = key == act.about or key.event is not None or account == Account.PROMISED
    return LedgerEntry(
        commitment=commitment,
        account=account,
        amount=amount,
        happened_on=day,
        source=act.source,
        council_id=commitment.contract.council_id,
        confirmed_by=confirmed_by,
        reason=(act.reason if is_own else f"Follows from: {act.reason}")[:500],
        by=act.by,
        by_words=act.by_words,
        **dict(zip(KEYS, (key.pledge, key.delivery, key.return_line, key.event), strict=True)),
    )


def _write(balance, entries, known_since=None):
    if not entries:
        return
    changes = dict.fromkeys(Account.values, ZERO)
    for entry in entries:
        changes[entry.account] += entry.amount
    at = known_since or timezone.now()
    for entry in entries:
        entry.at = at
    as_read = {account: getattr(balance, account) for account in Account.values}
    moved = {account: F(account) + exact(amount) for account, amount in changes.items() if amount}
    if moved and not CommitmentBalance.objects.filter(pk=balance.pk, **as_read).update(**moved):
        raise LedgerRefused("Somebody else changed this commitment in the same moment. Try again.")
    LedgerEntry.objects.bulk_create(entries)
    left = balance.left
    balance.refresh_from_db()
    if left != balance.left:
        commitment_changed.send(CommitmentBalance, number=balance.pk)


def differences():
    """Commitments whose kept totals differ from their entries, or from the facts: [(commitment id, account, kept,
    reckoned)].
    """
    sums = {}
    rows = LedgerEntry.objects.values_list("commitment_id", "account").annotate(Sum("amount")).order_by()
    for commitment, account, total in rows:
        sums.setdefault(commitment, {})[account] = total
    found = []
    balances = CommitmentBalance.objects.select_related("commitment").order_by("pk")
    for start in range(0, balances.count(), AT_ONCE):
        part = list(balances[start : start + AT_ONCE])
        facts = facts_of([balance.pk for balance in part])
        for balance in part:
            of_entries = sums.pop(balance.pk, {})
            found += _differing(balance, of_entries)
            found += [row for row in _differing(balance, _reckoned(balance, facts[balance.pk])) if row not in found]
    found += [(c, account, None, total) for c, accounts_ in sums.items() for account, total in accounts_.items()]
    return found


def _differing(balance, sums):
    kept = {account: getattr(balance, account) for account in Account.values}
    return [
        (balance.pk, account, amount, sums.get(account, ZERO))
        for account, amount in kept.items()
        if amount != sums.get(account, ZERO)
    ]


def _reckoned(balance, facts):
    """{account: sum} as the facts have it, under the promise that is kept."""
    is_withdrawn = balance.commitment.is_withdrawn
    sums = {Account.PROMISED: balance.promised}
    for amounts in accounts.settled(balance.promised, facts, is_withdrawn=is_withdrawn).values():
        for account, amount in amounts.items():
            sums[account] = sums.get(account, ZERO) + amount
    return sums


def open_account(commitment, promised, act):
    """Open the ledger of a new commitment with what was promised, 0 or more."""
    CommitmentBalance.objects.create(commitment=commitment)
    settle(commitment, act, promise=promised)


@transaction.atomic
def pass_to(commitment, council, act):
    """What stands in every account of a commitment passes from its contract's council to another (rule 11).

    Two entries an account, which come to nothing together: each council's figures add up to those of both.
    """
    balance = hold(commitment)
    for account in Account.values:
        _pass(balance, council, act, account, getattr(balance, account))


@transaction.atomic
def correct_council(commitment, council, act):
    """The contract was never the council's that its record names: as `pass_to`, but on the days of that one's entries.

    What an earlier council had, before the contract passed on, stays its own.
    """
    balance = hold(commitment)
    wrong = LedgerEntry.objects.filter(commitment=commitment, council=balance.commitment.contract.council_id)
    rows = wrong.values_list("account", "happened_on", "confirmed_by").annotate(Sum("amount")).order_by("happened_on")
    for account, day, confirmed_by, amount in list(rows):
        _pass(balance, council, replace(act, day=day), account, amount, confirmed_by)


def _pass(balance, council, act, account, amount, confirmed_by=LedgerEntry.ConfirmedBy.NOBODY):
    """Two entries of one account: off the contract's council, and on to another (None for none)."""
    found = []
    for number, signed in ((balance.commitment.contract.council_id, -amount), (council and council.pk, amount)):
        entry = _entry(balance.commitment, act, NOTHING, account, signed)
        entry.council_id, entry.confirmed_by = number, confirmed_by
        found.append(entry)
    _write(balance, found if amount else [])
