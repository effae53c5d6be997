"""Every e-mail there is, found by walking the templates, made by the code that sends it, with awkward names.

A template without an entry here fails the test; so does an entry whose template is gone. Each message is held to
what a reader needs: who it is about, what happened, why, what to do next and where.
"""

import html
import re
from copy import deepcopy
from pathlib import Path
from urllib.parse import urlsplit

import allauth
import pytest
from django.conf import settings
from django.test import override_settings
from django.urls import resolve

from golden_thread.models import Officer
from mail import composing
from mail.models import Message
from organisations import emails as organisation_emails
from organisations import memberships
from organisations.models import Organisation, User
from requests_app import moderation
from tests import once
from tests.conftest import make_request
from tests.mail.cases import NAMELESS, NEVER_SENT, STEPS
from tests.mail.stage import REASON, SEEN_CLUB, TITLE, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]  # words, of verbs that are tested on both
module_db = once.module_db

TEMPLATES = Path(settings.BASE_DIR) / "templates" / "emails"
LONG_LINE = 78  # columns; only a web address may be longer


@pytest.fixture(scope="module")
def first_stage(module_db):
    with override_settings(EMAIL_BACKEND="mail.outbox.OutboxBackend"):
        return Stage()


@pytest.fixture
def stage(db, first_stage):
    return deepcopy(first_stage)


def names_of(folder, strip=".txt"):
    return {str(path.relative_to(folder)).removesuffix(strip) for path in folder.rglob(f"*{strip}")}


def plain(text):
    """Words without the line breaks that wrapping put between them."""
    return re.sub(r"\s+", " ", text).strip()


def test_every_template_is_here_and_holds_something():
    assert {name.split(" ")[0] for name in STEPS} == names_of(TEMPLATES)
    assert [name for name in names_of(TEMPLATES) if not (TEMPLATES / f"{name}.txt").read_text().strip()] == []


def test_what_the_account_library_may_send_is_in_our_words():
    theirs = set()
    for app in ("account", "mfa"):
        folder = Path(allauth.__file__).parent / "templates" / app / "email"
        theirs |= {f"{app}/{name}" for name in names_of(folder, "_message.txt")} - {f"{app}/base"}
    assert theirs - NEVER_SENT.keys() == {name for name in STEPS if "/" in name}


@pytest.mark.parametrize("name", STEPS)
def test_each_says_who_what_why_and_what_next(name, stage, settings):
    settings.ALLOWED_HOSTS = ["*"]
    happens, in_subject, in_body, leads_to = STEPS[name]
    happens(stage)
    template = name.split(" ")[0]
    sent = [message for message in Message.objects.filter(kind=template) if message.state == "waiting"]
    assert sent, "nothing was written"
    for message in sent:
        body = message.content["body"]
        for words in in_subject:
            assert words in message.subject
        for words in in_body:
            assert plain(words) in plain(body), f"{words!r} is not in the text"
        person = User.objects.filter(email=message.address).first() or Officer.objects.filter(
            email=message.address).first()  # fmt: skip
        greeting = body.split("\n")[0]
        if template in NAMELESS:
            assert greeting == "Hello,"
        else:
            assert greeting == f"Hello {person.name.strip(chr(0x202E))},"
        assert body.rstrip().endswith("Community Marketplace, Surrey County Council\nhttp://127.0.0.1:8000")
        check_layout(message, body)
        check_dress(message, body)
        check_links(body, leads_to, own=name != "thread_officer")


def check_layout(message, body):
    for text in (message.subject, body):
        assert not re.search(r"&(#x?\w+|amp|lt|gt|quot);", text), "escaped for HTML"
        assert "{" not in text and "%}" not in text
        assert not set(text) & set("\u202e\u202c\r\t\0")
    assert "\n" not in message.subject and len(message.subject) <= 200
    assert "\n\n\n" not in body
    long = [line for line in body.split("\n") if len(line) > LONG_LINE and not line.startswith("http")]
    assert long == []


