"""E-mails about pages, roles and model versions: one function an event."""

from django.conf import settings
from django.urls import reverse

from .mail import send


def addresses(people):
    return [user.email for user in people]


def edit_address(page):
    return settings.SITE_URL + reverse("wagtailadmin_pages:edit", args=[page.pk])


def review_due(page, review, stage, people, late):
    """A reminder before the date, on it, or an escalation; `late` is days past the date, negative before it."""
    send(
        "review_due",
        addresses(people),
        page=page,
        review=review,
        stage=stage,
        late=late,
        address=settings.SITE_URL + reverse("review_page", args=[page.pk]),
    )


def role_vacant(role, since, pages, people):
    send(
        "role_vacant",
        addresses(people),
        role=role,
        since=since,
        pages=pages,
        address=settings.SITE_URL + reverse("role_appoint", args=[role.pk]),
    )


def approval_wanted(page, people, by):
    send("approval_wanted", addresses(people), page=page, by=by, address=edit_address(page))


def approval_stuck(page, people):
    """Nobody but its authors could approve a page: those who can mend that are told."""
    send("approval_stuck", addresses(people), page=page, address=edit_address(page))


def tasks_opened(role, model, tasks, people):
    send(
        "tasks_opened",
        addresses(people),
        role=role,
        model=model,
        tasks=tasks,
        address=settings.SITE_URL + reverse("review_task:index"),
    )
