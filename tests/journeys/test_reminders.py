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
    code = (
        "import django; django.setup(); from mail.models import Message, Reminder; "
        "mails = Message.objects.filter(kind='pledge_waits'); "
        "print(mails.count(), Reminder.objects.count(), mails.values('subject').distinct().count())"
    )
    return [int(number) for number in site.python("-c", code).split()]


def test_two_at_once_and_a_kill_tell_each_once(site):
    first = turn(site)
    for _ in range(600):
        if told_any := told(site)[0]:
            break
        time.sleep(0.05)
    os.kill(first.pid, signal.SIGKILL)
    first.wait(10)
    mails, reminders, _ = told(site)
    assert told_any and mails == reminders  # a kill leaves both or neither
    both = [turn(site), turn(site)]
    said = [process.communicate(timeout=120) for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert sum(int(out) for out, _ in said) == PLEDGES - reminders
    assert told(site) == [PLEDGES, PLEDGES, PLEDGES]
