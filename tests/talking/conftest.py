"""A request that three suppliers help with, their pledges accepted."""

import pytest

from tests.conftest import make_request
from tests.talking.days import helper


@pytest.fixture
def shown(group):
    return make_request(group, 100)


@pytest.fixture
def three(shown, people):
    return [helper(shown, name, people["alice"]) for name in ("ann", "ben", "con")]
