"""The weights in force, and how they are changed: tried on the evaluation first, then saved with a reason."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from words.lines import said

from ..models import WeightsChange, WeightsTrial
from .parts import DEFAULTS, NAMES


def current():
    """{part: weight} in force: the council's last choice, else the ones the site came with."""
    last = WeightsChange.objects.order_by("-pk").values_list("values", flat=True).first()
    return {name: float((last or DEFAULTS).get(name, 0)) for name in NAMES}


def clean(values):
    """Weights that add up to 1, from any that are not negative; ValidationError where none is above 0."""
    if any(value < 0 for value in values.values()) or not sum(values.values()):
        raise ValidationError("Give at least one part a weight above 0, and none below.")
    whole = sum(values[name] for name in NAMES)
    return {name: round(values[name] / whole, 4) for name in NAMES}


def try_out(values, *, by):
    """Ask for the effect of other weights; a worker works it out."""
    from . import tasks

    trial = WeightsTrial.objects.create(values=clean(values), asked_by=by)
    transaction.on_commit(lambda: tasks.weigh.enqueue(trial.pk))
    return trial


@transaction.atomic
def save(trial, reason, *, by):
    """Put tried weights in force; ValidationError before their effect is known or without a reason."""
    if trial.effect is None:
        raise ValidationError("The effect of these weights is not worked out yet.")
    if not said(reason):
        raise ValidationError({"reason": "Say why the weights change: it is kept with their effect."})
    change = WeightsChange.objects.create(
        values=trial.values, effect=trial.effect, reason=said(reason), by=by, at=timezone.now()
    )
    log(change, "marketplace.change_weights", user=by, data={"reason": said(reason), "effect": trial.effect})
    from .changes import note_everything

    note_everything()
    return change
