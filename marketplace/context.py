"""What every page needs: names, and whether the visitor is staff. No query for a visitor who is not signed in."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject


def site(request):
    user = getattr(request, "user", None)
    return {
        "site_name": settings.SITE_NAME,
        "council": settings.COUNCIL_NAME,
        "support_email": settings.SUPPORT_EMAIL,
        "is_staff_member": SimpleLazyObject(lambda: bool(user and user.is_authenticated and user.is_council_staff)),
    }
