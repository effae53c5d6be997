"""What deserves a second look before it is accepted: nothing here is proof, and nothing changes by it.

The same file twice, also saved again; as much by one supplier on one day under two contracts; ten times the plan or
what was told before; one contract that carries most of a unit; evidence older than what it shows.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone

from files import likeness
from requests_app.models import Evidence
from returns.models import Answer, AnswerFile, ReturnLine
from suppliers.models import CommitmentBalance
from vocabulary.units import Unit, say_total

LOOK_BACK = timedelta(days=730)
TIMES, MOST_SHARE, LEAST_CONTRACTS = 10, 0.5, 5


@dataclass(frozen=True)
class Suspicion:
    """A sentence, and [(words, address)] of what it is about."""

    kind: str
    words: str
    about: tuple


def all_of_them():
    """[Suspicion] of every kind, of the last two years."""
    shown = _shown()
    return [*same_files(shown), *same_day(), *ten_times(), *carries_most(), *too_old(shown)]


def _shown():
    """[(Upload, words, address, day of delivery)] of files that show a delivery or an answer of a return."""
    since = timezone.now() - LOOK_BACK
    found = []
    for row in Evidence.objects.filter(upload__uploaded_at__gte=since).select_related("upload", "delivery"):
        address = row.delivery.get_absolute_url()
        found.append((row.upload, f"Delivery {row.delivery_id}", address, row.delivery.delivered_on))
    files = AnswerFile.objects.filter(upload__uploaded_at__gte=since)
    for row in files.select_related("upload", "answer__of_return__contract", "answer__commitment"):
        of_return = row.answer.of_return
        day = row.answer.delivered_on or of_return.last_day
        found.append((row.upload, str(of_return), of_return.get_absolute_url(), day))
    return sorted(found, key=lambda row: row[0].pk)


def same_files(shown):
    """The same file beside two deliveries: pictures by their looks, all else by what they say."""
    groups, pictures = defaultdict(list), []
    for row in shown:
        upload = row[0]
        near = next((key for key in pictures if likeness.nearly(key, upload.likeness)), upload.likeness)
        if upload.likeness.startswith(likeness.PICTURE) and near == upload.likeness and near not in groups:
            pictures.append(near)
        if upload.likeness:
            groups[near].append(row)
    for rows in groups.values():
        addresses = {address for _, _, address, _ in rows}
        if len(addresses) > 1:
            names = ", ".join(dict.fromkeys(f"“{upload.name}”" for upload, *_ in rows))
            about = tuple((words, address) for _, words, address, _ in rows)
            yield Suspicion("The same file twice", f"{names} stands beside {len(addresses)} deliveries.", about)


def same_day():
    """One supplier, one day, one quantity, under two contracts."""
    since = timezone.localdate() - LOOK_BACK
    rows = ReturnLine.objects.standing().filter(delivered_on__gte=since, quantity__gt=0)
    found = defaultdict(list)
    for line in rows.select_related("commitment__contract__supplier"):
        contract = line.commitment.contract
        key = contract.supplier_id or contract.supplier_name, line.delivered_on, line.quantity, line.commitment.unit
        found[key].append(line)
    for (_, day, quantity, unit), lines in found.items():
        contracts = {line.commitment.contract_id: line.commitment.contract for line in lines}
        if len(contracts) > 1:
            first = lines[0].commitment.contract
            said = f"{first.supplier_label} reported {say_total(quantity, unit)} on {day:%-d %B %Y}"
            words = f"{said} under {len(contracts)} contracts."
            about = tuple((contract.reference, contract.get_absolute_url()) for contract in contracts.values())
            yield Suspicion("The same people and day twice", words, about)


def ten_times():
    """An answer of more than ten times what was planned, or than what was told on average before."""
    since = timezone.localdate() - LOOK_BACK
    earlier = defaultdict(list)
    rows = Answer.objects.filter(of_return__last_day__gte=since, quantity__gt=0).order_by("of_return__last_day", "pk")
    for answer in rows.select_related("of_return__contract", "commitment"):
        before = earlier[answer.commitment_id]
        usual = sum(before) / len(before) if before else None
        flagged = any(finding.get("code") == "over_ten_times_committed" for finding in answer.findings)
        if flagged or (usual and answer.quantity > TIMES * usual):
            against = f"{answer.commitment.say(round(usual, 2))} on average before" if usual else "its plan"
            words = f"{answer.commitment}: {answer.quantity_words}, more than ten times {against}."
            about = ((str(answer.of_return), answer.of_return.get_absolute_url()),)
            yield Suspicion("Ten times the usual", words, about)
        before.append(answer.quantity)


def carries_most():
    """One contract that holds more than half of what is confirmed in a unit."""
    rows = CommitmentBalance.objects.filter(confirmed__gt=0).values_list(
        "commitment__unit", "commitment__contract", "commitment__contract__reference"
    )
    by_unit = defaultdict(list)
    for unit, number, reference, confirmed in rows.annotate(Sum("confirmed")).order_by():
        by_unit[unit].append((confirmed, number, reference))
    for unit, contracts in sorted(by_unit.items()):
        total, (most, number, reference) = sum(row[0] for row in contracts), max(contracts)
        if len(contracts) >= LEAST_CONTRACTS and most > MOST_SHARE * float(total):
            share = f"{float(most) / float(total):.0%}"
            words = f"{reference} holds {share} of all {Unit(unit).label} that are confirmed: {say_total(most, unit)}."
            yield Suspicion("One contract carries the total", words, ((reference, reverse("contract", args=[number])),))


def too_old(shown):
    """A file that was handed in before the day that it shows."""
    for upload, words, address, day in shown:
        if timezone.localdate(upload.uploaded_at) < day:
            handed_in = f"“{upload.name}” was handed in on {upload.uploaded_at:%-d %B %Y}"
            said = f"{handed_in}, before the delivery of {day:%-d %B %Y}."
            yield Suspicion("Evidence older than the delivery", said, ((words, address),))
