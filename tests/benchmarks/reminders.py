"""Ten thousand reminders that are due at once, and what pages lose meanwhile: make bench-reminders [SIZES="10000"]

Prints seconds of processing, and the list's requests a second alone (the floor) and beside it; two clients ask. The
turn is held and let go by slices, so that both are measured in the same minutes: a machine's speed wanders by more
than what is looked for.
"""

import os
import resource
import signal
import subprocess
import sys
import threading
import time
import urllib.request

from tests.served import ROOT, Site

SIZES = [int(size) for size in os.environ.get("SIZES", "10000").split()]
DATABASES = os.environ.get("DATABASES", "postgresql sqlite").split()
DEFAULT_URL = "postgres://postgres@127.0.0.1:5432/postgres"
SLICE_SECONDS, CLIENTS = 4, 2


def ask(address, until):
    """How often CLIENTS were answered who asked for the list until `until()` says so, and in how many seconds."""
    counts = [0] * CLIENTS

    def client(number):
        while not until():
            with urllib.request.urlopen(address) as answer:
                answer.read()
            counts[number] += 1

    started = time.perf_counter()
    threads = [threading.Thread(target=client, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts), time.perf_counter() - started


def in_turns(turn, address):
    """Requests a second while `turn`, a process, is held, and while it runs, slice by slice until it ends."""
    held, beside = [0, 0.0], [0, 0.0]

    def add(to):
        end = time.perf_counter() + SLICE_SECONDS
        answered, seconds = ask(address, lambda: time.perf_counter() >= end or turn.poll() is not None)
        to[0], to[1] = to[0] + answered, to[1] + seconds

    while turn.poll() is None:
        turn.send_signal(signal.SIGSTOP)
        add(held)
        turn.send_signal(signal.SIGCONT)
        add(beside)
    return held, beside


def measure(database, size):
    os.environ["TEST_ON"] = database
    os.environ.setdefault("TEST_DATABASE_URL", DEFAULT_URL)
    site = Site(f"reminders{size}")
    site.env["WEB_CONCURRENCY"] = "2"
    try:
        site.python("-m", "tests.journeys.silent_group", "fill", str(size))
        site.serve()
        address = f"{site.address}/requests/"
        warm = time.perf_counter() + SLICE_SECONDS
        ask(address, lambda: time.perf_counter() >= warm)
        before = sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])
        command = [sys.executable, "-m", "tests.journeys.silent_group", "tick"]
        turn = subprocess.Popen(command, cwd=ROOT, env=site.env, stdout=subprocess.PIPE, text=True)
        held, beside = in_turns(turn, address)
        spent = sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2]) - before
        floor, rate = held[0] / held[1], beside[0] / beside[1]
        print(
            f"{database:10} {size:6} reminders: {spent:.1f} s of processing, {beside[1]:.1f} s in all "
            f"({turn.stdout.read().strip()} written); the list alone "
            f"{floor:.0f}/s (floor), beside it {rate:.0f}/s: x{rate / floor:.2f}",
            flush=True,
        )
    finally:
        site.close()


if __name__ == "__main__":
    for each in DATABASES:
        for how_many in SIZES:
            measure(each, how_many)