def check_dress(message, body):
    """The HTML says the words of the text, once each and in order, leads where it leads, and loads nothing."""
    ((dress, kind),) = message.content["alternatives"]
    assert kind == "text/html" and not re.search(r"<img|<script|src=|@import|url\(|\{\{|\{%", dress)
    said = html.unescape(re.sub(r"<style.*?</style>|<title.*?</title>|<[^>]+>", " ", dress, flags=re.S))
    links = [html.unescape(link) for link in re.findall(r'href="([^"]+)"', dress)]
    for word in re.sub(r"https?://\S+|^- ", " ", body, flags=re.M).replace(":", " ").split():
        assert word in said.replace(":", " "), word
    for link in re.findall(r"^http://127.0.0.1:8000\S*$", body, re.M):
        assert link in links
    assert all(link.startswith("http://127.0.0.1:8000") for link in links)


def check_links(body, leads_to, own):
    links = re.findall(r"https?://\S+", body)
    names = []
    for link in links:
        parts = urlsplit(link)
        assert f"{parts.scheme}://{parts.netloc}" == "http://127.0.0.1:8000", link
        if parts.path:
            names.append(resolve(parts.path).view_name)
    assert leads_to in names


def test_the_mail_of_a_stranger_holds_nothing_of_an_organisation_that_nobody_approved(stage):
    Organisation.objects.filter(pk=stage.group.pk).update(state="waiting", decided_at=None, decided_by=None)
    stage.group.refresh_from_db()
    memberships.invite(stage.group, "stranger@example.net", "member", by=stage.anna)
    message = Message.objects.get(address="stranger@example.net")
    for words in ("Children", "Club", "evil", "Anna", "O'Hara"):
        assert words not in message.subject + message.content["body"]


def test_moderators_are_told_in_our_words_of_a_request_that_was_submitted(stage):
    draft = make_request(stage.group, live=False, title=TITLE)
    moderation.submit(draft, by=stage.anna)
    message = Message.objects.get(address="staff@example.org", kind="")
    assert message.subject == f"Please read: {TITLE}"
    body = message.content["body"]
    assert body.startswith("Hello Staff,\n") and SEEN_CLUB in plain(body)
    assert resolve(urlsplit(re.search(r"http\S+/admin/\S+", body).group()).path)
    check_layout(message, body)


def page_in_approval(stage):
    stage.page.title = 'Ask "well" & often'
    stage.page.save_revision(user=stage.anna)
    return stage.page.get_workflow().start(stage.page, stage.anna).current_task_state.specific


def test_authors_are_told_in_our_words_of_a_page_that_was_approved(stage):
    page_in_approval(stage).approve(user=stage.staff)
    check_of_wagtail(stage, 'Approved: Ask "well" & often', "is public", "/ask-well/")


def test_authors_are_told_in_our_words_of_a_page_that_was_returned_and_why(stage):
    page_in_approval(stage).reject(user=stage.staff, comment=REASON)
    check_of_wagtail(stage, 'Returned: Ask "well" & often', REASON, f"/admin/pages/{stage.page.pk}/edit/")


def check_of_wagtail(stage, subject, words, path):
    message = Message.objects.get(address="anna@example.org", subject=subject)
    body = message.content["body"]
    assert plain(words) in plain(body)
    assert path in body
    assert body.startswith('Hello Anna "Ann" O\'Hara & Co,\n')
    check_layout(message, body)


def test_a_comment_on_a_page_is_told_in_our_words(stage):
    from types import SimpleNamespace

    from wagtail.admin.mail import send_notification

    words = {"new_comments": [SimpleNamespace(text=REASON)], "page": stage.page, "editor": stage.staff}
    send_notification([stage.anna], "updated_comments", words)
    check_of_wagtail(stage, 'Staff comments on Ask "well" & briefly', REASON, f"/admin/pages/{stage.page.pk}/edit/")


def test_each_notice_of_the_staff_admin_that_can_be_sent_is_in_our_words():
    """Wagtail sends these four; task_state_approved and _rejected, approved, rejected have no sender any more."""
    ours = names_of(TEMPLATES.parent / "wagtailadmin" / "notifications", "_subject.txt")
    assert ours == {"task_state_submitted", "workflow_state_approved", "workflow_state_rejected", "updated_comments"}


def test_an_empty_template_never_leaves(stage, monkeypatch):
    monkeypatch.setattr(composing, "words", lambda *args, **kwargs: ("", ""))
    with pytest.raises(composing.EmptyMessage):
        organisation_emails.organisation_received(stage.group)
