"""What follows here when a pledge ends, or a group: places go to others, days are called off."""

from django.dispatch import receiver

from organisations.signals import organisation_closed
from requests_app.signals import request_changed

from . import bookings, volunteer_days


@receiver(request_changed)
def let_places_go(number, **kwargs):
    bookings.of_ended_pledges(number)


@receiver(organisation_closed)
def call_days_off(organisation, by, **kwargs):
    volunteer_days.of_closed_group(organisation, by=by)
