"""The draft of a contract performance notice (UK9): what a person checks and publishes on the central platform.

Its evidence is what the groups themselves confirmed, apart from what the contract manager did. Nothing is added over
units, and ratings are those that a person set.
"""

from collections import defaultdict
from datetime import timedelta

from django.conf import settings
from django.db.models import Min, Sum

from records.days import months_after
from suppliers.accounts import Account, ConfirmedBy
from suppliers.models import Commitment, LedgerEntry
from vocabulary.quantities import ZERO

from . import assessing, improving
from .models import Improvement


def draft(contract, day):
    """The notice of a contract for the twelve months up to `day`, as plain data."""
    since = max(filter(None, (months_after(day, -12) + timedelta(days=1), contract.start)))
    indicators = assessing.indicators(Commitment.objects.filter(contract=contract), day)
    confirmed = _confirmed([one.commitment.pk for one in indicators], since, day)
    failed = Improvement.objects.filter(commitment__contract=contract, state=Improvement.State.NOT_IMPROVED)
    failed = list(failed.select_related("commitment"))
    evidence = _evidence({one.commitment.pk for one in indicators} | {row.commitment_id for row in failed}, since, day)
    return {
        "notice": "Contract performance notice (UK9), draft",
        "buyer": contract.buyer or settings.COUNCIL_NAME,
        "contract": {"reference": contract.reference, "title": contract.title, "ocid": contract.ocid,
                     "supplier": contract.supplier_label, "start": _day(contract.start), "end": _day(contract.end)},
        "period": {"from": since.isoformat(), "to": day.isoformat()},
        "indicators": [_indicator(one, confirmed, evidence) for one in indicators],
        "poor_performance": [_improvement(row, evidence) for row in failed],
    }  # fmt: skip


def _day(day):
    return day.isoformat() if day else None


def _confirmed(numbers, since, until):
    """{(commitment id, who confirmed): Decimal} of what was delivered in the period and stands confirmed."""
    rows = LedgerEntry.objects.filter(commitment__in=numbers, account=Account.CONFIRMED).in_period(since, until)
    return {
        (number, who): amount
        for number, who, amount in rows.values_list("commitment", "confirmed_by").annotate(Sum("amount")).order_by()
    }


def _evidence(numbers, since, until):
    """{commitment id: [{delivery, day, quantity}]} of what groups confirmed in the period, delivery by delivery."""
    rows = LedgerEntry.objects.filter(commitment__in=numbers, account=Account.CONFIRMED, confirmed_by=ConfirmedBy.GROUP)
    sums = rows.in_period(since, until).exclude(delivery_number=None).values_list("commitment", "delivery_number")
    known, found = Commitment.objects.in_bulk(numbers), defaultdict(list)
    for number, delivery, day, amount in sums.annotate(Min("happened_on"), Sum("amount")).order_by("delivery_number"):
        if amount > 0:
            found[number].append({"delivery": delivery, "day": day.isoformat(), "quantity": known[number].say(amount)})
    return found


def _indicator(one, confirmed, evidence):
    commitment, newest = one.commitment, one.newest
    by_groups = confirmed.get((commitment.pk, ConfirmedBy.GROUP), ZERO)
    by_manager = confirmed.get((commitment.pk, ConfirmedBy.MANAGER), ZERO)
    return {
        "description": commitment.measure or commitment.wording,
        "is_one_of_the_most_material": commitment.is_material,
        "promised": commitment.say(commitment.balance.promised),
        "expected_by_now": one.standing.words["expected"] if one.standing else "",
        "confirmed_in_all": commitment.say(commitment.balance.confirmed),
        "confirmed_by_groups_in_the_period": commitment.say(by_groups),
        "confirmed_by_the_contract_manager_in_the_period": commitment.say(by_manager),
        "rating": newest.get_rating_display() if newest else "Not rated yet",
        "rated_on": _day(newest.assessed_on) if newest else None,
        "reason": newest.reason if newest else "",
        "confirmed_by_groups": evidence[commitment.pk],
    }


def _improvement(row, evidence):
    return {
        "commitment": str(row.commitment),
        "what": row.what,
        "asked_on": _day(row.asked_on),
        "until": _day(row.until),
        "answer": row.answer,
        "outcome": row.outcome,
        "not_improved_on": _day(row.settled_on),
        "publish_by": _day(improving.notice_due_on(row)),
        "published": row.notice,
        "published_on": _day(row.notice_on),
        "confirmed_by_groups": evidence[row.commitment_id],
    }


def _as_lines(evidence):
    if not evidence:
        return ["  No group confirmed anything of it in this period."]
    return [
        f"  Delivery {row['delivery']} of {row['day']}: {row['quantity']}, confirmed by its group" for row in evidence
    ]


def _published(row):
    if row["published"]:
        return f"  Published on {row['published_on']}: {row['published']}"
    return f"  Publish by {row['publish_by']}"


def as_text(said):
    """A draft as text for a person to finish."""
    contract = said["contract"]
    lines = [
        said["notice"], "", f"Buyer: {said['buyer']}", f"Contract: {contract['reference']}, {contract['title']}",
        f"Supplier: {contract['supplier']}", f"Period: {said['period']['from']} to {said['period']['to']}", "",
        "Key performance indicators",
    ]  # fmt: skip
    for one in said["indicators"]:
        material = " (one of the three most material)" if one["is_one_of_the_most_material"] else ""
        groups, manager = (one[f"confirmed_by_{who}_in_the_period"] for who in ("groups", "the_contract_manager"))
        lines += [
            "", f"{one['description']}{material}",
            f"  Promised {one['promised']}; expected by now {one['expected_by_now'] or 'nothing planned'}",
            f"  Confirmed {one['confirmed_in_all']} in all",
            f"  In this period {groups} by the groups that received it, {manager} by the contract manager",
            f"  Rating: {one['rating']}" + (f", because {one['reason']}" if one["reason"] else ""),
            *_as_lines(one["confirmed_by_groups"]),
        ]  # fmt: skip
    lines += ["", "Poor performance"] if said["poor_performance"] else ["", "No poor performance is recorded."]
    for row in said["poor_performance"]:
        lines += ["", f"{row['commitment']}: {row['what']}", f"  Asked on {row['asked_on']}, until {row['until']}",
                  f"  Answer: {row['answer'] or 'none'}", f"  Not improved: {row['outcome']}",
                  *_as_lines(row["confirmed_by_groups"]), _published(row)]  # fmt: skip
    return "\n".join(lines) + "\n"
