"""Run as a program: one step of tests.benchmarks.thread; its last line is JSON with seconds and MB."""

import json
import resource
import sys
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from time import perf_counter

import django

django.setup()

from django.core.cache import cache  # noqa: E402 - after setup
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from golden_thread import figures, mending, metrics, records, rules  # noqa: E402
from golden_thread.models import ContractRecord, ProjectRecord  # noqa: E402
from importing import sheets  # noqa: E402
from organisations.models import User  # noqa: E402

DAY = date(2025, 12, 31)


def read_cells(folder, ending):
    return {"cells": sum(len(values) for _, values in sheets.read(folder / f"projects.{ending}")[0].rows)}


def insert_rows(folder, ending):
    """Rows as wide as a contract's, by the driver's executemany, in one transaction, left out again."""
    rows = [values for _, values in sheets.read(folder / "contracts.csv")[0].rows]
    with transaction.atomic(), connection.cursor() as cursor:
        columns = ", ".join(f"c{n} text" for n in range(len(rows[0])))
        cursor.execute(f"CREATE TEMPORARY TABLE floor (id integer PRIMARY KEY, {columns})")
        marks = ", ".join(["%s"] * (len(rows[0]) + 1))
        cursor.executemany(f"INSERT INTO floor VALUES ({marks})", [(n, *row) for n, row in enumerate(rows)])
        transaction.set_rollback(True)
    return {}


def bring_in(command, name):
    def step(folder, ending):
        # as at another day for the second format, so that it is kept as well
        day = DAY if ending == "csv" else DAY + timedelta(days=31)
        out = StringIO()
        call_command(command, str(folder / f"{name}.{ending}"), "--as-at", day.isoformat(), "--json", stdout=out)
        found = json.loads(out.getvalue())
        assert found["saved"]
        return {"created": found["created"], "unchanged": found["unchanged"]}

    return step


def read_rows(folder, ending):
    """Ids alone, of both extracts, by the driver."""
    with connection.cursor() as cursor:
        counts = []
        for model in (ProjectRecord, ContractRecord):
            cursor.execute(f"SELECT id FROM {model._meta.db_table}")
            counts.append(len(cursor.fetchall()))
    return {"read": counts}


def three_metrics(folder, ending):
    found = metrics.measure(DAY).metrics
    return {name: metric.percent for name, metric in found.items()}


def page(name, as_staff=False):
    def step(folder, ending):
        cache.clear()
        client = Client()
        if as_staff:
            client.force_login(User.objects.get(is_superuser=True))
        answer = client.get(reverse(name), headers={"host": "127.0.0.1"})
        assert answer.status_code == 200, answer.status_code
        return {"bytes": len(answer.content)}

    return step


def suggested(folder, ending):
    found = mending.suggest(records.load(figures.newest_day(), rules.current()))
    return {"suggested": len(found), "sure": sum(one.confidence >= 0.9 for one in found)}


STEPS = {
    "floor: reading cells": read_cells,
    "floor: inserting rows": insert_rows,
    "importing projects": bring_in("import_projects", "projects"),
    "importing contracts": bring_in("import_contracts", "contracts"),
    "importing contracts again": bring_in("import_contracts", "contracts"),
    "floor: reading rows": read_rows,
    "the three metrics": three_metrics,
    "the public page, made anew": page("golden_thread"),
    "the staff page, made anew": page("thread_screen", as_staff=True),
    "suggested links": suggested,
}


def main():
    step, folder, ending = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    User.objects.get_or_create(email="bench@example.org", defaults={"is_superuser": True, "is_staff": True})
    started = perf_counter()
    found = STEPS[step](folder, ending)
    seconds = perf_counter() - started
    mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"seconds": round(seconds, 3), "mb": mb, **found}))


main()
