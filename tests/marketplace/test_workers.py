"""What the day's run and workers do for matching: nothing goes unseen, nothing of a dead worker is lost."""

import os
import socket
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from marketplace import workers
from marketplace.models import WorkerBeat
from matching.models import RequestSeen
from matching.ranking import exposure
from requests_app.models import RequestTotals
from tests.conftest import make_request

pytestmark = pytest.mark.django_db
NO_PROCESS = 2**22 + 1  # above the largest that Linux gives


@pytest.fixture
def broker(people):
    people["cara"].groups.add(Group.objects.get(name="Brokers"))
    return people["cara"]


def published(request, days_ago):
    RequestTotals.objects.filter(request=request).update(published_at=timezone.now() - timedelta(days=days_ago))


def test_a_request_that_nobody_was_shown_is_told_to_brokers_and_then_counts_as_seen(
    group, broker, settings, django_capture_on_commit_callbacks
):
    old, young = make_request(group, title="Old and unseen"), make_request(group, title="Young")
    published(old, settings.MATCHING_UNSEEN_DAYS + 1)
    published(young, settings.MATCHING_UNSEEN_DAYS - 1)
    for expected in (1, 1):  # the second day brings no second e-mail
        with django_capture_on_commit_callbacks(execute=True):
            call_command("daily", quiet=True)
        told = [message for message in mail.outbox if "no supplier has been shown" in message.subject]
        assert len(told) == expected
    assert told[0].to == [broker.email]
    assert "Old and unseen" in told[0].body
    assert "Young" not in told[0].body
    assert RequestSeen.objects.get().request_id == old.pk


def test_without_a_broker_nothing_is_marked_as_seen(group, settings):
    published(make_request(group), settings.MATCHING_UNSEEN_DAYS + 1)
    assert exposure.tell_brokers() == 0
    assert exposure.overdue().count() == 1


def a_task(worker_id, status="RUNNING", tries=1, **fields):
    now = timezone.now()
    return DBTaskResult.objects.create(
        task_path="matching.alerts.tasks.send",
        args_kwargs={"args": [], "kwargs": {}},
        backend_name="worker",
        queue_name="default",
        status=status,
        worker_ids=[worker_id] * tries,
        **{"run_after": now, "started_at": now} | fields,
    )


def beats(worker_id, host="elsewhere", seconds_ago=0, process=1):
    beat_at = timezone.now() - timedelta(seconds=seconds_ago)
    WorkerBeat.objects.create(worker_id=worker_id, host=host, process=process, beat_at=beat_at)


@pytest.mark.parametrize(
    ("host", "seconds_ago", "process", "status"),
    [
        ("elsewhere", 1, 1, "RUNNING"),
        ("elsewhere", workers.DEAD_SECONDS + 1, 1, "READY"),
        ("here", 1, "this process", "RUNNING"),
        ("here", 1, NO_PROCESS, "READY"),
        # its process number belongs to somebody else by now
        ("here", workers.DEAD_SECONDS + 1, "this process", "READY"),
    ],
)
def test_a_dead_workers_task_waits_again_and_a_living_ones_stays(host, seconds_ago, process, status):
    host = socket.gethostname() if host == "here" else host
    beats("one", host, seconds_ago, os.getpid() if process == "this process" else process)
    task = a_task("one")
    workers.take_up()
    task.refresh_from_db()
    assert task.status == status


def test_a_worker_that_has_just_begun_is_not_taken_for_dead():
    fresh = a_task("unknown")
    stale = a_task("unknown", started_at=timezone.now() - timedelta(seconds=workers.DEAD_SECONDS + 1))
    assert workers.take_up() == 1
    fresh.refresh_from_db()
    stale.refresh_from_db()
    assert (fresh.status, stale.status) == ("RUNNING", "READY")


def test_a_task_that_kills_its_workers_is_given_up():
    beats("one", socket.gethostname(), 1, NO_PROCESS)
    task = a_task("one", tries=workers.TRIES)
    assert workers.take_up() == 0
    task.refresh_from_db()
    assert task.status == "FAILED"


def test_old_results_are_forgotten_and_young_ones_kept():
    ended = timezone.now() - timedelta(days=workers.KEPT_DAYS + 1)
    a_task("one", "SUCCESSFUL", finished_at=ended)
    kept = [a_task("one", "SUCCESSFUL", finished_at=timezone.now()), a_task("one", "READY")]
    workers.prune()
    assert set(DBTaskResult.objects.all()) == set(kept)
