"""A drawn delivery checked against its evidence: once, by somebody else than who confirmed it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from organisations import sides
from vocabulary.quantities import refuse_parts, rounded
from words.lines import said

from . import evidence
from .models import SampleItem


@transaction.atomic
def check(item, found, words, *, by):
    """Keep what the evidence of a SampleItem shows, 0 to what is confirmed, and what it was checked against.

    It changes no figure: what is wrong is corrected where it is kept. ValidationError without words, for more than is
    confirmed, where it was checked already, for whoever confirmed it and for whoever belongs to the supplier.
    """
    held = SampleItem.objects.select_for_update(of=("self",)).select_related("commitment__contract").get(pk=item.pk)
    if held.is_checked:
        raise ValidationError(f"{held.checked_by} checked this delivery already.", code="moved")
    sides.refuse_own(by, *held.commitment.contract.organisations())
    if by.pk in evidence.of_item(held).confirmed_by:
        raise ValidationError("You confirmed this delivery. Somebody else has to check it.", code="own")
    if not 0 <= found <= held.confirmed:
        words = f"Enter 0 up to what is confirmed, {held.confirmed_words}."
        raise ValidationError({"found": words})
    refuse_parts(found, held.commitment.unit, field="found")
    if not said(words):
        raise ValidationError({"words": "Say what you checked it against, or what is missing."})
    held.found, held.words, held.checked_by, held.checked_at = rounded(found), said(words)[:500], by, timezone.now()
    held.save(update_fields=["found", "words", "checked_by", "checked_at"])
    log(held.sample, "assurance.checked", user=by, data={"item": held.pk, "found": str(held.found)})
    return held
