"""The staff side of this room."""

from django.urls import path, reverse_lazy
from wagtail import hooks

from screens.frames import PermittedItem, log_words

from . import staff
from .permissions import CHANGE_REFERRER


@hooks.register("register_admin_urls")
def register_urls():
    return [
        path("offers/", staff.offer_queue, name="offer_queue"),
        path("offers/<int:pk>/decide/", staff.offer_decide, name="offer_decide"),
        path("referrers/", staff.referrers, name="referrers"),
        path("referrers/<int:pk>/end/", staff.referrer_end, name="referrer_end"),
    ]


@hooks.register("register_settings_menu_item")
def register_referrers():
    return PermittedItem("Referrers", reverse_lazy("referrers"), icon_name="group", permission=CHANGE_REFERRER)


log_words(
    "offers",
    {
        "keep_offer": "Changed an offer",
        "submit_offer": "Submitted an offer",
        "take_offer_back": "Took an offer back from moderation",
        "publish_offer": "Made an offer public",
        "return_offer": "Returned an offer",
        "close_offer": "Closed an offer",
        "grant": "Gave some of an offer",
        "decline_ask": "Declined what was asked of an offer",
        "take_back_ask": "Took back what was asked of an offer",
        "lapse_ask": "Let lapse what was asked of an offer",
        "approve_referrer": "Let an organisation put people forward",
        "end_referrer": "Ended putting people forward",
    },
)
