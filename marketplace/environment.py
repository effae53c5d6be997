"""Settings read from the environment by environs: each is checked, and what is wrong is said by name with an example.

An empty variable is an unset one. Everything that is wrong is said at once, not the first of it alone.
"""

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError, ValidationError, validate

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
RATE = re.compile(r"[1-9]\d*/\d*[smhd]/(ip|key|user)")
HOST = re.compile(r"\*|\[[0-9a-fA-F:]+\]|\.?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")
WHAT = re.compile(r"^Environment variable \"\w+\" invalid: (?:\[')?(.*?)(?:'\])?$")
SECRET = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "EMAIL_HOST_PASSWORD")
DATABASES = ("postgres", "postgresql", "sqlite")


class Environment:
    """Reads one variable after another; `seal` stops the site where any of them was wrong."""

    def __init__(self):
        self.reader = Env(eager=True)
        self.wrong = []

    def read(self, kind, name, default, example, **options):
        """A variable as `kind` (a reader of environs: str, int, bool, list, url), or `default` where it is unset."""
        if not os.environ.get(name, "").strip():
            return default
        try:
            return getattr(self.reader, kind)(name, **options)
        except (EnvError, ValidationError, ValueError) as problem:
            self.refuse(name, WHAT.sub(r"\1", str(problem)), example)
            return default

    def refuse(self, name, why, example):
        """Note what is wrong with a variable; one that may hold a password is not repeated."""
        seen = "" if name in SECRET else f" is “{os.environ.get(name, '')}”"
        self.wrong.append(f"{name}{seen}: {why} Write it like {name}={example}")

    def flag(self, name, default):
        return self.read("bool", name, default, "on")

    def text(self, name, default):
        return self.read("str", name, default, "text")

    def days(self, name, default):
        return self.read("int", name, default, default, validate=validate.Range(1, 3650))

    def pounds(self, name, default):
        return self.read("int", name, default, default, validate=validate.Range(0, 10**12))

    def port(self, name, default):
        return self.read("int", name, default, default, validate=validate.Range(1, 65535))

    def address(self, name, default):
        """A web address without a path: https://host or http://host:port."""
        text = self.text(name, default).strip().rstrip("/")
        parts = urlsplit(text)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query:
            self.refuse(name, "It is not the address of a site.", "https://marketplace.example.gov.uk")
            return default
        return text

    def hosts(self, name, default):
        """Host names; spaces about them do not count."""
        names = [host.strip() for host in self.text(name, default).split(",") if host.strip()]
        if not names or not all(HOST.fullmatch(host) for host in names):
            self.refuse(
                name, "A host name has no scheme, port or space.", "marketplace.example.gov.uk,www.example.gov.uk"
            )
        return names

    def email(self, name, default):
        return self.read("str", name, default, default, validate=validate.Email())

    def level(self, name, default):
        text = self.text(name, default).strip().upper()
        if text not in LEVELS:
            self.refuse(name, f"It is none of {', '.join(LEVELS)}.", default)
        return text if text in LEVELS else default

    def rate(self, name, default):
        text = self.text(name, default).strip()
        if not RATE.fullmatch(text):
            self.refuse(name, "It is not so many in a time from one address.", default)
        return text

    def folder(self, name, default, *, make=False):
        """A folder that can be written to; it is made where `make` is set and it is not there."""
        path = Path(self.text(name, str(default))).expanduser()
        try:
            if make:
                path.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            self.refuse(name, f"It can’t be made: {problem.strerror}.", "/srv/marketplace/var")
            return Path(default)
        return path

    def cache(self, name):
        """The address of a Redis server, or ""."""
        text = self.text(name, "").strip()
        if text and not (urlsplit(text).scheme in ("redis", "rediss", "unix") and len(text) > len("redis://")):
            self.refuse(name, "It is not the address of a Redis server.", "redis://host:6379/0")
            return ""
        return text

    def database(self, name, default, **options):
        """Django's settings of a database address; PostgreSQL or SQLite."""
        text = self.text(name, default).strip()
        try:
            found = dj_database_url.parse(text, **options) if urlsplit(text).scheme in DATABASES else None
        except ValueError:
            found = None
        if not found or not found.get("NAME"):
            self.refuse(name, "It is not the address of a database.", "postgres://user:password@host/marketplace")
            return dj_database_url.parse(default, **options)
        return found

    def seal(self):
        """ImproperlyConfigured with a sentence for each variable that is wrong."""
        if self.wrong:
            raise ImproperlyConfigured("The settings can’t be used:\n" + "\n".join(f"- {line}" for line in self.wrong))
