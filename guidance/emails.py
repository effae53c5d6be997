"""E-mails about pages, roles and model versions: one function an event."""

from django.conf import settings
from django.urls import reverse

from mail.composing import send


def edit_address(page):
    return settings.SITE_URL + reverse("wagtailadmin_pages:edit", args=[page.pk])


def review_due(page, review, stage, people, late):
    """A reminder before the date, on it, or an escalation; `late` is days past the date, negative before it."""
    send(
        "review_due",
        people,
        page=page,
        review=review,
        stage=stage,
        late=late,
        address=settings.SITE_URL + reverse("review_page", args=[page.pk]),
    )


def role_vacant(role, since, pages, people):
    send(
        "role_vacant",
        people,
        role=role,
        since=since,
        pages=pages,
        address=settings.SITE_URL + reverse("role_appoint", args=[role.pk]),
    )


def approval_wanted(page, people, by):
    send("approval_wanted", people, page=page, by=by, address=edit_address(page))


def approval_stuck(page, people):
    """Nobody but its authors could approve a page: those who can mend that are told."""
    send("approval_stuck", people, page=page, address=edit_address(page))


def tasks_opened(role, model, tasks, people):
    send(
        "tasks_opened",
        people,
        role=role,
        model=model,
        tasks=tasks,
        address=settings.SITE_URL + reverse("review_task:index"),
    )


def model_approval_wanted(model, people, by):
    address = settings.SITE_URL + reverse("model_publish", args=[model.pk])
    send("model_approval_wanted", people, model=model, by=by, address=address)


def model_approval_refused(model, people, reason, by):
    address = settings.SITE_URL + reverse("model_open", args=[model.pk])
    send("model_approval_refused", people, model=model, reason=reason, by=by, address=address)
