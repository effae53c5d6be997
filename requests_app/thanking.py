"""Thanks of a group for what arrived: a line and a photograph, shown to everybody only with its consent."""

from django.core.exceptions import ValidationError
from django.utils import timezone

from organisations import uploads
from records.transactions import atomic_once_more
from words import contacts
from words.lines import one_line

from .models import Thanks

MOST = 300


def check(words, photo, may_be_shown):
    """(words, what `uploads.check` returned or None) of what was given; ValidationError says what to change."""
    words = one_line(words)
    if len(words) > MOST:
        raise ValidationError({"thanks": f"{MOST} characters are enough: this has {len(words)}."})
    if may_be_shown and (found := contacts.found_in(words)):
        raise ValidationError({"thanks": f"Take this out, as everybody can read it: {'; '.join(found)}."})
    try:
        return words, uploads.check(photo, pictures_only=True) if photo else None
    except ValidationError as refused:
        raise ValidationError({"photo": refused.messages}) from refused


@atomic_once_more
def say(delivery, words, checked, may_be_shown, *, by, name="photo.jpg"):
    """Keep what `check` let pass; nothing is kept where nothing was said. The first thanks stand."""
    if not words and checked is None:
        return None
    group = delivery.pledge.request.organisation
    photo = uploads.keep(checked, name, group, by) if checked else None
    given = {"words": words, "photo": photo, "may_be_shown": may_be_shown, "by": by, "at": timezone.now()}
    return Thanks.objects.get_or_create(delivery=delivery, defaults=given)[0]


def take_back_consent(thanks):
    """The group no longer wants it shown; its supplier keeps it."""
    Thanks.objects.filter(pk=thanks.pk).update(may_be_shown=False)
