from django.core.management.base import BaseCommand
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from mail import delivery
from mail.postman import Postman
from matching.models import Change
from matching.ranking import changes

from ... import workers
from ...clockwork import Clockwork


class Command(BaseCommand):
    help = (
        "Work through the queue, matching and alerts, keep every clock, and hand over every e-mail. Run one on each "
        "host that should help; any number may run at once. What a killed worker left is taken up again."
    )

    def add_arguments(self, parser):
        parser.add_argument("--until-empty", action="store_true", help="stop when nothing waits")
        parser.add_argument("--interval", type=float, default=0.2, help="seconds between looks at an empty queue")

    def handle(self, *args, until_empty, interval, **options):
        worker_id = get_random_string(32)
        workers.step_back()
        workers.beat(worker_id)
        workers.take_up()
        if Change.objects.exists():
            changes.announce()
        worker = Worker(
            queue_names=["*"],
            interval=interval,
            batch=until_empty,
            backend_name="worker",
            startup_delay=False,
            max_tasks=None,
            worker_id=worker_id,
            excluded_queue_names=[],
        )
        worker.configure_signals()
        heart, post = workers.Heart(worker_id), Postman(worker_id)
        heart.start()
        post.start()
        clock = Clockwork()
        if not until_empty:
            clock.start()
        try:
            worker.run()
        finally:
            if not until_empty:
                clock.stop()
            post.stop()
            if until_empty:
                self.deliver_the_rest(worker_id)
            heart.stop()

    def deliver_the_rest(self, worker_id):
        """What the last tasks wrote; left for the next worker where the mail server can't be reached."""
        sent, reached = 1, True
        while sent and reached:
            sent, reached = delivery.deliver_due(worker_id)
