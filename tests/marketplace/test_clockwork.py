"""What must be on time is done by one of several workers, whatever one job does."""

from datetime import timedelta

import pytest
from django.utils import timezone

from marketplace import clockwork
from marketplace.models import Turn

pytestmark = pytest.mark.django_db


def test_each_job_has_one_turn_until_its_time_has_passed(monkeypatch):
    done = []

    def job():
        done.append(1)

    monkeypatch.setattr(clockwork, "JOBS", {job: 300})
    now = timezone.now()
    for seconds in (0, 1, 299, 300, 301, 601):
        clockwork.run_due(now + timedelta(seconds=seconds))
    assert len(done) == 3
    assert Turn.objects.get().begun_at == now + timedelta(seconds=601)


def test_a_job_that_fails_is_said_and_holds_up_no_other(monkeypatch, caplog):
    done = []

    def broken():
        raise RuntimeError("no room on the disk")

    def sound():
        done.append(1)

    monkeypatch.setattr(clockwork, "JOBS", {broken: 300, sound: 300})
    assert clockwork.run_due() == ["broken", "sound"]
    assert done == [1] and "broken failed" in caplog.text


def test_the_real_jobs_run():
    assert clockwork.run_due() == ["keep_the_clocks", "publish_what_was_scheduled", "reckon_waits"]
    assert clockwork.run_due() == []
