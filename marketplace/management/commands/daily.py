from datetime import timedelta

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from requests_app import moderation, pledges


class Command(BaseCommand):
    help = "Once a day: let pledges lapse that nobody answered, pause requests that nobody called still needed."

    def add_arguments(self, parser):
        parser.add_argument("--quiet", action="store_true")

    def handle(self, *args, quiet, **options):
        lapsed = pledges.lapse_overdue()
        paused = moderation.pause_stale(timezone.now() - timedelta(days=settings.REQUEST_STALE_DAYS))
        if not quiet:
            self.stdout.write(f"{lapsed} pledges lapsed, {paused} requests paused.")
