"""The day's work: each job by itself, so that a fault of one stops no other."""

import logging

from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from golden_thread import tasks as thread
from guidance.governance import vacancies
from guidance.upkeep import reviews
from mail import delivery
from mail.reminders import prune as forget_reminders
from mail.stuck import tell_of_stuck_mail
from matching.alerts import tasks as alerts
from matching.allocation import simulated_years
from matching.allocation import tasks as allocation
from matching.ranking import exposure
from matching.ranking import tasks as matching
from organisations import limits, uploads
from requests_app import clocks
from returns import reminders, schedule

from ... import checks, clockwork, succession, workers
from ...roles import apply_roles

logger = logging.getLogger(__name__)


def keep_the_clocks():
    return ", ".join(f"{count} {what}" for what, count in clocks.tick().items()) + "."


def raise_alarms():
    return f"{vacancies.raise_alarms()} vacancies told of."


def remind_of_reviews():
    told = reviews.remind()
    return f"{told.reminded} reviews reminded of, {told.escalated} escalated."


def ask_for_returns():
    return f"{schedule.open_due()} returns opened, {reminders.run()} reminders of returns."


def tell_brokers():
    return f"{exposure.tell_brokers()} requests told to brokers, as no supplier has seen them."


def rank_matches():
    matching.rank_all.enqueue()


def send_digests():
    alerts.digests.enqueue()


def simulate_a_year():
    if simulated_years.is_due():
        allocation.simulate.enqueue()


def follow_the_golden_thread():
    thread.follow.enqueue()


def write_its_letters():
    thread.letters.enqueue()


def forget_what_is_over():
    workers.prune()
    forget_reminders()
    delivery.prune()
    limits.prune()
    call_command("clearsessions")


def sweep_files():
    uploads.sweep()


def tell_of_stuck_e_mail():
    tell_of_stuck_mail()


def give_new_sections_their_editors():
    apply_roles()


def publish_what_was_scheduled():
    try:
        clockwork.publish_what_was_scheduled()
    except ValidationError as refused:
        raise CommandError(f"A page could not be published: {'; '.join(refused.messages)}") from refused


def pass_to_successors():
    return succession.today()


def check_every_figure():
    compared, found = checks.differences()
    if found:
        words = "; ".join(f"{row['figure']} {row['narrowed_to']}" for row in found[:10])
        raise CommandError(f"{len(found)} of {compared} figures differ when worked out again: {words}")


JOBS = (
    keep_the_clocks, raise_alarms, remind_of_reviews, ask_for_returns, tell_brokers, rank_matches,
    send_digests, simulate_a_year, follow_the_golden_thread, write_its_letters, forget_what_is_over, sweep_files,
    tell_of_stuck_e_mail, pass_to_successors, check_every_figure, give_new_sections_their_editors,
    publish_what_was_scheduled,
)  # fmt: skip


class Command(BaseCommand):
    help = (
        "Once a day: keep every clock (a worker does so every few minutes), remind "
        "owners of reviews, ask suppliers for returns, raise alarms for vacant roles, tell brokers of requests that no "
        "supplier has seen, publish what was scheduled, work out every figure a second way; and have a worker rank "
        "every match anew, send daily and weekly alerts, suggest links of the golden thread and send its monthly "
        "letters."
    )

    def add_arguments(self, parser):
        parser.add_argument("--quiet", action="store_true")

    def handle(self, *args, quiet, **options):
        failed, done = [], []
        for job in JOBS:
            try:
                done.append(job())
            except Exception as error:  # one job's fault is not the others'
                logger.exception("%s failed", job.__name__)
                failed.append(f"{job.__name__.replace('_', ' ')}: {error}")
        if not quiet:
            self.stdout.write(" ".join(words for words in done if words))
        if failed:
            raise CommandError("All else is done, but this failed. " + "; ".join(failed))
