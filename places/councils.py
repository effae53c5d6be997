"""Which council a thing belongs to on a day, and what passes to a successor when one ends (rule 11)."""

from django.conf import settings

from .models import Council, Passing


def home():
    """The council whose site this is; None where no Council has its name."""
    return Council.objects.filter(name=settings.COUNCIL_NAME).first()


def ends_before(council, day):
    return bool(council and council.valid_to and council.valid_to < day)


def council_on(day, district=None, council=None):
    """The Council of a thing on `day`: its own or its district's or the site's, or what that has passed to by then.

    One that has ended keeps what has no district: somebody has to decide where it passes (`Contract.passes_to`).
    """
    council = council or (district.council if district else None) or home()
    if ends_before(council, day) and district and district.successor and not ends_before(district.successor, day):
        return district.successor
    return council


def pass_on(what, number, council, to, *, on, reason, by=None, by_words=""):
    """Record that one thing passed from `council` to another; returns the Passing."""
    return Passing.objects.create(
        what=what, number=number, from_council=council, to_council=to, on=on, reason=reason[:500], by=by,
        by_words=by_words,
    )  # fmt: skip


def passings(what, number):
    """[Passing] of one thing, oldest first."""
    return list(Passing.objects.filter(what=what, number=number).select_related("from_council", "to_council", "by"))
