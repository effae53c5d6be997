"""Workers with real processes: killed in the middle of a run of alerts, and several at once."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from tests.served import ROOT, Site

READERS = 8
STOPS_AT = 4
WAIT_SECONDS = 60


@pytest.fixture
def site():
    made = Site("worker")
    made.env |= {
        "DJANGO_SETTINGS_MODULE": "tests.journeys.settings",
        "MAIL_FILE": str(made.folder / "mail.jsonl"),
    }
    made.python("-m", "tests.journeys.subscribers", str(READERS))
    try:
        yield made
    finally:
        made.close()


def start(site, **env):
    command = [sys.executable, "manage.py", "worker", "--until-empty"]
    log = (site.folder / "worker.log").open("a")
    return subprocess.Popen(command, cwd=ROOT, env=site.env | env, stdout=log, stderr=log)


def kill_while_it_stands(site, worker):
    standing = site.folder / "mail.standing"
    until = time.monotonic() + WAIT_SECONDS
    while not standing.exists():
        assert worker.poll() is None, (site.folder / "worker.log").read_text()
        assert time.monotonic() < until, (site.folder / "worker.log").read_text()
        time.sleep(0.05)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait(10)


def sent(site):
    return [json.loads(line) for line in (site.folder / "mail.jsonl").read_text().splitlines()]


def everybody():
    return sorted(f"reader{number}@example.org" for number in range(READERS))


def test_killed_in_the_middle_each_alert_is_sent_once(site):
    killed = start(site, MAIL_STOPS="before", MAIL_STOPS_AT=str(STOPS_AT))
    kill_while_it_stands(site, killed)
    assert len(sent(site)) == STOPS_AT - 1
    assert start(site).wait(WAIT_SECONDS) == 0
    assert sorted(mail["to"] for mail in sent(site)) == everybody()


def test_killed_between_the_hand_over_and_the_commit_the_mail_server_can_tell(site):
    """Nobody can both hand a message over and note it in one step: the second copy carries the first one's number."""
    killed = start(site, MAIL_STOPS="after", MAIL_STOPS_AT=str(STOPS_AT))
    kill_while_it_stands(site, killed)
    assert start(site).wait(WAIT_SECONDS) == 0
    assert sorted({mail["to"] for mail in sent(site)}) == everybody()
    assert len({mail["id"] for mail in sent(site)}) == READERS
    assert len(sent(site)) == READERS + 1


def test_several_workers_at_once_send_each_alert_once(site):
    workers = [start(site) for _ in range(2)]
    assert [worker.wait(WAIT_SECONDS) for worker in workers] == [0, 0]
    assert start(site).wait(WAIT_SECONDS) == 0  # whatever one of them put into the queue as the others left
    assert sorted(mail["to"] for mail in sent(site)) == everybody()
