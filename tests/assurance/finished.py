"""A finished sample of one delivery, for tests of who may see it."""

from django.utils import timezone

from assurance.models import Sample


def finished_sample(commitment, delivery, checker):
    """{"sample": its number, "sample item": that of its one delivery}."""
    today = timezone.localdate()
    sample = Sample.objects.create(seed=7, size=1, until=today, as_at=today, population=1, drawn_by=checker)
    item = sample.items.create(
        commitment=commitment, delivery_number=delivery.pk, day=today, confirmed=2, draws=1, found=2,
        words="Secret words", checked_at=timezone.now(), checked_by=checker,
    )  # fmt: skip
    return {"sample": sample.pk, "sample item": item.pk}
