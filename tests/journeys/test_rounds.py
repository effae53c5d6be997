"""Everybody's round is written once: two processes at once, one of them killed in the middle."""

import os
import signal
import subprocess
import sys
import time

import pytest

from tests.served import ROOT, Site

ADDRESSES, EACH = 120, 3
SETUP = "import django; django.setup(); from datetime import timedelta; from django.utils import timezone; "
FILL = SETUP + (
    "from mail.models import Held; now = timezone.now(); "
    "Held.objects.bulk_create("
    "Held(address=f'p{n}@example.org', subject=f'S{n} {k}', text='T', at=now, due_at=now) "
    f"for n in range({ADDRESSES}) for k in range({EACH}))"
)
SEND = SETUP + "from mail import rounds; print(rounds.send_due(timezone.now() + timedelta(hours=1)), flush=True)"
COUNT = """SELECT (SELECT count(*) FROM mail_message WHERE kind = 'round'),
    (SELECT count(DISTINCT address) FROM mail_message WHERE kind = 'round'), (SELECT count(*) FROM mail_held)"""


@pytest.fixture
def site():
    made = Site("rounds")
    made.python("-c", FILL)
    try:
        yield made
    finally:
        made.close()


def test_two_at_once_and_a_kill_write_each_round_once(site):
    def begin():
        return subprocess.Popen([sys.executable, "-c", SEND], cwd=ROOT, env=site.env, stdout=subprocess.PIPE)

    def counted():
        return list(site.rows(COUNT)[0])

    killed = begin()
    while counted()[0] < 5 and killed.poll() is None:
        time.sleep(0.02)
    os.kill(killed.pid, signal.SIGKILL)
    killed.wait()
    written, addresses, held = counted()
    assert 5 <= written == addresses < ADDRESSES and held == EACH * (ADDRESSES - written)
    for worker in [begin(), begin()]:
        worker.wait(timeout=120)
    assert counted() == [ADDRESSES, ADDRESSES, 0]
