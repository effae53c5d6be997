"""What the front page tells beside its figures: a true story, what arrived lately, and where help is needed."""

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from places import map as places
from requests_app.models import CaseStudyPage, Delivery, RequestTotals, Thanks

NOTES = 3


def story():
    """The newest case study that quotes a group and tells of a confirmed delivery, or None."""
    rows = CaseStudyPage.objects.live().public().exclude(quotation="").filter(delivery__confirmed__gt=0)
    told = rows.select_related("delivery__pledge__request__organisation", "delivery__pledge__supplier")
    return told.order_by("-first_published_at").first()


def arrived(how_many=NOTES):
    """[Delivery] that groups confirmed lately, of requests that anybody may read, with `words` of the group where it
    gave some.
    """
    rows = Delivery.objects.standing().filter(confirmed__gt=0, pledge__request__live=True)
    found = list(rows.with_pledge().order_by("-delivered_on", "-pk")[:how_many])
    told = CaseStudyPage.objects.live().public().filter(delivery__in=found).exclude(quotation="")
    words = dict(told.values_list("delivery", "quotation"))
    thanks = Thanks.objects.shown().filter(delivery__in=found).exclude(words="")
    words |= dict(thanks.values_list("delivery", "words"))
    for delivery in found:
        delivery.words = words.get(delivery.pk, "")
    return found


def needs():
    """What components/county.html draws of the requests that still look for help, by district; None without maps."""
    rows = RequestTotals.objects.in_need_on(timezone.localdate()).exclude(district=None)
    numbers = dict(rows.values_list("district").annotate(Count("pk")).order_by())
    return places.choropleth("Requests that look for help, by district", numbers, _say, _address)


def _say(shape, number):
    return f"{shape.name}: {number} open request{'' if number == 1 else 's'}"


def _address(shape):
    return f"{reverse('requests')}?district={shape.district}"
