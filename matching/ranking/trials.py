"""How weights are changed: tried on the evaluation first, then saved with a reason."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from words.lines import said

from ..models import WeightsChange, WeightsTrial
from . import changes, tasks, weights


def try_out(values, *, by):
    """Ask for the effect of other weights; a worker works it out."""
    trial = WeightsTrial.objects.create(values=weights.clean(values), asked_by=by)
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
    log(change, "matching.change_weights", user=by, data={"reason": said(reason), "effect": trial.effect})
    changes.note_everything()
    return change
