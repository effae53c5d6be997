"""The ledger with facts that a test tells."""

import pytest

from suppliers import ledger
from tests.suppliers.told import Told


@pytest.fixture
def told(commitment, monkeypatch):
    found = Told(commitment)
    monkeypatch.setattr(ledger, "_providers", [found.facts])
    return found
