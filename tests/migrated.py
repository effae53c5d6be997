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
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2

ROOT = Path(__file__).resolve().parent.parent
TEMPORARY = Path(tempfile.gettempdir())
SECRET_KEY = "only-for-a-site-under-test-0123456789-0123456789-abcdef"


def fingerprint():
    found = hashlib.sha256()
    for path in sorted(ROOT.glob("*/migrations/*.py")) + sorted(ROOT.glob("*/data/**/*.csv")):
        found.update(path.read_bytes())
    for path in (ROOT / "requirements.txt", ROOT / "marketplace" / "roles.py"):
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


@contextmanager
def one_at_a_time():
    with (TEMPORARY / "marketplace-template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def migrate(**env):
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "marketplace.settings", "SECRET_KEY": SECRET_KEY, **env}
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr[-3000:]


def copy_sqlite(target):
    """Write a migrated SQLite database to the file `target`."""
    folder = TEMPORARY / f"marketplace-template-{fingerprint()}"
    with one_at_a_time():
        if not (folder / "done").exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            migrate(VAR_DIR=str(folder), DATABASE_URL="")
            (folder / "done").touch()
        with (
            closing(sqlite3.connect(folder / "marketplace.sqlite3")) as source,
            closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy)


def copy_postgresql(name):
    """Make the database `name` on the server of TEST_DATABASE_URL, migrated; one of that name goes."""
    template = f"marketplace_template_{fingerprint()}"
    with one_at_a_time():
        if not sql("SELECT 1 FROM pg_database WHERE datname = %s", template):
            sql(f'DROP DATABASE IF EXISTS "{template}_unfinished"')
            sql(f'CREATE DATABASE "{template}_unfinished"')
            migrate(DATABASE_URL=address_of(f"{template}_unfinished"), VAR_DIR=tempfile.mkdtemp())
            sql(f'ALTER DATABASE "{template}_unfinished" RENAME TO "{template}"')
        sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        sql(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def address_of(name):
    return urlunsplit(urlsplit(os.environ["TEST_DATABASE_URL"])._replace(path=f"/{name}"))


def sql(statement, *values):
    with closing(psycopg2.connect(os.environ["TEST_DATABASE_URL"])) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement, values or None)
            return cursor.fetchall() if cursor.description else []
