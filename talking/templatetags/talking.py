"""What was said, on the pages of requests and pledges."""

from datetime import timedelta

from django import template
from django.utils import timezone

from organisations.models import Organisation

from .. import conversation, volunteer_days
from ..models import Meeting, Question, VolunteerDay

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


@register.inclusion_tag("talking/_volunteer_days.html", takes_context=True)
def volunteer_days_about(context, shown):
    """The volunteer days of a public request to come, with the places left; the way to more for who takes part."""
    user, own = context["request"].user, context.get("own")
    days = VolunteerDay.objects.to_come(timezone.now()).filter(request=shown).with_free()
    helps = bool(user.is_authenticated and not own and volunteer_days.acts_for(user, shown))
    return {"shown": shown, "days": list(days), "own": own, "helps": helps}


@register.simple_tag
def places_of(task, acting):
    """{free, all, kept, mine} of a task whose places and bookings were read; kept are free ones for newcomers.

    `mine` says whether the organisation that one acts for has places there, or waits for some.
    """
    places = list(task.places.all())
    free = [place for place in places if place.booking_id is None]
    mine = any(booking.pledge.supplier_id == acting.pk for booking in task.bookings.all()) if acting else False
    return {"free": len(free), "all": len(places), "kept": sum(place.for_newcomers for place in free), "mine": mine}
