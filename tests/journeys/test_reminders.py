"""Nobody is reminded twice and nobody is forgotten: two processes at once, one of them killed in the middle."""

import os
import signal
import subprocess
import sys
import time

import pytest

from tests.served import ROOT, Site

PLEDGES = 120


@pytest.fixture
def site():
    made = Site("reminders")
    made.python("-m", "tests.journeys.silent_group", "fill", str(PLEDGES))
    try:
        yield made
    finally:
        made.close()


def turn(site):
    command = [sys.executable, "-m", "tests.journeys.silent_group", "tick"]
    return subprocess.Popen(command, cwd=ROOT, env=site.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def told(site):
    """[how many e-mails, how many reminders, of how many pledges each] as the database has them."""
    mails = "SELECT count(*), count(DISTINCT subject) FROM mail_message WHERE kind = 'pledge_waits'"
    (written, subjects), (reminders,) = site.rows(mails)[0], site.rows("SELECT count(*) FROM mail_reminder")[0]
    return [written, reminders, subjects]


def test_two_at_once_and_a_kill_tell_each_once(site):
    first = turn(site)
    while not told(site)[0] and first.poll() is None:
        time.sleep(0.02)
    os.kill(first.pid, signal.SIGKILL)
    first.wait(10)
    mails, reminders, _ = told(site)
    assert 0 < mails == reminders < PLEDGES  # a kill in the middle, which leaves both or neither
    both = [turn(site), turn(site)]
    said = [process.communicate(timeout=120) for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert sum(int(out) for out, _ in said) == PLEDGES - reminders
    assert told(site) == [PLEDGES, PLEDGES, PLEDGES]
