"""Run as a program: a background save, or a second click, beside an approval; prints what came of each as JSON.

python -m tests.journeys.background_saves

The second post has read its row, and is held until the first is through or three seconds have passed.
"""

import json
import threading

import django

django.setup()

from django.db import connections  # noqa: E402 - after setup
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from wagtail.admin.views.pages.edit import EditView  # noqa: E402
from wagtail.models import Page, Workflow  # noqa: E402
from wagtail.snippets.views.snippets import EditView as SnippetEditView  # noqa: E402

from organisations.models import User  # noqa: E402
from requests_app import moderation  # noqa: E402
from requests_app.models import Request  # noqa: E402
from tests.conftest import make_organisation, make_page, make_request, make_role, make_user  # noqa: E402

APPROVE = {"action-workflow-action": "true", "workflow-action-name": "approve"}
JSON = {"Accept": "application/json"}
SECOND = {
    "background save with the act in it": (APPROVE, JSON),
    "background save": ({}, JSON),
    "second click": (APPROVE, {"X-Second": "yes"}),
}


def page_form(page):
    return {
        "title": page.title,
        "slug": page.slug,
        "introduction": "How to ask.",
        "audience": "everyone",
        "body-count": 0,
        "owner_role": page.owner_role_id,
        "review_months": 6,
        **{f"comments-{name}": value for name, value in FORMSET.items()},
        **revision(page),
    }


FORMSET = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": ""}


def request_form(wanted):
    names = "title description beneficiaries quantity unit unit_words postcode date_kind dbs kind".split()
    fields = {name: str(getattr(wanted, name) or "") for name in names}
    return {**fields, "organisation": wanted.organisation_id, "needed_by": str(wanted.needed_by), **revision(wanted)}


def revision(thing):
    newest = thing.latest_revision
    return {"loaded_revision_id": newest.pk, "loaded_revision_created_at": newest.created_at.isoformat()}


def both(who, url, form, second, view):
    """Post an approval and, at the same time, `second`; returns their two status codes."""
    has_read, is_through = threading.Event(), threading.Event()
    original, answers = view.form_valid, {}

    def held(self, *args, **kwargs):
        if self.request.headers.get("Accept") == "application/json" or self.request.headers.get("X-Second"):
            has_read.set()
            is_through.wait(3)
        return original(self, *args, **kwargs)

    def post(name, data, headers):
        client = Client(raise_request_exception=False, SERVER_NAME="127.0.0.1")
        client.force_login(who)
        try:
            answers[name] = client.post(url, data, headers=headers).status_code
        finally:
            connections.close_all()

    view.form_valid = held
    try:
        data, headers = second
        late = threading.Thread(target=post, args=("second", form | data, headers))
        late.start()
        has_read.wait(2)
        early = threading.Thread(target=post, args=("approval", form | APPROVE, {}))
        early.start()
        early.join(1.5)
        is_through.set()
        early.join(30)
        late.join(30)
    finally:
        view.form_valid = original
    return answers


def main():
    root = User.objects.create_superuser("root@example.org", "x", name="Root")
    edie, alice = make_user("edie"), make_user("alice")
    group = make_organisation("Lunch Club", "vcse", alice, charity_number="1012345")
    role = make_role("Keeper", make_user("cara", "Contract managers"))
    found = {}
    for name, second in SECOND.items():
        page = make_page(f"Advice {name}", role, live=False)
        page.save_revision(user=edie)
        Workflow.objects.get(name="Approval by the owner").start(page, edie)
        page.refresh_from_db()
        answers = both(root, f"/admin/pages/{page.pk}/edit/", page_form(page), second, EditView)
        found[f"page: {name}"] = outcome(Page.objects.get(pk=page.pk), answers)

        wanted = make_request(group, live=False)
        moderation.submit(wanted, by=alice)
        wanted.refresh_from_db()
        url = reverse(Request.snippet_viewset.get_url_name("edit"), args=[wanted.pk])
        answers = both(root, url, request_form(wanted), second, SnippetEditView)
        found[f"request: {name}"] = outcome(Request.objects.get(pk=wanted.pk), answers)
    print(json.dumps(found))


def outcome(thing, answers):
    return {
        "live": thing.live,
        "unpublished changes": thing.has_unpublished_changes,
        "waits": thing.workflow_in_progress,
        "errors": sum(status >= 500 for status in answers.values()),
        "answers": answers,
    }


if __name__ == "__main__":
    main()
