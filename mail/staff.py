"""The outbox for staff: what waits, what failed and why, and sending it again. Nobody reads other people's mail here:
a message shows to whom, about what and how it stands, never its text.
"""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.viewsets.model import ModelViewSet

from screens.frames import frame, require
from screens.policies import listing
from words.numbers import numbers

from . import again, checks
from .models import Message
from .permissions import CHANGE_MESSAGE, VIEW_MESSAGE


class Outbox(ModelViewSet):
    """Every message of the last weeks, the newest first."""

    model = Message
    name = "outbox"
    url_prefix = "outbox"
    icon = "mail"
    menu_label = "E-mail"
    menu_order = 145
    add_to_admin_menu = True
    list_display = [
        TitleColumn("subject", url_name="message", label="Subject"),
        Column("address", label="To"),
        Column("state", accessor="get_state_display", sort_key="state"),
        DateColumn("created_at", label="Written", sort_key="created_at"),
        Column("tries", sort_key="tries"),
        Column("error", label="What went wrong"),
    ]
    list_filter = ["state", "kind"]
    list_export = ["subject", "address", "state", "kind", "created_at", "due_at", "settled_at", "tries", "error"]
    search_fields = ["subject", "address", "error"]
    search_backend_name = None
    form_fields = ["subject"]
    copy_view_enabled = False
    ordering = ["-pk"]

    index_view_class = listing(lambda: Message.objects.defer("content"))


def message(request, pk):
    """How one message stands, and sending it again."""
    require(request.user, VIEW_MESSAGE)
    shown = get_object_or_404(Message.objects.defer("content"), pk=pk)
    if request.method == "POST":
        require(request.user, CHANGE_MESSAGE)
        try:
            again.send_again(shown, by=request.user)
        except ValidationError as refused:
            messages.error(request, refused.messages[0])
        else:
            messages.success(request, f"“{shown.subject}” to {shown.address} waits to be sent again.")
        return redirect("message", pk)
    context = {
        "message": shown,
        "may_send": shown.is_stuck and request.user.has_perm(CHANGE_MESSAGE),
        **frame(shown.subject, "mail", (reverse("outbox:index"), "E-mail")),
    }
    return TemplateResponse(request, "mail/admin/message.html", context)


def mail_stuck(request):
    """What somebody has to look at, and sending all of it, or some, again."""
    require(request.user, VIEW_MESSAGE)
    stuck = Message.objects.stuck().defer("content")
    if request.method == "POST":
        require(request.user, CHANGE_MESSAGE)
        chosen = numbers(request.POST.getlist("message"))
        sent = 0
        for row in stuck.filter(pk__in=chosen):
            try:
                again.send_again(row, by=request.user)
            except ValidationError:
                continue  # somebody else has just done so
            sent += 1
        words = "1 message waits" if sent == 1 else f"{sent} messages wait"
        messages.success(request, f"{words} to be sent again.")
        return redirect("mail_stuck")
    context = {
        "stuck": stuck[:200],
        "count": stuck.count(),
        "waiting": Message.objects.filter(state=Message.State.WAITING).count(),
        "may_send": request.user.has_perm(CHANGE_MESSAGE),
        "prints_mail": checks.prints_mail(),
        **frame("E-mail that did not go out", "mail", (reverse("outbox:index"), "E-mail")),
    }
    return TemplateResponse(request, "mail/admin/mail_stuck.html", context)
