"""What deserves a second look before it is accepted: nothing here is proof, and nothing changes by it.

The same file twice, also saved again; as much by one supplier on one day under two contracts; ten times the plan, the
others, or what was told before; one contract that carries most of a unit; evidence older than what it shows.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from django.db.models import Case, Count, F, Min, Q, Sum, When
from django.urls import reverse
from django.utils import timezone

from files import likeness
from requests_app.models import Evidence
from returns.models import Answer, AnswerFile
from suppliers import plans
from suppliers.models import Commitment, CommitmentBalance, LedgerEntry
from vocabulary.quantities import rounded_in
from vocabulary.units import Unit, say_total

LOOK_BACK = timedelta(days=730)
TIMES, MOST_SHARE, LEAST_CONTRACTS = 10, 0.5, 5
QUARTER_DAYS = 91


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


def _claimed():
    """Entries of what was claimed in the last two years by deliveries and in returns, corrections among them."""
    since = timezone.localdate() - LOOK_BACK
    rows = LedgerEntry.objects.filter(account=LedgerEntry.Account.CLAIMED, happened_on__gte=since)
    return rows.exclude(delivery_number=None, return_line_number=None)


def _net(rows):
    """[(commitment id, what was claimed, day, delivery number, line number)] of what stands, corrections taken off."""
    thing = ("commitment", "delivery_number", "return_line_number")
    sums = rows.values_list(*thing).annotate(in_all=Sum("amount"), day=Min("happened_on")).filter(in_all__gt=0)
    return [
        (commitment, in_all, day, delivery, line) for commitment, delivery, line, in_all, day in sums.order_by(*thing)
    ]


def same_day():
    """One supplier, one day, one quantity, under two contracts; shares of one delivery are one delivery.

    A supplier that signed up is one whatever the register calls it; one without a name is told with nobody.
    """
    found, commitments = defaultdict(list), {}
    named = Case(When(commitment__contract__supplier=None, then=F("commitment__contract__supplier_name")), default=None)
    same = ("commitment__contract__supplier", "named", "happened_on", "amount", "commitment__unit")
    is_known = Q(commitment__contract__supplier__isnull=False) | ~Q(commitment__contract__supplier_name="")
    rows = _claimed().filter(is_known, amount__gt=0).annotate(named=named)
    twice = rows.values(*same).annotate(contracts=Count("commitment__contract", distinct=True)).filter(contracts__gt=1)
    for key in twice.order_by(*same).values_list(*same):
        among = rows.filter(**{name: value for name, value in zip(same, key, strict=True) if value is not None})
        numbers = set(among.values_list("commitment", flat=True))
        commitments |= Commitment.objects.select_related("contract__supplier").in_bulk(numbers - commitments.keys())
        for number, in_all, day, delivery, line in _net(_claimed().filter(commitment__in=numbers)):
            if (day, in_all) == key[2:4]:
                found[key].append((commitments[number], delivery or f"line {line}"))
    for (_, _, day, quantity, unit), claimed in found.items():
        contracts = {commitment.contract_id: commitment.contract for commitment, _ in claimed}
        if len(contracts) > 1 and len({thing for _, thing in claimed}) > 1:
            said = f"{claimed[0][0].contract.supplier_label} reported {say_total(quantity, unit)}"
            words = f"{said} on {day:%-d %B %Y} under {len(contracts)} contracts."
            about = tuple((contract.reference, contract.get_absolute_url()) for contract in contracts.values())
            yield Suspicion("The same people and day twice", words, about)


def ten_times():
    """What is more than ten times as much as the others of its commitment, or as a quarter of its plan."""
    told, by_commitment = set(), defaultdict(list)
    for commitment, suspicion in answers_ten_times():
        told.add(commitment)
        yield suspicion
    for number, in_all, *_ in _net(_claimed()):
        by_commitment[number].append(in_all)
    known = plans.in_force(by_commitment)
    for number, amounts in by_commitment.items():
        most, others = max(amounts), None
        if len(amounts) > 1:
            others = Fraction(sum(amounts) - most) / (len(amounts) - 1)
        planned = _quarter_of(known[number]) if number in known else None
        against = [(others, "the others of it, on average"), (planned, "a quarter of its plan")]
        passed = [(amount, words) for amount, words in against if amount and most > TIMES * amount]
        if passed and number not in told:
            commitment = Commitment.objects.get(pk=number)
            amount, words = passed[0]
            usual = say_total(rounded_in(Unit.HOURS, amount), commitment.unit)
            said = f"{commitment}: {commitment.say(most)} at once, more than ten times {usual}, {words}."
            yield Suspicion("Ten times the usual", said, ((commitment.wording, commitment.get_absolute_url()),))


def _quarter_of(plan):
    """What a plan expects of a quarter, evenly over its days."""
    days = (plan.ends_on - plan.starts_on).days + 1
    return Fraction(plan.points[-1][1]) * min(QUARTER_DAYS, days) / days


def answers_ten_times():
    """(commitment id, Suspicion) of answers of more than ten times what was planned, or told on average before."""
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
            yield answer.commitment_id, Suspicion("Ten times the usual", words, about)
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
    """A file that was handed in before the day that it shows, or that says itself that it was made before."""
    for upload, words, address, day in shown:
        if upload.made_on and upload.made_on < day <= timezone.localdate(upload.uploaded_at):
            says = f"“{upload.name}” says that it was made on {upload.made_on:%-d %B %Y}"
            said = f"{says}, before the delivery of {day:%-d %B %Y}."
            yield Suspicion("Evidence older than the delivery", said, ((words, address),))
        if timezone.localdate(upload.uploaded_at) < day:
            handed_in = f"“{upload.name}” was handed in on {upload.uploaded_at:%-d %B %Y}"
            said = f"{handed_in}, before the delivery of {day:%-d %B %Y}."
            yield Suspicion("Evidence older than the delivery", said, ((words, address),))
