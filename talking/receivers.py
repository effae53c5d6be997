"""What follows here when a pledge ends: its places on volunteer days go to others."""

from django.dispatch import receiver

from requests_app.signals import request_changed

from . import bookings


@receiver(request_changed)
def let_places_go(number, **kwargs):
    bookings.of_ended_pledges(number)
