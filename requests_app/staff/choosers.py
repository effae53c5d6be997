"""Choosing a delivery for a case study: those that a group confirmed, newest first, a page at a time."""

from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet

from ..models import Delivery


class Confirmed:
    def get_object_list(self):
        states = [Delivery.State.CONFIRMED, Delivery.State.VERIFIED]
        return (
            Delivery.objects.with_pledge()
            .filter(state__in=states, pledge__request__live=True)
            .order_by("-delivered_on", "-pk")
        )


class ConfirmedChooseView(Confirmed, ChooseView):
    pass


class ConfirmedChooseResultsView(Confirmed, ChooseResultsView):
    pass


class DeliveryChooser(ChooserViewSet):
    model = Delivery
    icon = "check"
    choose_one_text = "Choose a confirmed delivery"
    choose_another_text = "Choose another delivery"
    choose_view_class = ConfirmedChooseView
    choose_results_view_class = ConfirmedChooseResultsView
