"""The day's work: one job's fault stops no other, and is said."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.utils import timezone

from marketplace.management.commands import daily
from organisations.models import LimitCount
from tests.conftest import make_request

pytestmark = pytest.mark.django_db
JOBS = [job.__name__ for job in daily.JOBS]


def test_what_is_over_is_forgotten_and_the_day_says_what_it_did(group, capsys):
    make_request(group)
    past = timezone.now() - timedelta(days=2)
    Session.objects.create(session_key="old", session_data="", expire_date=past)
    LimitCount.objects.create(key="invite:1", began_at=past, count=3)
    call_command("daily")
    assert "0 pledges lapsed, 0 requests paused, 0 reminders." in capsys.readouterr().out
    assert not Session.objects.exists()
    assert not LimitCount.objects.exists()


@pytest.mark.parametrize("broken", [JOBS[0], JOBS[3], JOBS[-1]])
def test_a_fault_of_one_job_stops_no_other_and_is_said(broken, monkeypatch, capsys):
    done = []

    def double(name):
        def job():
            if name == broken:
                raise RuntimeError("the disk is full")
            done.append(name)

        job.__name__ = name
        return job

    monkeypatch.setattr(daily, "JOBS", [double(name) for name in JOBS])
    with pytest.raises(CommandError, match=rf"{broken.replace('_', ' ')}: the disk is full"):
        call_command("daily")
    assert done == [name for name in JOBS if name != broken]


def test_a_site_starts_although_a_job_of_the_day_fails(monkeypatch, capsys):
    def broken():
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(daily, "JOBS", [broken])
    call_command("start")
    assert "the disk is full" in capsys.readouterr().err
