"""The budget for attention: those who fit best hear at once, nobody too often, the others in a digest."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from matching.alerts import attention, sending, subscriptions
from matching.allocation import silence, simulation
from matching.models import Alert
from tests.conftest import make_request
from tests.matching.alerts.test_alerts import BOOKS, fresh_memory, promise, work  # noqa: F401


class Fits:
    def __init__(self, score):
        self.score = score


class Wish:
    def __init__(self, number):
        self.pk = self.user_id = number

    def __hash__(self):
        return self.pk


@pytest.mark.django_db
def test_those_who_fit_best_hear_at_once(settings):
    settings.ALERTS_TOLD_FIRST = 2
    found = {Wish(n): {7: [Fits(0.1), Fits(n / 10)], 8: [Fits(0.5)]} for n in (1, 2, 3)}
    later = attention.later(found)
    assert {pk for pk, numbers in later.items() if 7 in numbers} == {1}
    assert {pk for pk, numbers in later.items() if 8 in numbers} == {3}


@pytest.mark.django_db
def test_who_was_written_to_often_hears_in_a_digest_with_all_that_waits(group, promise, supplier, people, settings):  # noqa: F811
    settings.ALERTS_AT_ONCE_A_WEEK = 1
    subscriptions.follow_matches(supplier, "at_once", by=people["sam"])
    make_request(group, **BOOKS)
    assert work() == 1
    for _ in range(2):
        make_request(group, **BOOKS)
        assert work() == 0
    waiting = Alert.objects.filter(sent_at=None)
    assert waiting.values("due_at").distinct().count() == 1
    assert waiting.first().due_at > timezone.now() + timedelta(days=6)
    waiting.update(due_at=timezone.now() - timedelta(minutes=1))
    assert sending.send_due() == 1
    assert "2 " in mail.outbox[-1].subject
    assert not Alert.objects.filter(sent_at=None).exists()


@pytest.mark.django_db
def test_a_mail_that_goes_anyway_takes_along_what_waits(group, promise, supplier, people, settings):  # noqa: F811
    settings.ALERTS_AT_ONCE_A_WEEK = 1
    subscriptions.follow_matches(supplier, "at_once", by=people["sam"])
    make_request(group, **BOOKS)
    work()
    make_request(group, **BOOKS)
    work()
    Alert.objects.filter(sent_at__isnull=False).update(sent_at=timezone.now() - timedelta(days=8))
    make_request(group, **BOOKS)
    assert work() == 1
    assert Alert.objects.filter(sent_at=None).count() == 0


def test_half_the_mail_brings_the_same_first_pledges():
    year = simulation.synthetic(1000, 120, seed=4)
    everybody, budget = silence.compare(year)
    assert budget.mails <= 0.55 * everybody.mails
    assert budget.pledged >= everybody.pledged
    assert budget.silent < everybody.silent


@pytest.mark.parametrize("seed", [1, 2])
def test_that_does_not_hang_on_people_being_silenced(seed, monkeypatch):
    monkeypatch.setattr(silence, "TIRED", 1)
    monkeypatch.setattr(silence, "LEAVES", 0)
    everybody, budget = silence.compare(simulation.synthetic(1500, 150, seed))
    assert budget.mails <= 0.55 * everybody.mails
    assert budget.pledged >= 0.97 * everybody.pledged


def test_the_simulator_plays_what_the_settings_say(settings):
    assert (silence.TOLD_FIRST, silence.A_WEEK) == (settings.ALERTS_TOLD_FIRST, settings.ALERTS_AT_ONCE_A_WEEK)
