"""Workers with real processes and a real mail server: killed in the middle of a run of alerts, and several at once."""

import os
import signal
import subprocess
import sys

import pytest

from tests.mail.sink import Sink
from tests.served import ROOT, Site

READERS = 8
STOPS_AT = 4
WAIT_SECONDS = 60


@pytest.fixture
def site():
    made = Site("worker")
    made.env |= {"EMAIL_HOST": "127.0.0.1", "EMAIL_USE_TLS": "off"}
    made.python("-m", "tests.journeys.subscribers", str(READERS))
    try:
        yield made
    finally:
        made.close()


@pytest.fixture
def sink(site, request):
    made = Sink(stops=getattr(request, "param", None))
    site.env["EMAIL_PORT"] = str(made.port)
    yield made
    made.close()


def start(site):
    command = [sys.executable, "manage.py", "worker", "--until-empty"]
    log = (site.folder / "worker.log").open("a")
    return subprocess.Popen(command, cwd=ROOT, env=site.env, stdout=log, stderr=log)


def kill_while_it_stands(site, sink, worker):
    assert sink.standing.wait(WAIT_SECONDS), (site.folder / "worker.log").read_text()
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait(10)


def states(site):
    """Each message of the outbox with how it stands: {state: how many}."""
    return dict(site.rows("SELECT state, count(*) FROM mail_message WHERE kind = 'alert' GROUP BY state"))


def everybody():
    return sorted(f"reader{number}@example.org" for number in range(READERS))


@pytest.mark.parametrize("sink", [("before", STOPS_AT)], indirect=True)
def test_killed_before_a_hand_over_each_is_told_once(site, sink):
    kill_while_it_stands(site, sink, start(site))
    assert len(sink.addresses()) == STOPS_AT - 1
    assert start(site).wait(WAIT_SECONDS) == 0
    assert sink.addresses() == everybody()
    assert states(site) == {"sent": READERS}


@pytest.mark.parametrize("sink", [("after", STOPS_AT)], indirect=True)
def test_killed_after_a_hand_over_each_is_told_once_and_staff_see_the_doubtful_one(site, sink):
    """The server has taken the message, its answer never came: nobody sends it twice unasked."""
    kill_while_it_stands(site, sink, start(site))
    assert len(sink.addresses()) == STOPS_AT
    assert start(site).wait(WAIT_SECONDS) == 0
    assert sink.addresses() == everybody()
    assert states(site) == {"sent": READERS - 1, "unsure": 1}


def test_several_workers_at_once_tell_each_once(site, sink):
    workers = [start(site) for _ in range(3)]
    assert [worker.wait(WAIT_SECONDS) for worker in workers] == [0, 0, 0]
    assert start(site).wait(WAIT_SECONDS) == 0  # whatever one of them put into the queue as the others left
    assert sink.addresses() == everybody()
