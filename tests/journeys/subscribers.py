"""Run as a program: people to be told at once, each by two searches, and a request that has just become public.

python -m tests.journeys.subscribers HOW_MANY
"""

import sys

import django

django.setup()

from organisations.models import User  # noqa: E402 - after setup
from tests.conftest import make_organisation, make_request  # noqa: E402


def main(how_many):
    from matching.alerts import subscriptions

    group = make_organisation("Lunch Club", "vcse", User.objects.create_user("owner@example.org", name="Owner"))
    for number in range(how_many):
        user = User.objects.create_user(f"reader{number}@example.org", name=f"Reader {number}")
        subscriptions.save_search({}, "at_once", by=user)
        subscriptions.save_search({"kind": "volunteers"}, "at_once", by=user)  # the same request answers both
    make_request(group)


if __name__ == "__main__":
    main(int(sys.argv[1]))
