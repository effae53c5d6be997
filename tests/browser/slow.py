"""The real settings with a server that takes its time over each form of the staff admin, after it has read the row."""

import time

from wagtail import hooks

from marketplace.settings import *  # noqa: F403 - run as it runs

SECONDS = 1.5


def take_time(request, *args):
    if request.method == "POST":
        time.sleep(SECONDS)


hooks.register("before_edit_page", take_time)
hooks.register("before_edit_snippet", take_time)
