"""What hosting costs a group, covered by one supplier together with its hands: offered, accepted, arrived.

The amount is kept with the pledge as it was when it was offered; the group says when it has arrived.
"""

from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.log_actions import log

from records.transactions import atomic_once_more

from . import emails, locks
from .models import Pledge


def amount_for(request, covers):
    """The pounds that a new pledge covers, None where it covers none; ValidationError where there is none to cover."""
    if not covers:
        return None
    if not request.hosting_cost:
        raise ValidationError("This request says no cost of hosting.", code="hosting")
    if request.hosting_is_covered:
        raise ValidationError({"covers_hosting": "Another supplier covers this already. Send it without."})
    return request.hosting_cost


def let_go_if_covered(pledge):
    """Before a pledge is accepted: its hands are welcome, the cost is not paid twice. Returns whether it was let go."""
    if not pledge.covers_hosting or not pledge.request.hosting_is_covered:
        return False
    pledge.hosting_amount = None
    pledge.save(update_fields=["hosting_amount"])
    log(pledge, "requests_app.hosting_covered")
    return True


@atomic_once_more
def received(pledge, *, by):
    """The group says that the money has arrived. ValidationError where none was promised, or it has said so."""
    locks.pledge_and_all(pledge.pk)
    held = (
        Pledge.objects.accepted().filter(pk=pledge.pk, hosting_amount__isnull=False, hosting_received_at=None).first()
    )
    if held is None:
        raise ValidationError("It was said already, or no money was promised.", code="moved")
    held.hosting_received_at, held.hosting_received_by = timezone.now(), by
    held.save(update_fields=["hosting_received_at", "hosting_received_by"])
    log(held, "requests_app.hosting_received", user=by)
    emails.hosting_received(held)
