"""A delivery's parts by its shares: of a whole the last takes what rounding left over, of less nobody does."""

from collections import namedtuple
from decimal import Decimal

import pytest

from requests_app import facts

Share = namedtuple("Share", "per_cent")


@pytest.mark.parametrize(
    ("quantity", "unit", "per_cents", "parts"),
    [
        (10, "items", (33, 33, 34), [3, 3, 4]),
        (10, "items", (34, 33, 33), [3, 3, 4]),
        (10, "items", (33, 33, 33), [3, 3, 3]),
        (1, "items", (50, 50), [1, 0]),
        (3, "items", (50, 49), [2, 1]),
        (10, "hours", (33, 33, 33), ["3.3", "3.3", "3.3"]),
        ("0.01", "hours", (50, 50), ["0.01", 0]),
        (7, "items", (100,), [7]),
        (10, "items", (45,), [5]),
    ],
)
def test_the_parts_of_a_delivery(quantity, unit, per_cents, parts):
    shares = [Share(per_cent) for per_cent in per_cents]
    found = facts.parts(Decimal(quantity), shares, unit)
    assert [share for share, _ in found] == shares
    assert [part for _, part in found] == [Decimal(part) for part in parts]
