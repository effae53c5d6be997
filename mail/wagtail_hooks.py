"""Staff screens of the outbox."""

from django.urls import path
from wagtail import hooks
from wagtail.permissions import register_permission_policy

from screens.frames import log_words
from screens.policies import ViewOnly

from . import staff
from .models import Message

register_permission_policy(Message, ViewOnly(Message))


@hooks.register("register_admin_viewset")
def register_outbox():
    return staff.Outbox()


@hooks.register("register_admin_urls")
def register_urls():
    return [
        path("outbox/stuck/", staff.mail_stuck, name="mail_stuck"),
        path("outbox/<int:pk>/", staff.message, name="message"),
    ]


log_words("mail", {"again": "Sent an e-mail again"})
