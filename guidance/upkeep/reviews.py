"""The review cycle: recording a review, who is told when one is due, and when readers are told it is late."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from records.days import months_after
from words.lines import said

from .. import emails
from ..models import Holder, Review, ReviewNotice, ReviewRhythm, ReviewTask, Role
from ..pages.register import kept_pages

Stage = ReviewNotice.Stage


def record(page, result, reason, *, by, reviewed_on=None, due_on=None):
    """Say that a page was looked at and is right; returns the Review.

    ValidationError without a reason, with a date in the future or before the last review, or with a next date
    that is not after this one. Closes the review tasks that a new model opened for the page.
    """
    reason = said(reason)
    today = timezone.localdate()
    reviewed_on = reviewed_on or today
    due_on = due_on or months_after(reviewed_on, page.review_months)
    errors = {}
    if not reason:
        errors["reason"] = "Say what you looked at, or why nothing needs to change."
    last = page.reviews.order_by("pk").last()
    if reviewed_on > today:
        errors["reviewed_on"] = "The review can’t be in the future."
    elif last and reviewed_on < last.reviewed_on:
        errors["reviewed_on"] = f"The last review was on {last.reviewed_on:%-d %B %Y}: this one can’t be before it."
    if due_on <= reviewed_on:
        errors["due_on"] = "The next review must be after this one."
    elif due_on > months_after(reviewed_on, page.review_months):
        errors["due_on"] = f"This page is reviewed every {page.review_months} months: choose an earlier day."
    if errors:
        raise ValidationError(errors)
    with transaction.atomic():
        review = Review.objects.create(
            page_id=page.pk,
            result=result,
            reason=reason,
            reviewed_on=reviewed_on,
            due_on=due_on,
            at=timezone.now(),
            by=by,
        )
        if result != Review.Result.PUBLISHED:
            ReviewTask.objects.filter(page_id=page.pk, closed_at=None).update(
                closed_at=timezone.now(), closed_by=by, outcome=reason
            )
        log(page, "guidance.review", user=by, data={"result": review.get_result_display(), "reason": reason})
    return review


def first_publication(page):
    """A page that goes live for the first time counts as reviewed on that day; who approved it is in its log."""
    if not page.reviews.exists():
        record(page, Review.Result.PUBLISHED, "First published", by=None)


def latest():
    """{page id: newest Review}, in one query."""
    return {review.page_id: review for review in Review.objects.order_by("pk").select_related("by")}


def due(day):
    """[(page, its newest Review)] of live pages whose review is due by `day`, longest overdue first."""
    newest = latest()
    found = [(page, newest[page.pk]) for page in kept_pages() if page.pk in newest]
    return sorted((pair for pair in found if pair[1].due_on <= day), key=lambda pair: pair[1].due_on)


def coming(roles):
    """[(page, its newest Review or None)] of live pages that roles keep, the first due first."""
    newest = latest()
    found = [(page, newest.get(page.pk)) for page in kept_pages() if page.owner_role_id in roles]
    return sorted(found, key=lambda pair: pair[1].due_on if pair[1] else date.min)


@dataclass
class Told:
    """What one run of the reminders did."""

    reminded: int = 0
    escalated: int = 0


@transaction.atomic
def remind(today=None):
    """Tell owners of reviews that come due, deputies and sponsors of those that stay undone; once for each stage."""
    today = today or timezone.localdate()
    rhythm, told = ReviewRhythm.load(), Told()
    newest = latest()
    sent = set(ReviewNotice.objects.values_list("review_id", "stage"))
    sponsors = Holder.objects.people_in(Role.objects.sponsors(), today)
    for page in kept_pages():
        review = newest.get(page.pk)
        if review is None:
            continue
        owner, deputy = (
            Holder.objects.people_in([page.owner_role_id], today),
            Holder.objects.people_in([page.deputy_role_id], today),
        )
        late = (today - review.due_on).days
        for stage, from_day, people in (
            (Stage.SOON, -rhythm.remind_days, owner or deputy or sponsors),
            (Stage.DUE, 0, owner or deputy or sponsors),
            (Stage.DEPUTY, rhythm.deputy_days, deputy),
            (Stage.SPONSOR, rhythm.sponsor_days, sponsors),
        ):
            if late < from_day or (review.pk, stage) in sent or not people or (stage == Stage.SOON and late >= 0):
                continue
            ReviewNotice.objects.create(review=review, stage=stage, sent_at=timezone.now())
            emails.review_due(page, review, stage, people, late)
            if stage in (Stage.SOON, Stage.DUE):
                told.reminded += 1
            else:
                told.escalated += 1
    return told
