"""The real settings, with mail kept in a file that tests can read."""

from marketplace.settings import *  # noqa: F403 - run as it runs

EMAIL_BACKEND = "tests.journeys.slow_mail.EmailBackend"
