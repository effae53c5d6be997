"""Follow the README's way for a council to the letter: a fresh clone, an empty PostgreSQL database, its own commands.

python -m tests.check_council      needs TEST_DATABASE_URL; exit status 1 with the log where a page is not as it should

The commands are read from the README, so that it can't say one thing and this another. Only the database's address
and the port are put in; visitors come as through the proxy that the README speaks of.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests import migrated

ROOT = Path(__file__).resolve().parent.parent
HOST = "marketplace.example.gov.uk"
OURS = ("SECRET_KEY", "VAR_DIR", "MEDIA_ROOT", "DATABASE_URL", "DJANGO_SETTINGS_MODULE", "REDIS_URL", "VIRTUAL_ENV",
        "SITE_URL", "ALLOWED_HOSTS", "TEST_ON", "STAFF_TWO_STEP", "PYTHONPATH")  # fmt: skip
PAGES = {
    # path: (status, words that must be on it)
    "/": (200, "Community Marketplace"),
    "/requests/": (200, "Find a request"),
    "/accounts/signup/": (200, "Create an account"),
    "/accounts/login/": (200, "Sign in"),
    "/no-such-page/": (404, "Community Marketplace"),
    "/health/": (200, "ok"),
}


def commands():
    """The lines of the README's block of commands for a council."""
    section = (ROOT / "README.md").read_text().split("## Run it for a council")[1].split("\n## ")[0]
    found = re.findall(r"^    (.+)$", section, re.MULTILINE)
    assert any("migrate" in line for line in found) and any("gunicorn" in line for line in found), found
    return found


def fetch(port, path):
    """(status, text) of a page as a visitor's browser gets it through the proxy."""
    asked = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}", headers={"Host": HOST, "X-Forwarded-Proto": "https"}
    )
    try:
        with urllib.request.urlopen(asked, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def follow(clone, database, port):
    """Run the commands as one shell session would; the two that keep running go on beside each other."""
    script = ["set -e"]
    for line in commands():
        line = re.sub(r"DATABASE_URL=\S+", f"DATABASE_URL={database}", line)
        line = line.replace("127.0.0.1:8000", f"127.0.0.1:{port}")
        keeps_running = "gunicorn" in line or line.endswith("manage.py worker")
        script.append(f"{line} &" if keeps_running else line)
    script.append("wait")
    env = {name: value for name, value in os.environ.items() if name not in OURS}
    return subprocess.Popen(
        ["bash", "-c", "\n".join(script)],
        cwd=clone,
        env=env,
        stdout=(clone.parent / "log").open("w"),
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def wait_until_it_serves(session, port, log):
    for _ in range(600):
        if session.poll() is not None:
            sys.exit(f"A command of the README failed:\n{log.read_text()[-4000:]}")
        try:
            return fetch(port, "/health/")
        except OSError:
            time.sleep(0.5)
    sys.exit(f"Nothing was served within five minutes:\n{log.read_text()[-4000:]}")


def wrong(port):
    """Sentences for pages that are not as they should be."""
    found = []
    for path, (status, words) in PAGES.items():
        got, text = fetch(port, path)
        if (got, words in text) != (status, True):
            found.append(f"{path}: {got}, and “{words}” is {'there' if words in text else 'missing'}")
    styles = re.search(r'href="(/static/[^"]+\.css)"', fetch(port, "/")[1])
    if not styles or fetch(port, styles[1])[0] != 200:
        found.append("The styles are not served")
    return found


def main():
    folder = Path(tempfile.mkdtemp(prefix="marketplace-council-"))
    name = f"marketplace_council_{os.getpid()}"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder / "site")], check=True)
    migrated.sql(f'CREATE DATABASE "{name}"')
    session = follow(folder / "site", migrated.address_of(name), port)
    log = folder / "log"
    try:
        wait_until_it_serves(session, port, log)
        found = wrong(port)
        if "choose their password here" not in log.read_text():
            found.append("The first administrator got no link")
        print("\n".join(found) or f"The README's {len(commands())} commands serve {len(PAGES)} pages.")
        if found:
            sys.exit(log.read_text()[-4000:])
    finally:
        if session.poll() is None:
            os.killpg(session.pid, signal.SIGTERM)
            session.wait(60)
        migrated.sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
