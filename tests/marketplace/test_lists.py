"""What every list asks of the database: a number that is written down, and the same for one row as for three."""

import os
from pathlib import Path

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from marketplace import look
from organisations.models import User
from tests.marketplace.growing import Site

pytestmark = pytest.mark.django_db
ROWS = [line.split() for line in (Path(__file__).parent / "lists.txt").read_text().splitlines() if line.strip()]


@pytest.fixture
def site(group, supplier, commitment, people, settings):
    settings.EMAIL_BACKEND = "mail.outbox.OutboxBackend"
    settings.STAFF_TWO_STEP = False
    settings.PLEDGES_UNANSWERED = 100
    User.objects.create_superuser("chief@example.org", "correct-horse-battery")
    return Site(group, supplier, commitment, people)


def address(site, words):
    """An address: a name, and after a colon what it is about."""
    name, _, about = words.partition("/")
    name, _, query = name.partition("?")
    things = {
        "group": site.group.pk, "supplier": site.supplier.pk, "commitment": site.commitment.pk,
        "contract": site.commitment.contract_id, "request": site.needed.pk, "pledge": site.pledge.pk,
        "proposal": site.proposal.pk, "page": site.page.pk, "steering": "steering-two", "role": site.keeper.pk,
        "model": "central-2025", "outcome": site.needed.outcome_id, "owed": site.owed.pk,
        "sample": site.sample.pk, "offer": site.offer.pk,
    }  # fmt: skip
    path = reverse(name, args=[things.get(about, about)] if about else [])
    return f"{path}?{query}" if query else path


def asked(who, path):
    """How many questions a second visit costs; the first finds no cache."""
    client = Client()
    if who != "nobody":
        client.force_login(User.objects.get(email=f"{who}@example.org"))
    assert client.get(path).status_code == 200, path
    for alias in ("pages", "local"):
        caches[alias].clear()  # what is kept for readers is made anew
    look.shown()  # asked for once a minute by whatever page comes first
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path)
        b"".join(answer)
    return len(queries)


def test_every_list_asks_as_often_for_three_rows_as_for_one(site):
    found = {}
    for size in (1, 3):
        site.grow(to=size)
        for who, words, _ in ROWS:
            found.setdefault(f"{who} {words}", []).append(asked(who, address(site, words)))
    expected = {f"{who} {words}": [int(number)] * 2 for who, words, number in ROWS}
    if os.environ.get("TEST_ON") == "postgresql":  # searches ask differently there; nothing grows there either
        expected = {key: [found[key][0], found[key][0] + counts[1] - counts[0]] for key, counts in expected.items()}
    assert found == expected
