"""The demo's returns: answered, waiting, asked back, owed and late, at a good and a bad pace."""

from datetime import datetime, time, timedelta
from fractions import Fraction

from django.utils import timezone

from returns import answering, deciding, known, opening, periods, schedule
from returns.answering import Given
from suppliers import pace, plans, recorded
from suppliers.models import Contract, RecordedEvent
from vocabulary.quantities import rounded_in

CONTRACTS = 20
KEPT = 4  # periods of each that are told of
SHOWN = "Holmbury Construction"  # whose person can sign in
NEWEST = ("owed", "sent", "asked", "accepted")
PACES = (0.5, 0.9, 1.1, 1.15, 1.4)
EVIDENCE = ("Sign-in sheets", "Letters of the schools", "Delivery notes", "Time records", "Payroll summary")
QUESTIONS = ("The sheet names fewer people. Which is right?", "Which school was that?")
WHY = ("No request fitted what we promised", "The work of the contract has not begun")


def noon(day):
    return timezone.make_aware(datetime.combine(day, time(12)))


def make_returns(at, manager, dice, today):
    """Returns of the first contracts, each made by the site's own verbs at its moment; `at` sets the clock."""
    make_recorded(manager, today)
    for number, contract in enumerate(Contract.objects.select_related("supplier").order_by("pk")[:CONTRACTS]):
        with at(noon(today.date())):
            asked = schedule.due(contract, contract.start, today.date())[-KEPT:]
        pace = PACES[number % len(PACES)]
        for place, (first, last) in enumerate(asked):
            with at(noon(last + timedelta(days=1))):
                owed = opening.of_period(contract, first, last)
            newest = "owed" if contract.supplier.name == SHOWN else NEWEST[number % len(NEWEST)]
            how = "accepted" if place < len(asked) - 1 else newest
            if how != "owed":
                send(at, owed, pace, how, manager, dice, today.date())


def make_recorded(manager, today):
    """What the council's spreadsheet knew of the time before: taken over as councils do that come from one."""
    events = []
    for number, contract in enumerate(Contract.objects.order_by("pk")):
        commitments = list(contract.commitments.standing().with_balance())
        asked = schedule.due(contract, contract.start, today.date())[-KEPT:] if number < CONTRACTS else []
        until = (asked[0][0] if asked else periods.first_of_quarter(today.date())) - timedelta(days=1)
        day = max(until, contract.start)
        known = plans.in_force(commitment.pk for commitment in commitments)
        for commitment in commitments if day < today.date() else ():
            due = pace.expected(known[commitment.pk], until if asked else today.date()) if commitment.pk in known else 0
            amount = (
                rounded_in(commitment.unit, due * Fraction(PACES[number % len(PACES)])) - commitment.balance.claimed
            )
            if amount > 0:
                events += _three_stages(commitment, min(amount, commitment.balance.left), day)
    recorded.add(events, by=manager)


def _three_stages(commitment, amount, day):
    """Claimed and confirmed, half of it verified; nothing of nothing."""
    fields = {"commitment": commitment, "happened_on": day, "entered_on": day, "reason": "From the spreadsheet"}
    parts = (("claimed", amount), ("confirmed", amount), ("verified", rounded_in(commitment.unit, amount / 2)))
    before, found = None, []
    for kind, part in parts:
        if part > 0:
            row = {"reference": f"S-{commitment.pk}-{kind}", "kind": kind, "quantity": part, "refers_to": before}
            before = RecordedEvent(**row, **fields)
            found.append(before)
    return found


def send(at, owed, pace, how, manager, dice, today):
    """Send a return three weeks after its period, or today at the latest, and answer it a week later."""
    person = owed.contract.supplier.people[0]
    sent_on = min(owed.last_day + timedelta(days=dice.randrange(9, 28)), today)
    with at(noon(sent_on)):
        given = amounts(owed, pace, dice)
        if not any(one.quantity for one in given.values()):
            sent = answering.nothing(owed, dice.choice(WHY), by=person)
        else:
            sent = answering.send(owed, given, by=person, is_declared=True)
    if how == "sent":
        return
    answers = list(sent.answers.order_by("pk"))
    choices = {answer.pk: (deciding.ACCEPT, "") for answer in answers}
    if how == "asked":
        choices[answers[0].pk] = (deciding.QUERY, dice.choice(QUESTIONS))
    with at(noon(min(sent_on + timedelta(days=7), today))):
        deciding.decide(sent, choices, by=manager)


def amounts(owed, pace, dice):
    """{commitment id: Given} of what the plan expects of the period, faster or slower."""
    promises = list(owed.contract.commitments.standing())
    facts = known.of_commitments(promises, owed.contract, owed.first_day, owed.last_day)
    found = {}
    for promise in promises:
        planned = facts[promise.pk].planned or 0
        amount = max(rounded_in(promise.unit, round(float(planned) * pace, 2)), facts[promise.pk].already)
        rag = "red" if pace < 0.6 else "amber" if pace < 0.9 else "green"
        found[promise.pk] = Given(amount, evidence=dice.choice(EVIDENCE) if amount else "", rag=rag)
    return found
