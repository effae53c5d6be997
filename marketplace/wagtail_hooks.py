"""What the site as a whole asks of Wagtail: which page was served, the broker's screens, and the log's words."""

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.urls import path, reverse
from wagtail import hooks
from wagtail.permissions import register_permission_policy

from guidance.components.policies import ViewOnly
from guidance.components.screens import PermittedItem
from mail.models import Message

from .staff import broker, outbox


@hooks.register("before_serve_page")
def remember_page(page, request, serve_args, serve_kwargs):
    request.served_page_id = page.pk


@hooks.register("register_admin_urls")
def register_urls():
    return [
        path("broker/", broker.broker, name="broker"),
        path("broker/proposals/<int:pk>/", broker.broker_proposal, name="broker_proposal"),
        path("broker/lines/<int:pk>/", broker.broker_line, name="broker_line"),
        path("broker/weights/", broker.matching_weights, name="matching_weights"),
        path("broker/weights/<int:pk>/", broker.weights_trial, name="weights_trial"),
        path("outbox/stuck/", outbox.mail_stuck, name="mail_stuck"),
        path("outbox/<int:pk>/", outbox.message, name="message"),
    ]


@hooks.register("register_admin_menu_item")
def register_broker():
    return PermittedItem(
        "Match", reverse("broker"), icon_name="link", order=125, permission="marketplace.view_proposal"
    )


@hooks.register("register_admin_menu_item")
def register_weights():
    return PermittedItem(
        "Matching weights",
        reverse("matching_weights"),
        icon_name="sliders",
        order=126,
        permission="marketplace.view_weightschange",
    )


@hooks.register("after_delete_user")
def say_what_became_of_them(request, user):
    if get_user_model().objects.filter(pk=user.pk).exists():
        messages.info(
            request,
            "What this person did stays on record, as done by a former member. Name, address and rights are gone, and "
            "nobody can sign in as them any more.",
        )


register_permission_policy(Message, ViewOnly(Message))


@hooks.register("register_admin_viewset")
def register_outbox():
    return outbox.Outbox()


@hooks.register("register_log_actions")
def register_log_actions(actions):
    for action, label in {
        "invite": "Invited a supplier to pledge",
        "dismiss": "Declined a line of a proposal",
        "change_weights": "Changed how matches are weighed",
    }.items():
        actions.register_action(f"marketplace.{action}", label, label)
    actions.register_action("mail.again", "Sent an e-mail again", "Sent an e-mail again")
