"""The screens on which guidance is governed: what each refuses by its words, and what has changed when it does not."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Collection

from guidance import checks
from guidance.models import Action, Download, Holder, Outcome, ReviewTask
from guidance.outcomes import mappings, publishing
from guidance.pages.types import PriorityPage
from tests.conftest import make_page, make_request, make_role, make_user, markup

pytestmark = pytest.mark.django_db


@pytest.fixture
def edie(people, client):
    client.force_login(people["edie"])
    return client


@pytest.fixture
def programme(people, client):
    people["cara"].groups.add(Group.objects.get(name="Programme team"))
    client.force_login(people["cara"])
    return client


def test_an_appointment_that_is_to_come_is_taken_back(people, programme):
    role = make_role("Champion", people["edie"])
    address = reverse("role_appoint", args=[role.pk])
    soon = timezone.localdate() + timedelta(days=10)
    answer = programme.post(address, {"appoint": "", "user": people["dee"].pk, "starts_on": soon.isoformat()})
    assert answer.status_code == 302
    assert Holder.objects.filter(role=role, user=people["dee"], starts_on=soon).exists()
    programme.post(address, {"cancel": ""})
    assert list(Holder.objects.filter(role=role).values_list("user__name", "ends_on")) == [("Edie", None)]
    nothing = markup(programme.post(address, {"cancel": ""}, follow=True))
    assert "Nobody" in nothing or "nobody" in nothing


def test_a_role_that_ends_is_not_held_beyond_its_end(people, programme):
    today = timezone.localdate()
    role = make_role("Interim", valid_to=today + timedelta(days=5))
    late = (today + timedelta(days=6)).isoformat()
    page = markup(
        programme.post(
            reverse("role_appoint", args=[role.pk]), {"appoint": "", "user": people["dee"].pk, "starts_on": late}
        )
    )
    assert "This role ends on" in page
    assert not role.holders.exists()


def test_a_task_is_closed_by_who_may_with_what_was_done(old, people, edie):
    task = ReviewTask.objects.create(
        model=old, role=make_role("Keeper", people["edie"]), what="Rewrite", opened_at=timezone.now()
    )
    address = reverse("task_close", args=[task.pk])
    assert edie.post(address, {"words": " "}).status_code == 422
    task.refresh_from_db()
    assert task.closed_at is None
    edie.post(address, {"words": "Rewritten"})
    task.refresh_from_db()
    assert (task.outcome, task.closed_by) == ("Rewritten", people["edie"])
    assert edie.post(address, {"words": "Again"}).status_code == 422
    edie.force_login(people["dee"])
    assert edie.post(address, {"words": "Mine"}).status_code in (302, 403)
    task.refresh_from_db()
    assert task.outcome == "Rewritten"


def test_an_action_is_reported_on_and_its_target_is_not_before_its_beginning(people, edie):
    today = timezone.localdate()
    action = Action.objects.create(
        title="Act", owner=make_role("Keeper", people["edie"]), opened_on=today, first_target_on=today
    )
    address = reverse("action_report", args=[action.pk])
    early = (today - timedelta(days=1)).isoformat()
    page = edie.post(address, {"status": "under_way", "done": "Begun", "target_on": early})
    assert "The target date is before the action was opened." in markup(page)
    assert not action.updates.filter(done="Begun").exists()
    edie.post(address, {"status": "under_way", "done": "Begun", "target_on": today.isoformat()})
    assert action.updates.get(done="Begun").by == people["edie"]


def test_a_version_is_withdrawn_with_its_reason_by_the_programme_team(old, programme):
    address = reverse("model_withdraw", args=[old.pk])
    assert programme.post(address, {"words": ""}).status_code == 422
    old.refresh_from_db()
    assert old.state == "published"
    programme.post(address, {"words": "Published by mistake"})
    old.refresh_from_db()
    assert old.state == "withdrawn"
    again = markup(programme.post(address, {"words": "Again"}))
    assert "Only a published version can be withdrawn." in again


def test_a_version_is_sent_back_on_the_screen_with_its_reason(old, new, people, client):
    asker, second = make_user("asker", "Programme team"), make_user("second", "Programme team")
    publishing.ask(new, by=asker)
    client.force_login(second)
    address = reverse("model_publish", args=[new.pk])
    said = {"send_back": "", "seen": publishing.digest(new), "reason": "Line R is missing its unit"}
    client.post(address, said)
    new.refresh_from_db()
    assert (new.state, new.asked_by) == ("draft", None)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (f"X,P,same,,{'x' * 501}\n", "The basis is longer than"),
        ("X,P,same,,,Q\n", "Confidence “Q” is not V or C."),
    ],
)
def test_a_mapping_s_own_words_are_bounded(rows, words, new):
    data = f"from,to,relation,share,basis,confidence\n{rows}".encode()
    report = mappings.read(new, data)
    assert words in str(report.problems)
    assert not report.saved


def test_a_version_without_one_before_it_has_no_mapping(old):
    report = mappings.read(old, b"from,to,relation\nX,P,same\n")
    assert "there is nothing to map from" in str(report.problems)


def test_documents_are_named_by_what_they_are_and_programs_are_refused(people, edie):
    address = reverse("wagtaildocs:add")
    said = {"title": "Terms", "collection": Collection.get_first_root_node().pk}
    program = SimpleUploadedFile("terms.pdf", b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff")
    assert edie.post(address, said | {"file": program}).status_code == 200
    assert not Download.objects.exists()
    edie.post(address, said | {"file": SimpleUploadedFile("terms.txt", b"These are the terms.")})
    document = Download.objects.get()
    assert document.file_extension == "txt"
    edie.post(reverse("wagtaildocs:edit", args=[document.pk]), said | {"title": "New terms"})
    assert Download.objects.get().title == "New terms"


def test_a_page_shows_a_download_with_its_kind_and_size_and_the_requests_it_is_about(group, keeper, client):
    make_request(group, title="Paint our hall")
    document = Download.objects.create(title="Terms", file=ContentFile(b"These are the terms.", "terms.txt"))
    body = [
        {"type": "download", "value": {"document": document.pk, "title": "Our terms", "words": "Read them first"}},
        {"type": "requests", "value": {"heading": "Open now", "kind": "volunteers", "district": None, "most": 5}},
    ]
    shown = markup(client.get(make_page(owner=keeper, body=body).url))
    assert "(TXT, 20" in shown
    assert "Paint our hall" in shown


def test_a_priority_page_lists_the_requests_that_serve_it(group, keeper, client):
    outcome = Outcome.objects.filter(model__state="published", model__is_councils_own=True, level="outcome").first()
    make_request(group, title="Paint our hall", outcome=outcome)
    make_request(group, title="Serves nothing")
    page = make_page("Our priority", keeper, kind=PriorityPage, outcome=outcome)
    shown = markup(client.get(page.url))
    assert "Paint our hall" in shown
    assert "Serves nothing" not in shown


@pytest.mark.parametrize(
    "html",
    [
        '<a href="mailto:marketplace@example.org">Write to us</a>',
        '<a href="tel:+441234567890">Call us</a>',
        '<a href="#terms">The terms below</a>',
        '<a href="/requests/">Find a request</a>',
        '<a href="https://www.gov.uk/guidance">Guidance on gov.uk</a>',
    ],
)
def test_a_link_that_works_is_no_remark(html, keeper, settings):
    settings.SUPPORT_EMAIL = "marketplace@example.org"
    body = [{"type": "text", "value": f"<p>{html} for more words.</p>"}]
    assert [remark for remark in checks.of(make_page(owner=keeper, body=body)) if "link" in remark.kind] == []


def test_an_address_that_cannot_be_read_and_a_withdrawn_version_are_named(old, keeper):
    old.state = "withdrawn"
    old.save()
    page = make_page(owner=keeper, body=[{"type": "text", "value": '<p><a href="http://[bad">Words</a></p>'}])
    page.model, page.owner_role = old, None
    said = " ".join(remark.words for remark in checks.of(page))
    assert "which is not an address" in said
    assert "This page rests on a withdrawn version" in said
    assert "No role owns this page." in said
