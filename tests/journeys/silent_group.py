"""Run as a program: pledges that nobody answered, each due to be reminded of; or one turn of the clocks.

python -m tests.journeys.silent_group fill HOW_MANY
python -m tests.journeys.silent_group tick
"""

import sys
from datetime import timedelta
from decimal import Decimal

import django

django.setup()

from django.utils import timezone  # noqa: E402 - after setup

from marketplace import workers  # noqa: E402
from organisations.models import User  # noqa: E402
from requests_app import clocks  # noqa: E402
from requests_app.models import Pledge, Request, RequestTotals  # noqa: E402
from tests.conftest import make_organisation  # noqa: E402


def fill(how_many):
    now = timezone.now()
    owner = User.objects.create_user("owner@example.org", name="Owner")
    sam = User.objects.create_user("sam@example.org", name="Sam")
    group, firm = make_organisation("Lunch Club", "vcse", owner), make_organisation("Firm", "business", sam)
    requests = Request.objects.bulk_create(
        Request(
            organisation=group, title=f"Need {number}", quantity=5, unit="hours", kind="volunteers", live=True,
            first_published_at=now, description="Help",
        )
        for number in range(how_many)
    )  # fmt: skip
    RequestTotals.objects.bulk_create(
        RequestTotals(
            request=request, listed=True, published_at=now, checked_at=now, quantity=5, asked=5, pledged=1,
            kind="volunteers",
        )
        for request in requests
    )  # fmt: skip
    Pledge.objects.bulk_create(
        Pledge(
            request=request, supplier=firm, quantity=Decimal(1), offered_by=sam, offered_at=now - timedelta(days=9),
            answer_due_at=now + timedelta(days=30),
        )
        for request in requests
    )  # fmt: skip


if __name__ == "__main__":
    if sys.argv[1] == "fill":
        fill(int(sys.argv[2]))
    else:
        workers.step_back()
        print(clocks.tick()["reminders"])
