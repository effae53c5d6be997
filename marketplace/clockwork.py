"""What must be on time: jobs that a worker does every few minutes, each by one worker at a time.

Every job may be done twice and at any moment: it looks for what is due and moves it by a verb, or writes a reminder
that is written once. A worker that is killed in the middle leaves the rest to the next turn. `daily` keeps the clocks
once more.
"""

import logging
import threading
from datetime import timedelta

from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from mail import rounds
from offers import clocks as clocks_of_offers
from organisations import vouching
from reports import honesty, success
from requests_app import clocks
from suppliers import clocks as clocks_of_plans
from talking import bookings, meetings, volunteer_days
from talking import clocks as clocks_of_talk

from .models import Turn

LOOK_SECONDS = 20

logger = logging.getLogger(__name__)


def publish_what_was_scheduled():
    """Pages that are due go live or come down; ValidationError for one that can't."""
    call_command("publish_scheduled", verbosity=0)


def keep_the_clocks():
    clocks.tick()
    clocks_of_offers.tick()
    vouching.remind()
    meetings.remind()
    bookings.tick()
    clocks_of_talk.remind()
    clocks_of_plans.remind()
    volunteer_days.remind()
    rounds.send_due()


def reckon_waits():
    """What requests are told of how long others waited, and the page about it: no reader waits for that."""
    honesty.refresh()
    success.refresh()


JOBS = {keep_the_clocks: 300, publish_what_was_scheduled: 300, reckon_waits: 3600}  # seconds from turn to turn


def take(job, seconds, now=None):
    """Whether it is this worker's turn: nobody began the job within so many seconds. One of several gets it."""
    now = now or timezone.now()
    free = Turn.objects.filter(job=job, begun_at__lte=now - timedelta(seconds=seconds))
    if free.update(begun_at=now):
        return True
    if Turn.objects.filter(job=job).exists():
        return False
    try:
        with transaction.atomic():
            Turn.objects.create(job=job, begun_at=now)
    except IntegrityError:  # another worker began it in this moment
        return False
    return True


def run_due(now=None):
    """Do each job whose turn it is; what fails is logged, and holds up no other."""
    done = []
    for job, seconds in JOBS.items():
        if take(job.__name__, seconds, now):
            try:
                job()
            except Exception:
                logger.exception("%s failed", job.__name__)
            done.append(job.__name__)
    return done


class Clockwork(threading.Thread):
    """Runs in every worker until it is stopped."""

    def __init__(self):
        super().__init__(daemon=True)
        self.stopped = threading.Event()

    def run(self):
        while not self.stopped.is_set():
            try:
                run_due()
            except Exception:  # a thread that dies in silence is the worst of faults
                logger.exception("A turn of the clockwork failed")
            connection.close_if_unusable_or_obsolete()
            self.stopped.wait(LOOK_SECONDS)
        connection.close()

    def stop(self):
        """No new job; the one in hand is finished first."""
        self.stopped.set()
        self.join()
