"""A real site for tests that need real commits, real threads or a real browser: its own database and processes.

Nothing of pytest-django's database is touched, so that no test has to flush tables whose history may not be
deleted.
"""

import fcntl
import hashlib
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2

ROOT = Path(__file__).resolve().parent.parent


def fingerprint():
    """Of everything that decides what a migrated database holds."""
    found = hashlib.sha256()
    for path in sorted(ROOT.glob("*/migrations/*.py")) + sorted(ROOT.glob("*/data/**/*.csv")):
        found.update(path.read_bytes())
    for path in (ROOT / "requirements.txt", ROOT / "marketplace" / "roles.py"):
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


class Site:
    """A migrated database of its own, optionally with the demo, optionally served by gunicorn."""

    application, alive, working_folder = "marketplace.wsgi", "/health/", ROOT

    def __init__(self, name):
        self.folder = Path(tempfile.mkdtemp(prefix=f"marketplace-{name}-"))
        self.name = f"marketplace_{name}_{os.getpid()}"
        self.server = None
        self.env = {
            **os.environ,
            "VAR_DIR": str(self.folder),
            "DJANGO_SETTINGS_MODULE": "marketplace.settings",
            "SECRET_KEY": "only-for-a-site-under-test-0123456789-0123456789-abcdef",
            "STAFF_TWO_STEP": "0",
            "LOG_LEVEL": "ERROR",
            "SIGNUP_RATE": "1000/h/ip",
            "REDIS_URL": "",
        }
        self.env["DATABASE_URL"] = self._migrated_database()

    def _make_database(self):
        """An empty database; its address, or "" where it is SQLite's file."""
        if os.environ.get("TEST_ON") != "postgresql":
            return ""
        self._sql(f'CREATE DATABASE "{self.name}"')
        return self._address_of(self.name)

    def _address_of(self, name):
        return urlunsplit(urlsplit(os.environ["TEST_DATABASE_URL"])._replace(path=f"/{name}"))

    def _migrated_database(self):
        """A copy of a database that was migrated once for all sites: migrations take longer than most tests."""
        with (Path(tempfile.gettempdir()) / "marketplace-template.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if os.environ.get("TEST_ON") == "postgresql":
                return self._copy_on_postgresql()
            return self._copy_sqlite()

    def _copy_sqlite(self):
        template = Path(tempfile.gettempdir()) / f"marketplace-template-{fingerprint()}"
        if not (template / "done").exists():
            shutil.rmtree(template, ignore_errors=True)
            template.mkdir()
            self._migrate(VAR_DIR=str(template), DATABASE_URL="")
            (template / "done").touch()
        made = next(template.glob("*.sqlite3"))
        with closing(sqlite3.connect(made)) as source, closing(sqlite3.connect(self.folder / made.name)) as copy:
            source.backup(copy)
        return ""

    def _copy_on_postgresql(self):
        template = f"marketplace_template_{fingerprint()}"
        if not self._sql("SELECT 1 FROM pg_database WHERE datname = %s", template):
            self._sql(f'DROP DATABASE IF EXISTS "{template}_unfinished"')
            self._sql(f'CREATE DATABASE "{template}_unfinished"')
            self._migrate(DATABASE_URL=self._address_of(f"{template}_unfinished"))
            self._sql(f'ALTER DATABASE "{template}_unfinished" RENAME TO "{template}"')
        self._sql(f'CREATE DATABASE "{self.name}" TEMPLATE "{template}"')
        return self._address_of(self.name)

    def _migrate(self, **env):
        self.env |= env
        self.manage("migrate", "--verbosity", "0")
        self.env["VAR_DIR"] = str(self.folder)

    def _sql(self, statement, *values):
        connection = psycopg2.connect(os.environ["TEST_DATABASE_URL"])
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement, values or None)
            rows = cursor.fetchall() if cursor.description else []
        connection.close()
        return rows

    def manage(self, *arguments):
        return self.python("manage.py", *arguments)

    def python(self, *arguments):
        done = subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, env=self.env, capture_output=True, text=True, timeout=600
        )
        assert done.returncode == 0, done.stderr[-3000:] + done.stdout[-1000:]
        return done.stdout

    def serve(self):
        """Start gunicorn on a free port of this machine; returns the address."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        self.env["SITE_URL"] = self.address
        self.manage("collectstatic", "--noinput", "--verbosity", "0")
        gunicorn = str(Path(sys.executable).parent / "gunicorn")
        command = [
            gunicorn,
            self.application,
            "--bind",
            f"127.0.0.1:{port}",
            "--threads",
            "8",
            "--no-control-socket",
        ]
        log = (self.folder / "server.log").open("w")
        self.server = subprocess.Popen(command, cwd=self.working_folder, env=self.env, stdout=log, stderr=log)
        for _ in range(120):
            try:
                urllib.request.urlopen(f"{self.address}{self.alive}", timeout=5).read()
                return self.address
            except OSError:
                time.sleep(0.25)
        raise AssertionError((self.folder / "server.log").read_text()[-3000:])

    def close(self):
        if self.server:
            self.server.terminate()
            self.server.wait(20)
        if self.env["DATABASE_URL"]:
            self._sql(f'DROP DATABASE "{self.name}" WITH (FORCE)')
        shutil.rmtree(self.folder, ignore_errors=True)
