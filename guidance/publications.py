"""One number that grows with every publication, in the same transaction, and what is kept under it.

Whatever is kept under a number is never used again once the number has grown, by any worker on any host.
"""

from django.core.cache import caches
from django.db.models import F

from . import feeds
from .models import Publication, ReviewRhythm

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
    feeds.forget()


def kept(name, now, work):
    """`work()`, kept under the number `now` by each worker."""
    return caches["pages"].get_or_set(f"{name}:{now}", work, LONGEST_SECONDS)


def surround(page, request):
    """Give a page what stands around its words: shelves above, keepers, last review; kept until the next publication.

    Returns the days after which readers are told that a review is late.
    """
    if getattr(request, "is_preview", False):
        return ReviewRhythm.load().readers_days
    now = getattr(request, "publication", None)
    names = ("owner_role", "deputy_role", "model", "shelves_above", "last_review")
    around, readers_days = kept(
        f"around-{page.pk}",
        number() if now is None else now,
        lambda: ({name: getattr(page, name) for name in names}, ReviewRhythm.load().readers_days),
    )
    for name, value in around.items():
        setattr(page, name, value)
    return readers_days
