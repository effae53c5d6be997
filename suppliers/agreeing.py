"""Both sides' yes to a delivery plan: the contract manager writes a version, the supplier's lead accepts it or says why
not.

A plan is due four weeks after award and answered within two (docs/decisions/0035).
"""

from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from wagtail.log_actions import log

from words.lines import said

from . import plans
from .models import Commitment, DeliveryPlan, PlanAnswer

PLAN_WITHIN = timedelta(days=28)


def to_answer(commitments):
    """[DeliveryPlan] in force, written by a person, that the supplier has not answered; the oldest first."""
    waiting = [plan for plan in _in_force(commitments) if plan.by_id and not hasattr(plan, "answer")]
    return sorted(waiting, key=lambda plan: (plan.at, plan.pk))


def refused(commitments):
    """[DeliveryPlan] in force that the supplier did not accept, by commitment; pace goes by it until it changes."""
    return [plan for plan in _in_force(commitments) if hasattr(plan, "answer") and not plan.answer.is_accepted]


def _in_force(commitments):
    """The newest DeliveryPlan of each commitment that stands, with its answer, by commitment."""
    rows = DeliveryPlan.objects.filter(commitment__in=commitments.standing()).order_by("commitment", "version")
    return {plan.commitment_id: plan for plan in rows.select_related("commitment__contract", "answer")}.values()


def without_plan(contracts, day):
    """Commitments without a plan whose contract was awarded more than four weeks before `day`."""
    rows = Commitment.objects.standing().filter(contract__in=contracts, plans=None)
    return rows.filter(contract__award_date__lte=day - PLAN_WITHIN).select_related("contract")


@transaction.atomic
def answer(plan, is_accepted, words, *, by):
    """Keep what the supplier's lead says to the plan in force; returns the PlanAnswer.

    PermissionDenied for whoever does not act for the supplier; ValidationError for an objection without words, for a
    version that is no longer in force, and where it was answered already.
    """
    commitment = Commitment.objects.select_related("contract__supplier").get(pk=plan.commitment_id)
    if by not in commitment.contract.people:
        raise PermissionDenied
    if plans.current(commitment) != plan:
        raise ValidationError("There is a newer version of this plan. Reload the page.", code="moved")
    if not is_accepted and not said(words):
        raise ValidationError({"words": "Say what is wrong with the plan: the contract manager will read it."})
    if len(said(words)) > 500:
        raise ValidationError({"words": "Say it in 500 characters: nothing was kept."})
    try:
        with transaction.atomic():
            made = PlanAnswer.objects.create(plan=plan, is_accepted=is_accepted, words=said(words), by=by)
    except IntegrityError as again:
        raise ValidationError("This plan was answered already. Reload the page.", code="moved") from again
    log(commitment, "suppliers.plan_answered", user=by, data={"version": plan.version, "answer": str(made)})
    return made
