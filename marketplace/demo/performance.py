"""The demo's key performance indicators: some rated, one contract asked to improve and one that did not."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from performance import assessing, improving
from suppliers import agreeing, plans
from suppliers.models import Binding, Commitment, Contract

LARGE = 5_000_000
BUILDER = "Holmbury Construction"  # whom sam acts for
BINDINGS = (Binding.MATERIAL, Binding.MATERIAL, Binding.KPI, Binding.ASPIRATION)


def make_performance(at, manager, today):
    """Indicators of large contracts, ratings, the log of poor performance, and plans that both sides agreed."""
    large = list(Contract.objects.filter(value_gbp__gte=LARGE).order_by("pk"))
    for contract in large:
        for commitment, binding in zip(contract.commitments.order_by("pk"), BINDINGS, strict=False):
            Commitment.objects.filter(pk=commitment.pk).update(
                binding=binding, evidence_asked="Dated attendance sheets"
            )
            plan = plans.current(commitment)
            if binding != Binding.ASPIRATION and plan:
                with at(timezone.make_aware(datetime.combine(plan.agreed_on, time(12))) + timedelta(days=9)):
                    agreeing.answer(plan, True, "", by=contract.supplier.people[0])
    for one in assessing.indicators(Commitment.objects.filter(contract__in=large[:4]), today.date()):
        reason = f"{one.standing.words['confirmed']} of {one.standing.words['expected']} expected by now are confirmed."
        assessing.assess(one.commitment, one.suggested, reason, by=manager)
    first = large[0].commitments.order_by("pk").first()
    of_builder = Commitment.objects.filter(contract__supplier__name=BUILDER).order_by("pk").first()
    with at(today - timedelta(days=70)):
        until = (today - timedelta(days=20)).date()
        failed = improving.ask(first, "Begin the visits that were promised for spring", until, by=manager)
        improving.answer(failed, "Two people fell ill; we begin in September", by=manager)
    improving.settle(failed, False, "No visit took place by the day that was set", by=manager)
    until = (today + timedelta(days=21)).date()
    improving.ask(of_builder, "Send the attendance sheets of last quarter", until, by=manager)
