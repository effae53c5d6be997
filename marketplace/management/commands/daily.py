from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from guidance.governance import roles
from guidance.upkeep import reviews
from mail import delivery
from marketplace import workers
from marketplace.alerts import tasks as alerts
from marketplace.allocation import tasks as allocation
from marketplace.allocation import trade
from marketplace.matching import exposure
from marketplace.matching import tasks as matching
from marketplace.outbox import tell_of_stuck_mail
from marketplace.roles import apply_roles
from organisations import limits, uploads
from requests_app import moderation, pledges
from suppliers.thread import tasks as thread


class Command(BaseCommand):
    help = (
        "Once a day: let pledges lapse that nobody answered, pause requests that nobody called still needed, remind "
        "owners of reviews, raise alarms for vacant roles, tell brokers of requests that no supplier has seen, publish "
        "what was scheduled; and have a worker rank every match anew, send daily and weekly alerts, suggest links of "
        "the golden thread and send its monthly letters."
    )

    def add_arguments(self, parser):
        parser.add_argument("--quiet", action="store_true")

    def handle(self, *args, quiet, **options):
        lapsed = pledges.lapse_overdue()
        paused = moderation.pause_stale(timezone.now() - timedelta(days=settings.REQUEST_STALE_DAYS))
        alarms = roles.raise_alarms()
        told = reviews.remind()
        unseen = exposure.tell_brokers()
        matching.rank_all.enqueue()
        alerts.digests.enqueue()
        if trade.is_due():
            allocation.simulate.enqueue()
        thread.follow.enqueue()
        thread.letters.enqueue()
        workers.prune()
        delivery.prune()
        limits.prune()
        uploads.sweep()
        tell_of_stuck_mail()
        apply_roles()  # a section made since yesterday has its editors
        try:
            call_command("publish_scheduled", verbosity=0)
        except ValidationError as refused:  # a page that broke since it was approved must not stop the day's work
            self.stderr.write(f"A scheduled page could not be published: {'; '.join(refused.messages)}")
        if not quiet:
            self.stdout.write(
                f"{lapsed} pledges lapsed, {paused} requests paused. {told.reminded} reviews reminded of, "
                f"{told.escalated} escalated, {alarms} vacancies told of. "
                f"{unseen} requests told to brokers, as no supplier has seen them."
            )
