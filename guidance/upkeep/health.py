"""Guidance health: one row a page, the same figures for the report, its exports and the public page."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, Sum
from django.utils import timezone

from .. import checks, reading
from ..models import Holder, PageAnswer, PageReads, ReviewRhythm, Role, SocialValueModel
from ..pages.register import kept_pages
from . import reviews


@dataclass
class PageHealth:
    """How one page stands. Days are whole days; `useful` is a share from 0 to 100 or None without an answer."""

    page: object
    owner: str
    holder: str
    vacant: bool
    age_days: int
    reviewed_on: date | None
    due_on: date | None
    overdue_days: int
    answers: int
    useful: int | None
    reads: int
    unread: bool
    broken_links: int
    link_warnings: int
    missing_alternative_text: int
    reading_age: int | None
    model: str
    superseded: bool

    @property
    def state(self):
        if self.overdue_days:
            return "Overdue"
        if self.vacant:
            return "Owner vacant"
        return "Needs care" if self.needs_care else "In order"

    @property
    def needs_care(self):
        return bool(
            self.vacant
            or self.overdue_days
            or self.broken_links
            or self.missing_alternative_text
            or self.superseded
            or self.unread
        )


@dataclass
class Known:
    """What is asked of the database once for all pages."""

    day: date
    since: date
    reviews: dict
    roles: dict
    holders: dict
    models: dict
    superseded: set
    answers: dict
    reads: dict

    @classmethod
    def on(cls, day):
        since = day - timedelta(days=ReviewRhythm.load().unread_days)
        useful = Count("pk", filter=Q(useful=True))
        answers = PageAnswer.objects.values("page").annotate(all=Count("pk"), yes=useful)
        reads = PageReads.objects.filter(day__gte=since).values_list("page").annotate(Sum("reads"))
        return cls(
            day=day,
            since=since,
            reviews=reviews.latest(),
            roles=Role.objects.in_bulk(),
            models=SocialValueModel.objects.in_bulk(),
            holders={holder.role_id: holder.user for holder in Holder.objects.serving_on(day)},
            superseded=SocialValueModel.objects.superseded_on(day),
            answers={row["page"]: row for row in answers},
            reads=dict(reads),
        )


def rows(day=None, public=False):
    """[PageHealth] of every live page of guidance, in the order of the site; `public` leaves restricted ones out."""
    known = Known.on(day or timezone.localdate())
    return [health_of(page, known) for page in (kept_pages().public() if public else kept_pages())]


def health_of(page, known):
    """The PageHealth of one page."""
    review, holder = known.reviews.get(page.pk), known.holders.get(page.owner_role_id)
    said = known.answers.get(page.pk, {"all": 0})
    kinds = Counter(remark.kind for remark in dict.fromkeys(checks.of_content(page)))
    first = page.first_published_at and timezone.localdate(page.first_published_at)
    begun = review.reviewed_on if review else first or known.day
    return PageHealth(
        page=page,
        owner=str(known.roles.get(page.owner_role_id, "")),
        holder=str(holder or ""),
        vacant=holder is None,
        age_days=(known.day - begun).days,
        reviewed_on=review and review.reviewed_on,
        due_on=review and review.due_on,
        overdue_days=review.days_overdue(known.day) if review else 0,
        answers=said["all"],
        useful=round(100 * said["yes"] / said["all"]) if said["all"] else None,
        reads=known.reads.get(page.pk, 0),
        unread=not known.reads.get(page.pk) and bool(first and first <= known.since),
        broken_links=kinds["broken link"],
        link_warnings=kinds["link"] + kinds["link words"],
        missing_alternative_text=kinds["alternative text"],
        reading_age=reading.age(checks.text_of(page)),
        model=str(known.models.get(page.model_id, "")),
        superseded=page.model_id in known.superseded,
    )


@dataclass(frozen=True)
class HealthCounts:
    """How many of the pages are how; `answers` counts readers' answers, `reading_age` is the pages' mean, in years."""

    pages: int
    in_time: int
    overdue: int
    vacant: int
    broken_links: int
    missing_alternative_text: int
    superseded: int
    unread: int
    answers: int
    reading_age: int | None


def summary(pages):
    """The HealthCounts of [PageHealth], for the public page and the dashboard."""
    ages = [row.reading_age for row in pages if row.reading_age]
    overdue = sum(bool(row.overdue_days) for row in pages)
    return HealthCounts(
        pages=len(pages),
        in_time=len(pages) - overdue,
        overdue=overdue,
        vacant=sum(row.vacant for row in pages),
        broken_links=sum(row.broken_links for row in pages),
        missing_alternative_text=sum(row.missing_alternative_text for row in pages),
        superseded=sum(row.superseded for row in pages),
        unread=sum(row.unread for row in pages),
        answers=sum(row.answers for row in pages),
        reading_age=round(sum(ages) / len(ages)) if ages else None,
    )
