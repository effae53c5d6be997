"""The demo's plans that changed: carried forward, substituted, extended, and one that its supplier did not accept."""

from datetime import timedelta

from records.days import months_after
from suppliers import adjusting, agreeing, plans
from suppliers.models import Commitment, Contract
from vocabulary.quantities import rounded_in

NEWER = Commitment(
    wording="Mentors for young people who look for their first job, in place of school talks",
    measure="Mentors", kind="volunteers", unit="people", delivery_area="Surrey",
)  # fmt: skip


def make_adjustments(at, manager, today):
    """Each is an act of its own, of the last month; `at` sets the clock."""
    forward, substituted, extended, refused = Contract.objects.order_by("pk")[8:12]
    with at(today - timedelta(days=28)):
        _carry_forward(forward, manager, today.date())
        _substitute(substituted, manager)
        until = months_after(extended.end, 12)
        more = {row.pk: rounded_in(row.unit, row.balance.promised / 3) for row in _with_left(extended)}
        adjusting.extend(extended, until, more, by=manager, reason="The option of another year was taken up")
    with at(today - timedelta(days=6)):
        plan = plans.current(_with_left(refused)[0])
        words = "Schools are closed in August: more of it belongs into autumn"
        agreeing.answer(plan, False, words, by=refused.supplier.people[0])


def _with_left(contract):
    return list(contract.commitments.standing().with_balance().exclude(unit="narrative").order_by("pk"))


def _carry_forward(contract, manager, day):
    """Half of the period that runs is expected in the next."""
    for commitment in _with_left(contract):
        lines = [(target.due_on, target.quantity_in_all) for target in plans.targets(commitment)]
        place = next((place for place, (due_on, _) in enumerate(lines[:-1]) if due_on >= day), None)
        if place is None:
            continue
        held = lines[place][1] - (lines[place - 1][1] if place else 0)
        if half := rounded_in(commitment.unit, held / 2):
            days = lines[place][0], lines[place + 1][0]
            adjusting.carry_forward(commitment, half, *days, by=manager, reason="The works begin later than planned")


def _substitute(contract, manager):
    """A third of what is left of the first promise gives way to mentors."""
    commitment = _with_left(contract)[0]
    if given_up := rounded_in(commitment.unit, commitment.balance.left / 3):
        NEWER.outcome = commitment.outcome
        adjusting.substitute(commitment, given_up, NEWER, 4, by=manager, reason="No school asked for talks any more")
