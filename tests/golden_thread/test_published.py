"""What was published stays as it was, beside what the same month comes to now."""

from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse
from wagtail.models import ModelLogEntry

from golden_thread import figures, published, rules, views
from golden_thread.models import Snapshot
from tests.golden_thread.conftest import CONTRACTS, DAY, PROJECTS, run

pytestmark = pytest.mark.django_db


def late_extract(write):
    """PM3's state of the same day, handed in again with one more yes."""
    mended = [list(row) for row in PROJECTS]
    mended[2][6] = "Yes"
    run("import_projects", write(mended, "late.csv"), "--as-at", str(DAY))


def test_a_published_month_is_frozen_beside_what_it_comes_to_now(extracts, people, write, client):
    published.publish(DAY, rules.current(), by=people["edie"])
    late_extract(write)
    rules.teach({"live": "void"})
    snapshot = Snapshot.objects.get(metric="social_value_recorded")
    assert (snapshot.numerator, snapshot.denominator, float(snapshot.percent)) == (2, 4, 50.0)
    assert snapshot.excluded["cancelled"] == 1
    assert snapshot.rules["void"] == ["void", "voided"]
    *_, (day, cells) = views.with_published(figures.series(DAY, rules.current()), rules.current())
    assert (day, cells[0][0], cells[0][2]) == (DAY, 75.0, True)
    page = client.get(reverse("golden_thread")).content.decode()
    assert "published: 50.00%" in page
    csv = client.get(reverse("thread_months")).content.decode()
    assert "2026-02-28,75.00,50.00,2,4" in csv


def test_a_month_is_published_once_and_only_where_both_systems_know_it(extracts, people):
    assert published.due(rules.current()) == [DAY]
    published.publish(DAY, rules.current(), by=people["edie"])
    assert published.due(rules.current()) == []
    assert Snapshot.objects.count() == 3
    with pytest.raises(ValidationError, match="published before"):
        published.publish(DAY, rules.current(), by=people["edie"])
    with pytest.raises(ValidationError, match="31 March 2026 is no month’s end that"):
        published.publish(date(2026, 3, 31), rules.current(), by=people["edie"])
    assert ModelLogEntry.objects.filter(action="golden_thread.publish").count() == 1


def test_without_extracts_nothing_is_due(db, people):
    assert published.due(rules.current()) == []
    with pytest.raises(ValidationError, match="no month’s end that"):
        published.publish(DAY, rules.current(), by=people["edie"])


def test_what_is_published_is_never_edited_not_even_in_the_database(extracts, people):
    published.publish(DAY, rules.current(), by=people["edie"])
    with pytest.raises(TypeError):
        Snapshot.objects.update(numerator=99)
    with pytest.raises(DatabaseError), transaction.atomic():
        super(type(Snapshot.objects.all()), Snapshot.objects.all()).update(numerator=99)


def test_the_programme_team_publishes_on_a_screen(extracts, people, client):
    people["edie"].groups.add(Group.objects.get(name="Programme team"))
    client.force_login(people["edie"])
    assert "2 of 4" in client.get(reverse("thread_publish")).content.decode()
    page = client.post(reverse("thread_publish"), {"day": DAY.isoformat()}, follow=True).content.decode()
    assert "are published" in page
    assert Snapshot.objects.filter(day=DAY, published_by=people["edie"]).count() == 3
    page = client.post(reverse("thread_publish"), {"day": DAY.isoformat()}).content.decode()
    assert "published before" in page
    client.force_login(people["pat"])
    assert client.post(reverse("thread_publish"), {"day": DAY.isoformat()}).status_code == 302


@pytest.mark.parametrize("day", ["2026-02-15", "2019-06-30", "0001-01-31"])
def test_no_other_day_is_published(extracts, people, client, day):
    people["edie"].groups.add(Group.objects.get(name="Programme team"))
    client.force_login(people["edie"])
    assert "is no month’s end that" in client.post(reverse("thread_publish"), {"day": day}).content.decode()
    assert not Snapshot.objects.exists()


def test_several_months_are_published_together_or_none_of_them(extracts, people, write, client):
    later = date(2026, 3, 31)
    for name, rows in (("import_projects", PROJECTS), ("import_contracts", CONTRACTS)):
        run(name, write([list(row) for row in rows], f"{name}.csv"), "--as-at", str(later))
    assert published.due(rules.current()) == [DAY, later]
    people["edie"].groups.add(Group.objects.get(name="Programme team"))
    client.force_login(people["edie"])
    address, both = reverse("thread_publish"), [later.isoformat(), DAY.isoformat()]
    for bad in ([*both, "2026-03-30"], [*both, "x"], []):
        assert client.post(address, {"day": bad}).status_code == 200
        assert not Snapshot.objects.exists()
    page = client.post(address, {"day": both}, follow=True).content.decode()
    assert "28 February 2026, 31 March 2026 are published" in page
    assert published.due(rules.current()) == []
