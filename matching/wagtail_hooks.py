"""The broker's screens, and the log's words."""

from django.urls import path, reverse
from wagtail import hooks

from screens.frames import PermittedItem, log_words

from .permissions import VIEW_PROPOSAL, VIEW_WEIGHTS_CHANGE
from .staff import broker, inviting


@hooks.register("register_admin_urls")
def register_urls():
    return [
        path("broker/", broker.broker, name="broker"),
        path("broker/proposals/<int:pk>/", broker.broker_proposal, name="broker_proposal"),
        path("broker/proposals/<int:pk>/invite/", inviting.broker_invite, name="broker_invite"),
        path("broker/lines/<int:pk>/", broker.broker_line, name="broker_line"),
        path("broker/lines/<int:pk>/invite/", broker.broker_line_invite, name="broker_line_invite"),
        path("broker/lines/<int:pk>/decline/", broker.broker_line_decline, name="broker_line_decline"),
        path("broker/lines/<int:pk>/judge/", broker.broker_line_judge, name="broker_line_judge"),
        path("broker/weights/", broker.matching_weights, name="matching_weights"),
        path("broker/weights/<int:pk>/", broker.weights_trial, name="weights_trial"),
    ]


@hooks.register("register_admin_menu_item")
def register_broker():
    return PermittedItem("Match", reverse("broker"), icon_name="link", order=125, permission=VIEW_PROPOSAL)


@hooks.register("register_admin_menu_item")
def register_weights():
    return PermittedItem(
        "Matching weights",
        reverse("matching_weights"),
        icon_name="sliders",
        order=126,
        permission=VIEW_WEIGHTS_CHANGE,
    )


log_words(
    "matching",
    {
        "invite": "Invited a supplier to pledge",
        "dismiss": "Declined a line of a proposal",
        "change_weights": "Changed how matches are weighed",
    },
)
