"""What was said, on the pages of requests and pledges."""

from datetime import timedelta

from django import template
from django.utils import timezone

from organisations.models import Organisation

from .. import conversation
from ..models import Meeting, Question

register = template.Library()


@register.inclusion_tag("talking/_questions.html", takes_context=True)
def questions_about(context, shown):
    """The public questions about a request with their answers; those of one's own that are not public yet."""
    request = context["request"]
    rows = Question.objects.filter(request=shown).select_related("organisation")
    public, mine = rows.public(), rows.none()
    if request.user.is_authenticated:
        ids = Organisation.objects.of(request.user).values("pk")
        own = rows if context.get("own") else rows.filter(organisation__in=ids)
        mine = own.exclude(state=Question.State.PUBLIC)
    return {"shown": shown, "public": public, "mine": mine, "may_ask": not context.get("own"), "request": request}


@register.inclusion_tag("talking/_messages.html", takes_context=True)
def conversation_of(context, pledge):
    """What the two sides of a pledge wrote, and the way to write more."""
    request = context["request"]
    written = pledge.messages.select_related("by")
    return {"pledge": pledge, "written": written, "may_write": conversation.side_of(request.user, pledge)}


@register.inclusion_tag("talking/_days.html", takes_context=True)
def days_of(context, pledge):
    """What days the two sides of a pledge agreed or proposed, to come; nothing for anybody else."""
    side = conversation.side_of(context["request"].user, pledge) if pledge.contacts_open else ""
    rows = Meeting.objects.of_pledge(pledge)
    coming = rows.to_answer() | rows.to_come(timezone.now() - timedelta(hours=12))
    return {"pledge": pledge, "side": side, "meetings": coming.order_by("starts_at", "pk") if side else []}
