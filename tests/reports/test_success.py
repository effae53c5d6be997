"""What makes a request succeed: said where it was measured, and only then."""

import random

import pytest
from django.core.cache import cache

from reports import success
from requests_app.models import Request

pytestmark = pytest.mark.django_db


def made(dice, number, share_with, share_without):
    """Facts of `number` requests, half of them with a picture, each group pledged with its own share."""
    return [
        {
            "pledged": dice.random() < (share_with if n % 2 else share_without),
            "pictures": n % 2,
            "letters": 10,
            "days": 9,
        }
        for n in range(number)
    ]


def test_a_difference_that_is_there_is_found_and_its_size_is_right():
    found = success.measure(made(random.Random(1), 2000, 0.7, 0.4))
    assert set(found) == {"picture"}
    having, without = found["picture"]
    assert abs(having - 70) <= 4 and abs(without - 40) <= 4


def test_chance_is_rarely_taken_for_a_difference():
    claimed = sum(bool(success.measure(made(random.Random(seed), 200, 0.5, 0.5))) for seed in range(400))
    assert claimed <= 20  # 2.5% of 400 would be ten


def test_few_requests_say_nothing():
    assert success.measure(made(random.Random(1), 2 * success.LEAST - 2, 1.0, 0.0)) == {}


def test_a_draft_is_told_of_what_it_lacks_only(group):
    draft = Request.objects.create(organisation=group, kind="goods", title="Chairs", live=False, description="x" * 300)
    cache.set(success.KEY, {"picture": (62, 41), "words": (70, 40)}, 60)
    assert success.for_draft(draft) == [
        "Of requests with a picture, 62 in 100 had a pledge within four weeks; of those without one, 41. Add a picture."
    ]
    cache.delete(success.KEY)
    assert success.for_draft(draft) == []
