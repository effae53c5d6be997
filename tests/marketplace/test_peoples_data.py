"""People's data: retention by a command that first says what it would do, complaints with their clock, who saw what."""

import re
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from mail.models import Message
from marketplace import retention
from organisations import memberships
from organisations.models import Invitation, User
from requests_app import moderation, pledges, shortlist
from requests_app.models import ContactSeen, Request, Shortlisted
from talking.models import Report
from tests.conftest import make_request, make_user, markup

pytestmark = pytest.mark.django_db


def retain(*options):
    out = StringIO()
    call_command("retain", *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def old(group, people):
    """One of each kind that is too old, and one of each that is not."""
    with time_machine.travel(timezone.now() - timedelta(days=1500)):
        Request.objects.create(organisation=group, title="Forgotten", kind="goods", live=False)
        public = make_request(group, title="Public")
        memberships.invite(group, "late@example.org", "member", by=people["alice"])
        make_user("idle")
        shortlist.keep(people["sam"], public)
        Report.objects.create(path="/", why="other", at=timezone.now())  # open: kept whatever its age
        settled = Report.objects.create(path="/", why="other", at=timezone.now())
        Report.objects.filter(pk=settled.pk).update(state="settled", settled_at=timezone.now(), outcome="Done")
    Request.objects.create(organisation=group, title="Fresh", kind="goods", live=False)
    return public


def test_a_dry_run_counts_and_changes_nothing(old):
    said = retain("--dry-run")
    assert "1 drafts that were never public" in said and "Nothing was changed." in said
    assert Request.objects.filter(title="Forgotten").exists() and User.objects.filter(email="idle@example.org").exists()


def test_what_is_too_old_goes_and_all_else_stays(old, people):
    retain()
    assert set(Request.objects.values_list("title", flat=True)) == {"Public", "Fresh"}
    assert not User.objects.filter(email="idle@example.org").exists()
    assert User.objects.filter(email="alice@example.org").exists()
    assert not Invitation.objects.filter(email="late@example.org").exists() and not Shortlisted.objects.exists()
    assert [report.state for report in Report.objects.all()] == ["open"]
    assert set(retention.apply().values()) == {0}


def test_a_draft_that_a_moderator_has_is_kept(group, people):
    with time_machine.travel(timezone.now() - timedelta(days=1500)):
        draft = make_request(group, title="With a moderator", live=False)
        moderation.submit(draft, by=people["alice"])
    retain()
    assert Request.objects.filter(title="With a moderator").exists()


def test_every_period_is_a_setting(settings, old):
    for rule in retention.RULES:
        setattr(settings, rule.setting, 4000)
    assert set(retention.apply().values()) == {0}


def test_a_complaint_is_acknowledged_at_once_with_its_day(client, people, settings):
    settings.EMAIL_BACKEND = "mail.outbox.OutboxBackend"
    page = reverse("complaint_new")
    assert "Enter the address to which we answer" in markup(client.post(page, {"text": "You told my boss"}))
    answer = markup(client.post(page, {"text": "You told my boss", "email": "ann@example.net"}))
    due = timezone.localdate() + timedelta(days=30)
    assert f"{due:%-d %B %Y}" in answer
    told = Message.objects.get(address="ann@example.net")
    assert told.kind == "complaint_received" and f"{due:%-d %B %Y}" in " ".join(told.content["body"].split())
    client.force_login(people["mo"])
    left = int(re.search(r"(\d+) days left", markup(client.get(reverse("report_queue"))))[1])
    assert 15 <= left <= 22  # working days of thirty days


def test_whoever_is_shown_contact_details_is_noted_once_a_day(client, group, supplier, people):
    made = pledges.offer(make_request(group, 10), supplier, 4, by=people["sam"])
    client.force_login(people["sam"])
    client.get(made.get_absolute_url())
    assert not ContactSeen.objects.exists()  # nothing is shown before it is accepted
    pledges.accept(made, by=people["alice"])
    for _ in range(2):
        client.get(made.get_absolute_url())
    row = ContactSeen.objects.get()
    assert (row.organisation, row.by) == (group, people["sam"])
    client.force_login(people["alice"])
    page = markup(client.get(reverse("my_contacts_seen")))
    assert people["sam"].name in page and made.request.title in page
    client.force_login(people["tess"])
    assert people["sam"].name not in markup(client.get(reverse("my_contacts_seen")))
