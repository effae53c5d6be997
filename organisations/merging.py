"""Two records of one organisation become one: everything goes to the one that is kept, and both histories stay."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from wagtail.log_actions import log

from words.lines import said

from . import sides
from .models import Organisation
from .signals import organisation_changed, organisations_merge


@transaction.atomic
def merge(kept, other, reason, *, by):
    """Move what refers to `other` to `kept`; `other` stays as a closed record that names it.

    ValidationError without a reason, for one's own side, and where something stands against it. Of what each may have
    once (a profile, a membership, a subscription) that of the one that is kept stands.
    """
    if kept.pk == other.pk:
        raise ValidationError("Choose another organisation: this is the same one.", code="same")
    if not said(reason):
        raise ValidationError("Give a reason: it is kept in both histories.", code="reason")
    sides.refuse_own(by, kept, other)
    rows = Organisation.objects.select_for_update(of=("self",)).filter(pk__in=[kept.pk, other.pk]).order_by("pk")
    held = {row.pk: row for row in rows}
    if any(row.merged_into_id for row in held.values()):
        raise ValidationError("One of them was merged already. Reload the page.", code="moved")
    organisations_merge.send(Organisation, kept=kept, other=other)
    for relation in Organisation._meta.related_objects:
        if relation.field.name != "merged_into":
            _move(relation, kept, other)
    words = said(reason)
    log(kept, "organisations.merge", user=by, data={"other": other.pk, "name": other.name, "reason": words})
    Organisation.moves.make(
        held[other.pk],
        "merge",
        by=by,
        log_as="merged",
        data={"kept": kept.pk, "name": kept.name, "reason": words},
        merged_into=kept,
        state_reason=f"Merged into {kept}: {words}",
        decided_at=timezone.now(),
        decided_by=by,
    )
    other.refresh_from_db()
    for number in (kept.pk, other.pk):
        organisation_changed.send(Organisation, number=number)
    return kept


def _move(relation, kept, other):
    """Give the rows of a relation to `kept`; one that it may have once and has already is left behind, or deleted."""
    model, name = relation.related_model, relation.field.name
    rows = model._base_manager.filter(**{name: other})
    if isinstance(relation.field, models.OneToOneField):
        if model._base_manager.filter(**{name: kept}).exists():
            return
        rows.update(**{name: kept})
        return
    for number in rows.values_list("pk", flat=True):
        try:
            with transaction.atomic():
                model._base_manager.filter(pk=number).update(**{name: kept})
        except IntegrityError:
            if relation.on_delete is not models.CASCADE:
                raise
            model._base_manager.filter(pk=number).delete()
