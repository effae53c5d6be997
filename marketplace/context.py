"""What every page needs: names, how it looks, and whether the visitor is staff; a query a minute for all visitors."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from words.numbers import say_working_days

from . import look


def site(request):
    user = getattr(request, "user", None)
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "council": settings.COUNCIL_NAME,
        "look": SimpleLazyObject(lambda: look.shown(getattr(request, "publication", None))),
        "support_email": settings.SUPPORT_EMAIL,
        "moderation_takes": say_working_days(settings.MODERATION_DAYS),
        "answer_takes": say_working_days(settings.PLEDGE_ANSWER_DAYS),
        "is_staff_member": SimpleLazyObject(lambda: bool(user and user.is_authenticated and user.is_council_staff)),
    }
