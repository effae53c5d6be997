"""A migrated database, made once and copied for whoever needs one: migrations take longer than most tests.

Kept beside other temporary files under a fingerprint of everything that decides what it holds.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2

ROOT = Path(__file__).resolve().parent.parent
TEMPORARY = Path(tempfile.gettempdir())
LONGEST_WAIT = 120  # seconds
SECRET_KEY = "only-for-a-site-under-test-0123456789-0123456789-abcdef"


ALSO_MAKE_IT = (  # beside migrations and their tables
    "requirements.txt", "marketplace/roles.py", "records/append_only.py", "records/new_tables.py",
    "requests_app/index.py", "places/outlines.py", "places/data/districts.geojson",
)  # fmt: skip


@cache
def fingerprint():
    found = hashlib.sha256()
    for path in sorted(ROOT.glob("*/migrations/*.py")) + sorted(ROOT.glob("*/data/**/*.csv")):
        found.update(path.read_bytes())
    for name in ALSO_MAKE_IT:
        found.update((ROOT / name).read_bytes())
    return found.hexdigest()[:16]


class Busy(Exception):
    """Somebody else has held the lock for too long; its text says who, and what to do."""


@contextmanager
def one_at_a_time(name, say=None, most=LONGEST_WAIT):
    """Hold the lock of one migrated database, `name`; other versions and other databases have locks of their own.

    Whoever has to wait is told, through `say`, for what and for whom; after `most` seconds that is Busy.
    """
    path = TEMPORARY / f"{name}.lock"
    with path.open("a+") as lock:
        began, told = time.monotonic(), False
        while not taken(lock):
            holder = path.read_text().strip() or "another run"
            if time.monotonic() - began > most:
                raise Busy(f"{path} has been held by {holder} for {most} s. End that run, or wait for it.")
            if not told and time.monotonic() - began > 1:
                (say or print)(f"Waiting for {holder}, which is migrating the same version; at most {most} s.")
                told = True
            time.sleep(0.1)
        lock.truncate(0)
        lock.write(f"process {os.getpid()} in {ROOT}")
        lock.flush()
        yield


def taken(lock):
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def migrate(**env):
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "marketplace.settings", "SECRET_KEY": SECRET_KEY, **env}
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr[-3000:]


def template(kind):
    return f"marketplace_template_{kind}_{fingerprint()}"


def prepare(say=None):
    """Migrate the database that tests copy, unless it is there already; `say` is told what takes long."""
    if os.environ.get("TEST_ON") == "postgresql":
        with one_at_a_time(template("postgresql"), say):
            prepare_postgresql(say)
    else:
        with one_at_a_time(template("sqlite"), say):
            prepare_sqlite(say)


def prepare_sqlite(say=None):
    folder = TEMPORARY / template("sqlite")
    if not (folder / "done").exists():
        (say or print)("Migrating an SQLite database once, to be copied by every test process")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        migrate(VAR_DIR=str(folder), DATABASE_URL="")
        (folder / "done").touch()
    return folder / "marketplace.sqlite3"


def prepare_postgresql(say=None):
    name = template("postgresql")
    if not sql("SELECT 1 FROM pg_database WHERE datname = %s", name):
        (say or print)("Migrating a PostgreSQL database once, to be copied by every test process")
        sql(f'DROP DATABASE IF EXISTS "{name}_unfinished"')
        sql(f'CREATE DATABASE "{name}_unfinished"')
        migrate(DATABASE_URL=address_of(f"{name}_unfinished"), VAR_DIR=tempfile.mkdtemp())
        sql(f'ALTER DATABASE "{name}_unfinished" RENAME TO "{name}"')
    return name


def copy_sqlite(target):
    """Write a migrated SQLite database to the file `target`."""
    with one_at_a_time(template("sqlite")):
        source_path = prepare_sqlite()
        with closing(sqlite3.connect(source_path)) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)


def copy_postgresql(name):
    """Make the database `name` on the server of TEST_DATABASE_URL, migrated; one of that name goes."""
    with one_at_a_time(template("postgresql")):
        source = prepare_postgresql()
        sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        sql(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')


def address_of(name):
    return urlunsplit(urlsplit(os.environ["TEST_DATABASE_URL"])._replace(path=f"/{name}"))


def sql(statement, *values):
    with closing(psycopg2.connect(os.environ["TEST_DATABASE_URL"])) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement, values or None)
            return cursor.fetchall() if cursor.description else []


if __name__ == "__main__":
    prepare()
