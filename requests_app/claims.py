"""What can't be true of a delivery that a supplier records, each said beside its field; and what stands in all."""

from datetime import timedelta
from functools import partial

from django.core.exceptions import ValidationError
from django.db.models import Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from records.days import months_after
from vocabulary.quantities import ZERO, refuse_parts
from words.lines import said

from .models import Delivery

MONTHS_BEFORE = 12  # of a pledge: help that came sooner was no answer to it
STANDS = Coalesce("verified", "confirmed", "claimed")  # as Delivery.stands_at
MOST_TIMES = 5  # a delivery of more than five times the pledge is a slip of the keyboard


def refuse_odd(pledge, quantity, delivered_on, note):
    """ValidationError with everything that can't be about a claim, each beside its field; None is not looked at."""
    wrong = {}
    for check, value in ((refuse_quantity, quantity), (partial(refuse_day, note=note), delivered_on)):
        try:
            if value is not None:
                check(pledge, value)
        except ValidationError as refused:
            wrong |= refused.message_dict
    if wrong:
        raise ValidationError(wrong)


def refuse_quantity(pledge, quantity):
    """ValidationError for nothing, parts of what is counted whole, and many times what was pledged."""
    if quantity <= 0:
        raise ValidationError({"quantity": "Enter a quantity above 0."})
    refuse_parts(quantity, pledge.request.unit)
    if quantity > MOST_TIMES * pledge.quantity:
        raise ValidationError({"quantity": f"More than {MOST_TIMES} times what you pledged. Check the number."})


def in_all(pledges):
    """{pledge id: what stands under it in all} of those that have a delivery."""
    rows = Delivery.objects.standing().filter(pledge__in=pledges).values_list("pledge").annotate(in_all=Sum(STANDS))
    return dict(rows.order_by())


def in_all_with(pledge, quantity, but=None):
    """What stands under a pledge in all with another delivery of `quantity`, `but` one of them left out."""
    rows = pledge.deliveries.standing().exclude(pk=but.pk if but else 0)
    return quantity + (rows.aggregate(in_all=Sum(STANDS))["in_all"] or ZERO)


def refuse_a_repeat(pledge, quantity, delivered_on):
    """ValidationError for the same delivery recorded a moment ago: a form sent twice."""
    a_moment_ago = timezone.now() - timedelta(seconds=60)
    same = Delivery.objects.standing().filter(pledge=pledge, claimed=quantity, delivered_on=delivered_on)
    if same.filter(recorded_at__gt=a_moment_ago).exists():
        raise ValidationError("This delivery was recorded a moment ago. See it on the pledge’s page.", code="twice")


def refuse_day(pledge, day, note):
    """ValidationError for a day of delivery that can't be: to come, long before the pledge, or outside the contract.

    A day before the pledge was offered needs a word on how that came.
    """
    offered_on, contract = timezone.localdate(pledge.offered_at), pledge.commitment and pledge.commitment.contract
    if day > timezone.localdate():
        raise ValidationError({"delivered_on": "The date must be today or in the past."})
    if day < months_after(offered_on, -MONTHS_BEFORE):
        words = f"That is more than a year before your pledge of {offered_on:%-d %B %Y}. Check the date."
        raise ValidationError({"delivered_on": words})
    if contract and contract.start and day < contract.start:
        words = f"The contract began on {contract.start:%-d %B %Y}. Nothing counts against it before that day."
        raise ValidationError({"delivered_on": words})
    if contract and contract.end and day > contract.end:
        words = f"The contract ended on {contract.end:%-d %B %Y}. Nothing counts against it after that day."
        raise ValidationError({"delivered_on": words})
    if pledge.commitment_id and not pledge.commitment.stood_on(day):
        words = f"{pledge.commitment.state_words}. Ask the contract manager to let your pledge stand without it."
        raise ValidationError({"delivered_on": words})
    if day < offered_on and not said(note):
        words = f"That is before your pledge of {offered_on:%-d %B %Y}. Say below how that came, or check the date."
        raise ValidationError({"delivered_on": words})
