"""Chromium on a served demo. Skipped, and said so, where there is no Chromium."""

import json
import os
import shutil
import tempfile
from pathlib import Path

import pytest

from marketplace.demo.people import PASSWORD
from tests import migrated
from tests.browser.public_pages import PUBLIC
from tests.browser.things import THINGS
from tests.served import Site

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
PREPARED = """
from django.core.mail import send_mail
from django.core.management import call_command
send_mail("Hello", "Words", None, ["no address"])  # what did not go out; the demo itself sends nothing
call_command("demo", stdout=open("/dev/null", "w"))
call_command("match", out="{run}")  # what a worker does in its first minutes
call_command("allocate")
call_command("simulate_matching", synthetic=True, requests=60, suppliers=10)
"""  # in one process: each start costs seconds
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


def pytest_collection_modifyitems(items):
    """Tests with sites of their own come first: one process does them while another makes the demo for both."""
    items.sort(key=lambda item: "tests/browser" in item.path.as_posix() and "site" in item.fixturenames)
    for item in items:
        if not CHROMIUM and "tests/browser" in str(item.path).replace(os.sep, "/"):
            item.add_marker(pytest.mark.skip(reason="no Chromium on this machine: browser tests were not run"))


@pytest.fixture(scope="session")
def browser_type_launch_args():
    return {"executable_path": CHROMIUM, "args": FLAGS}


@pytest.fixture(scope="session")
def site():
    served = Site("browser")
    shutil.copytree(with_demo(), served.folder, dirs_exist_ok=True)
    served.serve()
    yield served
    served.close()


def folder_of(run):
    return Path(tempfile.gettempdir()) / f"marketplace-browser-{run}"


def pytest_sessionfinish(session):
    """What was made for all processes goes with the one that began them."""
    if not hasattr(session.config, "workerinput"):
        shutil.rmtree(folder_of(os.getpid()), ignore_errors=True)
        folder_of(os.getpid()).with_suffix(".lock").unlink(missing_ok=True)


def with_demo():
    """A folder with the demo's database and files, made once a run by the process that needs it first."""
    folder = folder_of(os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid())
    with migrated.one_at_a_time(folder.name, most=600):
        if not folder.exists():
            made = Site("demo")
            made.manage("shell", "-v0", "-c", PREPARED.format(run=str(made.folder / "run.tsv")))
            shutil.copytree(made.folder, folder)
            made.close()
    return folder


@pytest.fixture(scope="session")
def found(site):
    """{name: id} of rows of the demo that pages are about; Django’s shell knows every model."""
    return json.loads(site.python("manage.py", "shell", "-v0", "-c", THINGS))


@pytest.fixture(scope="session")
def paths(found):
    """{name: (person, path)} of the public pages to look at."""
    return {name: (person, path.format(**found)) for name, (person, path) in PUBLIC.items()}


@pytest.fixture(scope="session")
def cookies(site, browser):
    """{first name: signed-in cookies}, each person signed in once."""
    kept = {}

    def of(key):
        if key not in kept:
            context = browser.new_context()
            page = context.new_page()
            page.goto(f"{site.address}/accounts/login/")
            page.fill("#id_login", f"{key}@example.org")
            page.fill("#id_password", PASSWORD)
            page.click("main button[type=submit]")
            page.wait_for_url(f"{site.address}/account/")
            kept[key] = context.cookies()
            context.close()
        return kept[key]

    return of


@pytest.fixture
def open_page(site, browser, cookies):
    """Open a page as somebody at some width; what the browser complained of is in page.complaints."""
    contexts = []

    def open_it(path, key=None, width=1280, script=True):
        context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script)
        contexts.append(context)
        if key:
            context.add_cookies(cookies(key))
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda m: page.complaints.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.answer = page.goto(site.address + path)
        return page

    yield open_it
    for context in contexts:
        context.close()
