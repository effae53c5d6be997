"""The review cycle: what is recorded, what is refused, who is told and when, and what readers are told."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from guidance.governance import roles
from guidance.models import Review, ReviewNotice, ReviewRhythm
from guidance.upkeep import reviews
from records.days import months_after
from tests.conftest import make_page, make_role, markup

pytestmark = pytest.mark.django_db
Result = Review.Result


def days(n):
    return timezone.localdate() + timedelta(days=n)


@pytest.fixture
def page(keeper, sponsor, people):
    """A page kept by cara, with pat as deputy and dee as sponsor."""
    return make_page("Advice", keeper, deputy_role=make_role("Deputy", people["pat"]))


def reviewed(page, ago, due):
    """Put the last review `ago` days back with the next due in `due` days."""
    Review.objects.create(
        page=page, result=Result.NO_CHANGE, reason="Read", reviewed_on=days(-ago), due_on=days(due), at=timezone.now()
    )
    return type(page).objects.get(pk=page.pk)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 11, 23), 3, date(2027, 2, 23)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
    ],
)
def test_months_after(day, months, expected):
    assert months_after(day, months) == expected


def test_a_page_that_goes_live_counts_as_reviewed_that_day(page):
    review = page.last_review
    assert (review.result, review.reviewed_on) == (Result.PUBLISHED, days(0))
    assert review.due_on == months_after(days(0), page.review_months)


def test_publishing_again_is_not_a_review(page):
    page.save_revision().publish()
    assert page.reviews.count() == 1


def test_no_change_needs_a_reason(page, people):
    with pytest.raises(ValidationError, match="nothing needs to change"):
        reviews.record(page, Result.NO_CHANGE, "  ", by=people["cara"])
    reviews.record(page, Result.NO_CHANGE, "Read it against the new rules", by=people["cara"])
    assert page.reviews.count() == 2


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        ({"reviewed_on": 1}, "can’t be in the future"),
        ({"reviewed_on": -1}, "can’t be before it"),
        ({"due_on": 0}, "must be after this one"),
        ({"due_on": 200}, "reviewed every 6 months"),
    ],
)
def test_dates_that_cannot_be_are_refused_with_a_sentence(dates, words, page, people):
    with pytest.raises(ValidationError, match=words):
        reviews.record(page, Result.CHANGED, "Read", by=people["cara"], **{name: days(n) for name, n in dates.items()})
    assert page.reviews.count() == 1


def test_a_review_is_never_edited_or_deleted(page):
    for statement in ("UPDATE guidance_review SET reason = 'x'", "DELETE FROM guidance_review"):
        with pytest.raises(DatabaseError), transaction.atomic():
            from django.db import connection

            connection.cursor().execute(statement)


def test_reviews_outlive_their_page(page):
    page.delete()
    assert Review.objects.count() == 1


@pytest.mark.parametrize(
    ("due", "told"),
    [
        (15, []),
        (14, ["cara"]),
        (0, ["cara"]),
        (-13, ["cara"]),
        (-14, ["cara", "pat"]),
        (-30, ["cara", "dee", "pat"]),
    ],
)
def test_who_is_told_depends_on_how_late_it_is(due, told, page, django_capture_on_commit_callbacks):
    reviewed(page, 100, due)
    with django_capture_on_commit_callbacks(execute=True):
        reviews.remind()
        reviews.remind()
    assert sorted(address.split("@")[0] for m in mail.outbox for address in m.to) == told


def test_a_vacant_owner_does_not_swallow_the_reminder(page, keeper, people, django_capture_on_commit_callbacks):
    reviewed(page, 100, 3)
    roles.leave(keeper, by=people["dee"], ends_on=days(-1))
    with django_capture_on_commit_callbacks(execute=True):
        reviews.remind()
    assert [m.to for m in mail.outbox] == [["pat@example.org"]]


def test_a_new_review_starts_the_cycle_again(page, people, django_capture_on_commit_callbacks):
    page = reviewed(page, 100, -40)
    reviews.remind()
    told = ReviewNotice.objects.count()
    mail.outbox.clear()
    reviews.record(page, Result.NO_CHANGE, "Still right", by=people["cara"])
    with django_capture_on_commit_callbacks(execute=True):
        assert (reviews.remind().reminded, reviews.remind().escalated) == (0, 0)
    assert ReviewNotice.objects.count() == told
    assert mail.outbox == []


def test_the_rhythm_is_a_setting(page, django_capture_on_commit_callbacks):
    ReviewRhythm.objects.update_or_create(pk=ReviewRhythm.load().pk, defaults={"remind_days": 40})
    reviewed(page, 100, 39)
    with django_capture_on_commit_callbacks(execute=True):
        reviews.remind()
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(("late", "warned"), [(59, False), (60, True)])
def test_readers_are_told_of_a_page_that_is_long_overdue(late, warned, page, client):
    reviewed(page, 300, -late)
    shown = markup(client.get(page.url))
    assert ("should have been reviewed by" in shown) is warned


def test_an_owner_reviews_with_one_form_and_a_stranger_cannot(page, people, client):
    path = f"/admin/reviews/{page.pk}/"
    client.force_login(people["cara"])  # holds the role, edits no pages
    refused = client.post(path, {"result": "no_change", "reason": ""})
    assert refused.status_code == 422
    client.post(path, {"result": "no_change", "reason": "Read from end to end"})
    last = page.reviews.order_by("pk").last()
    assert (last.reason, last.by) == ("Read from end to end", people["cara"])
    client.force_login(people["mo"])
    client.post(path, {"result": "no_change", "reason": "Not mine"})
    assert page.reviews.count() == 2
