"""What a group gives back is there for the next who asked: their supplier is told, once for each that came back."""

from django.dispatch import receiver
from django.utils import timezone

from requests_app.models import Pledge
from requests_app.signals import request_changed

from . import emails
from .models import Ask

OVER = (Pledge.State.WITHDRAWN, Pledge.State.COMPLETED)


@receiver(request_changed)
def offer_what_came_back(number, **kwargs):
    """A pledge under an offer ended, with less or nothing given: whoever waits is named to the supplier."""
    over = Ask.objects.filter(request=number, given_back_at=None, pledge__state__in=OVER)
    if not over.exists():
        return
    ended = over.with_all().get()
    if not over.update(given_back_at=timezone.now()) or ended.pledge.request.totals.accepted >= ended.quantity:
        return
    waiting = Ask.objects.to_answer().filter(offer=ended.offer_id).with_all()
    if waiting.exists():
        emails.came_back(ended, list(waiting))
