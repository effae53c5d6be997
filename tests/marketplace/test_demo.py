"""The first start of a site nobody has yet: an empty database, the demo, and figures that agree."""

import json

import pytest

from organisations.models import Organisation
from tests.served import Site

LOOK = """
import json
from django.db import DatabaseError, connection
from organisations.models import Organisation, User
from requests_app.models import Delivery, Pledge, Request
from suppliers.models import Contract, LedgerEntry
from golden_thread.models import Snapshot
from guidance.pages.register import kept_pages

def refused(table):
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET reason = 'x' WHERE id = (SELECT max(id) FROM {table})")
    except DatabaseError as error:
        return "History is never edited" in str(error)
    return False

print(json.dumps({
    "states": sorted(set(Pledge.objects.values_list("state", flat=True))),
    "deliveries": sorted(set(Delivery.objects.values_list("state", flat=True))),
    "kinds": sorted(set(Organisation.objects.values_list("kind", flat=True))),
    "real": User.objects.exclude(email__endswith=".example").exclude(email__endswith="@example.org").count(),
    "contracts": Contract.objects.count(), "requests": Request.objects.filter(live=True).count(),
    "snapshots": Snapshot.objects.count(), "pages": kept_pages().count(),
    "history": [refused("suppliers_ledgerentry"), refused("requests_app_deliveryevent")],
}))
"""


pytestmark = pytest.mark.either_database  # the demo is played by verbs that are tested on both


class EmptySite(Site):
    def _migrated_database(self):
        return self._make_database()


@pytest.fixture
def site():
    site = EmptySite("demo")
    yield site
    site.close()


def test_the_first_start_fills_an_empty_site_and_a_second_changes_nothing(site):
    assert "alice@example.org" in site.manage("start", "--demo")
    found = json.loads(site.manage("shell", "-v0", "-c", LOOK).splitlines()[-1])
    assert found["states"] == ["accepted", "completed", "declined", "lapsed", "offered"]
    assert {"claimed", "confirmed", "disputed", "queried", "verified"} <= set(found["deliveries"])
    assert found["kinds"] == sorted(Organisation.Kind.values)
    assert found["real"] == 0  # nobody who could be written to
    assert min(found[name] for name in ("contracts", "requests", "snapshots", "pages")) > 1
    assert found["history"] == [True, True]
    assert "Every kept total agrees with its entries." in site.manage("check_totals")
    before = site.manage("dumpdata", "requests_app.pledge", "suppliers.ledgerentry", "-v0")
    site.manage("start", "--demo")
    assert site.manage("dumpdata", "requests_app.pledge", "suppliers.ledgerentry", "-v0") == before
