"""Ten thousand reminders that are due at once, and what pages lose meanwhile: make bench-reminders [SIZES="10000"]

Prints seconds of processing, and the list's requests a second alone (the floor) and beside it; two clients ask.
"""

import os
import resource
import subprocess
import sys
import threading
import time
import urllib.request

from tests.served import ROOT, Site

SIZES = [int(size) for size in os.environ.get("SIZES", "10000").split()]
DATABASES = os.environ.get("DATABASES", "postgresql sqlite").split()
DEFAULT_URL = "postgres://postgres@127.0.0.1:5432/postgres"
ALONE_SECONDS, CLIENTS = 6, 2


def ask(address, until):
    """Requests a second of CLIENTS that ask for the list until `until()` says so."""
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
    return sum(counts) / (time.perf_counter() - started)


def measure(database, size):
    os.environ["TEST_ON"] = database
    os.environ.setdefault("TEST_DATABASE_URL", DEFAULT_URL)
    site = Site(f"reminders{size}")
    site.env["WEB_CONCURRENCY"] = "2"
    try:
        site.python("-m", "tests.journeys.silent_group", "fill", str(size))
        site.serve()
        address = f"{site.address}/requests/"
        ask(address, after(2))
        alone = ask(address, after(ALONE_SECONDS))
        before, started = sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2]), time.perf_counter()
        command = [sys.executable, "-m", "tests.journeys.silent_group", "tick"]
        turn = subprocess.Popen(command, cwd=ROOT, env=site.env, stdout=subprocess.PIPE, text=True)
        beside = ask(address, lambda: turn.poll() is not None)
        seconds = time.perf_counter() - started
        spent = sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2]) - before
        print(
            f"{database:10} {size:6} reminders: {spent:.1f} s of processing, {seconds:.1f} s in all "
            f"({turn.stdout.read().strip()} written); the list alone "
            f"{alone:.0f}/s (floor), beside it {beside:.0f}/s: x{beside / alone:.2f}",
            flush=True,
        )
    finally:
        site.close()


def after(seconds):
    end = time.perf_counter() + seconds
    return lambda: time.perf_counter() >= end


if __name__ == "__main__":
    for each in DATABASES:
        for how_many in SIZES:
            measure(each, how_many)
