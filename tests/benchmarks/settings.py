"""The real settings, with the floors' addresses beside the site's own."""

from marketplace.settings import *  # noqa: F403 - measured as it runs
from marketplace.settings import BASE_DIR, TEMPLATES

ROOT_URLCONF = "tests.benchmarks.urls"
TEMPLATES[0]["DIRS"] = [BASE_DIR / "tests" / "benchmarks" / "templates", *TEMPLATES[0]["DIRS"]]
