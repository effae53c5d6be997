"""An import is taken back as one step, as long as nothing was built on it; the log says so."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from .models import ImportRun
from .touched import Stands, Touched

BEFORE = "This import is from before imports could be taken back."


@transaction.atomic
def take_back(run, importer, *, by=None):
    """Undo what an import made and changed. ValidationError with a sentence for each reason why it can't be: it was not
    saved, it was taken back already, or something was built on it.
    """
    kept = ImportRun.objects.select_for_update(of=("self",), no_key=True).get(pk=run.pk)
    if not kept.saved_at:
        raise ValidationError("This file was never saved: nothing is to take back.")
    if kept.taken_back_at:
        raise ValidationError("This import was taken back already.")
    touched = Touched.read(kept.touched)
    if touched is None:
        raise ValidationError(BEFORE)
    if not (touched.made or touched.changed):
        raise ValidationError("It changed nothing: there is nothing to take back.")
    try:
        importer.take_back(touched, by)
    except Stands as stands:
        raise ValidationError([*_in_the_way(kept, touched), *stands.reasons]) from stands
    kept.taken_back_at, kept.taken_back_by = timezone.now(), by
    kept.save(update_fields=["taken_back_at", "taken_back_by"])
    log(kept, "importing.take_back", user=by)
    return kept


def _in_the_way(run, touched):
    """[sentence]: the imports saved later that touched some of the same rows, the last first."""
    ours = touched.rows()
    later = ImportRun.objects.defer(None).filter(saved_at__gt=run.saved_at, taken_back_at=None, touched__isnull=False)
    return [
        f"Import {each.pk}, “{each.name}”, was saved later, on {day_of(each.saved_at)}, and touched some of the same "
        "rows: take that back first."
        for each in later.order_by("-saved_at", "-pk")
        if not ours.isdisjoint(Touched.read(each.touched).rows())
    ]


def day_of(moment):
    return f"{timezone.localtime(moment):%-d %B %Y}"
