"""Measure pages beside floors in the same run: make bench [SIZES="1000 10000 100000"] [DATABASES="postgresql sqlite"]

Prints a table and writes var/bench.json. Absolute times depend on the machine; ratios to the floors and growth
from size to size do not. Each page is asked for by 4 clients at once from gunicorn with 2 workers. Pages take
turns in several rounds, so that a slow moment of the machine falls on a page and its floor alike.
"""

import http.client
import json
import os
import statistics
import subprocess
import threading
import time
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from tests.benchmarks.stock import Stock
from tests.served import ROOT, Site

SIZES = [int(size) for size in os.environ.get("SIZES", "1000 10000 100000").split()]
DATABASES = os.environ.get("DATABASES", "postgresql sqlite").split()
CLIENTS, ROUNDS, SECONDS = 4, 4, float(os.environ.get("SECONDS_A_PAGE", "4"))
DEFAULT_URL = "postgres://postgres@127.0.0.1:5432/postgres"
RARE = "zebra"  # as tests.benchmarks.fill writes it
FLOOR_OF = {
    "request, kept": "floor: row",
    "request, made anew": "floor: row",
    "guidance page, kept": "floor: bare",
    "guidance page, made anew": "floor: stock Wagtail page",
    "search": "floor: list",
}
ASKS = {"Connection": "keep-alive", "Accept-Encoding": "br"}  # as every browser of today
FROM_STOCK = "floor: stock Wagtail page"  # measured on a project as `wagtail start` makes it


def pages(size):
    """{name: path or list of paths to go through}."""
    days = [date.today() + timedelta(days=20 + n) for n in range(200)]
    return {
        "floor: constant": "/floor/constant/",
        "floor: row": "/floor/row/77/",
        "floor: list": "/floor/list/",
        "home": "/",
        "list": "/requests/",
        "filtered": "/requests/?kind=goods&district=3",
        "filtered, each new": [f"/requests/?kind=goods&needed_by={day}" for day in days],
        "search, common word": "/requests/?q=help",
        "search, rare word": f"/requests/?q={RARE}",
        "nearest": "/requests/?postcode=GU1+1AA&sort=nearest",
        "last page": f"/requests/?page={-(-size // 20)}",
        "middle page": f"/requests/?page={-(-size // 40)}",
        "request, kept": "/requests/77/",
        "request, made anew": "/requests/77/?anew=1",
        "floor: bare": "/floor/bare/",
        "guidance page, kept": "/guidance/advice/",
        # a query is never answered from the kept pages
        "guidance page, made anew": "/guidance/advice/?anew=1",
        "search": "/search/?q=help",
    }


def load(address, paths):
    """Ask for `paths` in turn for a round from CLIENTS at once; returns [(seconds, bytes on the wire)]."""
    parts, taken, lock = urlsplit(address), [], threading.Lock()
    until = time.perf_counter() + SECONDS / ROUNDS

    def client(offset):
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)
        mine, number = [], offset
        while time.perf_counter() < until:
            started = time.perf_counter()
            connection.request("GET", paths[number % len(paths)], headers=ASKS)
            answer = connection.getresponse()
            body = answer.read()
            assert answer.status == 200, (paths[number % len(paths)], answer.status)
            mine.append((time.perf_counter() - started, len(body)))
            number += CLIENTS
        with lock:
            taken.extend(mine)

    threads = [threading.Thread(target=client, args=[n]) for n in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken


def memory_of(pid):
    """Largest resident memory of a worker in MB."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    sizes = [
        int(line.split()[1]) // 1024
        for child in children
        for line in Path(f"/proc/{child}/status").read_text().splitlines()
        if line.startswith("VmRSS")
    ]
    return max(sizes)


def measure(database, size):
    os.environ["TEST_ON"] = database
    os.environ.setdefault("TEST_DATABASE_URL", DEFAULT_URL)
    site, stock = Site(f"bench{size}"), Stock()
    site.env |= {"DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings", "WEB_CONCURRENCY": "2", "LOG_LEVEL": "ERROR"}
    rows = []
    try:
        site.python("-m", "tests.benchmarks.fill", str(size))
        wanted = pages(size)
        firsts = {name: paths if isinstance(paths, str) else paths[0] for name, paths in wanted.items()}
        address = site.serve()
        queries = json.loads(site.python("-m", "tests.benchmarks.count_queries", *firsts.values()))
        turns = {name: (address, [paths] if isinstance(paths, str) else paths) for name, paths in wanted.items()}
        turns[FROM_STOCK] = (stock.serve(), [Stock.alive])
        taken = {name: [] for name in turns}
        for number in range(-1, ROUNDS):
            for name, (server, paths) in turns.items():
                answers = load(server, paths)
                taken[name] += answers if number >= 0 else []  # the first round only warms
        for name, answers in taken.items():
            times = sorted(seconds for seconds, _ in answers)
            rows.append(
                {
                    "database": database,
                    "requests": size,
                    "page": name,
                    "per_second": round(len(times) / SECONDS, 1),
                    "p50_ms": round(statistics.median(times) * 1000, 1),
                    "p95_ms": round(times[int(len(times) * 0.95)] * 1000, 1),
                    "queries": queries[firsts[name]][0] if name in firsts else "",
                    "bytes": queries[firsts[name]][1] if name in firsts else "",
                    "wire": round(statistics.median(size for _, size in answers)),
                }
            )
        memory = memory_of(site.server.pid)
    finally:
        stock.close()
        site.close()
    by_name = {row["page"]: row for row in rows}
    for row in rows:
        floor = by_name[FLOOR_OF.get(row["page"], "floor: list")]
        row["times_floor"] = round(floor["per_second"] / row["per_second"], 2)
        row["worker_mb"] = memory
    return rows


def print_table(rows):
    names = [
        "database",
        "requests",
        "page",
        "per_second",
        "p50_ms",
        "p95_ms",
        "queries",
        "bytes",
        "wire",
        "times_floor",
        "worker_mb",
    ]
    widths = [max(len(name), *(len(str(row[name])) for row in rows)) for name in names]
    print("  ".join(name.ljust(width) for name, width in zip(names, widths, strict=True)))
    for row in rows:
        print("  ".join(str(row[name]).ljust(width) for name, width in zip(names, widths, strict=True)), flush=True)


def main():
    if unknown := set(FLOOR_OF) - set(pages(20)):
        raise SystemExit(f"No such page: {unknown}")
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True)
    found = []
    for database in DATABASES:
        for size in SIZES:
            rows = measure(database, size)
            print_table(rows)
            found += rows
    out = ROOT / "var" / "bench.json"
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps({"commit": commit.stdout.strip(), "rows": found}, indent=1))
    print(f"Written to {out.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
