"""One number that grows with every publication, in the same transaction, and what is kept under it.

Whatever is kept under a number is never used again once the number has grown, by any worker on any host.
"""

from django.core.cache import caches
from django.db.models import F

from .. import live
from ..models import Publication, ReviewRhythm

LONGEST_SECONDS = 3600


def number():
    """The present number; 0 before the first publication."""
    return Publication.objects.values_list("number", flat=True).filter(pk=1).first() or 0


def grow(**kwargs):
    """Something that pages show has changed: called by signals, inside the transaction that changes it."""
    if kwargs.get("raw"):
        return
    if not Publication.objects.filter(pk=1).update(number=F("number") + 1):
        Publication.objects.get_or_create(pk=1)
    live.forget()


def surround(page, request):
    """Give a page what stands around its words: shelves above, keepers, last review; kept until the next publication.

    Returns the days after which readers are told that a review is late.
    """
    if getattr(request, "is_preview", False):
        return ReviewRhythm.load().readers_days
    now = getattr(request, "publication", None)
    key = f"around:{number() if now is None else now}:{page.pk}"
    kept = caches["pages"].get(key)
    if kept is None:
        kept = {
            name: getattr(page, name) for name in ("owner_role", "deputy_role", "model", "shelves_above", "last_review")
        }
        kept["readers_days"] = ReviewRhythm.load().readers_days
        caches["pages"].set(key, kept, LONGEST_SECONDS)
        return kept["readers_days"]
    for name in ("owner_role", "deputy_role", "model"):
        setattr(page, name, kept[name])
    page.__dict__ |= {"shelves_above": kept["shelves_above"], "last_review": kept["last_review"]}
    return kept["readers_days"]
