"""The priorities matrix: which outcomes of a central version serve which of the council's own priorities."""

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.log_actions import log

from .. import publications
from ..models import Outcome, PriorityMark


def serving(line):
    """[ids] of a line and of the lines that the matrix says serve it, where it is a priority."""
    return [line.pk, *PriorityMark.objects.filter(priority=line).values_list("outcome", flat=True)]


def outcomes(model):
    """The outcomes of a version in their order; [] where there is no version."""
    return list(model.outcomes.filter(level=Outcome.Level.OUTCOME).order_by("position")) if model else []


def marks(own, central):
    return PriorityMark.objects.filter(priority__in=outcomes(own), outcome__in=outcomes(central))


def marked(own, central):
    """{(outcome id, priority id)} that are ticked."""
    return set(marks(own, central).values_list("outcome_id", "priority_id"))


@transaction.atomic
def lay(own, central, ticked, *, by):
    """Tick exactly `ticked`, {(outcome id, priority id)}; ValidationError for a pair that is not of these versions."""
    known = {(row.pk, column.pk) for row in outcomes(central) for column in outcomes(own)}
    if not ticked <= known:
        raise ValidationError("A mark is of another version. Reload the page.")
    marks(own, central).delete()
    PriorityMark.objects.bulk_create(
        PriorityMark(outcome_id=outcome, priority_id=priority) for outcome, priority in sorted(ticked)
    )
    publications.grow()
    log(own, "guidance.change_matrix", user=by, data={"model": str(central), "marks": len(ticked)})
