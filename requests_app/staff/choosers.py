"""Choosing a delivery or a request in the staff admin: only what the person may see there."""

from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.snippets.views.chooser import SnippetChooserViewSet

from screens.choosers import limited

from ..models import Delivery, Request
from ..permissions import CHANGE_REQUEST, VIEW_DELIVERY, VIEW_REQUEST


def confirmed_deliveries(user):
    """What a case study may tell of; None for whoever neither sees deliveries nor writes pages."""
    writes = PagePermissionPolicy(Page).user_has_any_permission(user, {"add", "change"})
    if not (writes or user.has_perm(VIEW_DELIVERY)):
        return None
    states = [Delivery.State.CONFIRMED, Delivery.State.VERIFIED]
    confirmed = Delivery.objects.with_pledge().filter(state__in=states, pledge__request__live=True)
    return confirmed.order_by("-delivered_on", "-pk")


def requests_seen_by(user):
    """All requests for moderators, public ones for other staff who see requests; None for everybody else."""
    if user.has_perm(CHANGE_REQUEST):
        return Request.objects.all()
    return Request.objects.filter(live=True) if user.has_perm(VIEW_REQUEST) else None


class _Deliveries(ChooserViewSet):
    model = Delivery
    icon = "check"
    choose_one_text = "Choose a confirmed delivery"
    choose_another_text = "Choose another delivery"


DeliveryChooser = limited(_Deliveries, confirmed_deliveries)
RequestChooser = limited(SnippetChooserViewSet, requests_seen_by)
