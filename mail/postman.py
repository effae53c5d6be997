"""The thread of a worker that delivers: a code for signing in doesn't wait until a long task has ended."""

import logging
import threading

from django.db import DatabaseError, connection

from . import delivery

LOOK_SECONDS = 1
LONGEST_PAUSE_SECONDS = 60

logger = logging.getLogger(__name__)


class Postman(threading.Thread):
    """Delivers what is due until it is stopped; while the mail server can't be reached it asks more and more seldom."""

    def __init__(self, worker_id):
        super().__init__(daemon=True)
        self.worker_id = worker_id
        self.stopped = threading.Event()

    def run(self):
        pause = LOOK_SECONDS
        while not self.stopped.is_set():
            try:
                _, reached = delivery.deliver_due(self.worker_id, stopped=self.stopped.is_set)
                pause = LOOK_SECONDS if reached else min(LONGEST_PAUSE_SECONDS, pause * 2)
            except (DatabaseError, delivery.LostIt):  # what it had is taken up after a while
                logger.exception("A round of e-mail was broken off")
                pause = min(LONGEST_PAUSE_SECONDS, pause * 2)
            except Exception:  # a thread that dies in silence is the worst of faults
                logger.exception("A round of e-mail failed")
                pause = LONGEST_PAUSE_SECONDS
            connection.close_if_unusable_or_obsolete()
            self.stopped.wait(pause)
        connection.close()

    def stop(self):
        """No new message; the one in hand is finished first."""
        self.stopped.set()
        self.join()
