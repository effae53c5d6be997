"""Volunteer days for tests."""

from datetime import datetime, timedelta

from django.utils import timezone

from mail.models import Message
from requests_app import pledges
from talking import volunteer_days
from tests.conftest import make_organisation, make_user


def helper(shown, name, accepts):
    """(supplier, person, accepted pledge)"""
    person = make_user(name)
    supplier = make_organisation(f"{name.capitalize()} Ltd", "supplier", owner=person)
    pledge = pledges.offer(shown, supplier, 4, by=person)
    pledges.accept(pledge, by=accepts)
    pledge.refresh_from_db()
    return supplier, person, pledge


def soon(days=10, hour=10):
    day = timezone.localdate() + timedelta(days=days)
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour))


def plan(shown, people, *tasks, **options):
    options = {"starts_at": soon(), "minutes": 240, "by": people["alice"]} | options
    return volunteer_days.announce(shown, options.pop("starts_at"), options.pop("minutes"), list(tasks), **options)


def told(kind):
    return sorted(Message.objects.filter(kind=kind).values_list("address", flat=True))
