"""A real site for tests that need real commits, real threads or a real browser: its own database and processes.

Nothing of pytest-django's database is touched, so that no test has to flush tables whose history may not be
deleted.
"""

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

import psycopg2

from tests import migrated

ROOT = Path(__file__).resolve().parent.parent


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
            "SECRET_KEY": migrated.SECRET_KEY,
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
        migrated.sql(f'CREATE DATABASE "{self.name}"')
        return migrated.address_of(self.name)

    def _migrated_database(self):
        if os.environ.get("TEST_ON") == "postgresql":
            migrated.copy_postgresql(self.name)
            return migrated.address_of(self.name)
        migrated.copy_sqlite(self.folder / "marketplace.sqlite3")
        return ""

    def manage(self, *arguments):
        return self.python("manage.py", *arguments)

    def python(self, *arguments):
        done = subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, env=self.env, capture_output=True, text=True, timeout=600
        )
        assert done.returncode == 0, done.stderr[-3000:] + done.stdout[-1000:]
        return done.stdout

    def rows(self, statement):
        """What a query gives, asked of the database itself: a process of the site takes seconds to start."""
        if self.env["DATABASE_URL"]:
            connection = psycopg2.connect(self.env["DATABASE_URL"])
        else:
            connection = sqlite3.connect(self.folder / "marketplace.sqlite3", timeout=20)
        with closing(connection), closing(connection.cursor()) as cursor:
            cursor.execute(statement)
            return cursor.fetchall()

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
            migrated.sql(f'DROP DATABASE "{self.name}" WITH (FORCE)')
        shutil.rmtree(self.folder, ignore_errors=True)
