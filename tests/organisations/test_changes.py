"""An approval is of what was approved: a change of it waits, and the old details stay in force and in public."""

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from organisations import approvals, changes, memberships
from organisations.models import Organisation, OrganisationChange
from organisations.shown import fingerprint
from tests.conftest import make_request

pytestmark = pytest.mark.django_db


def form_of(organisation, **changed):
    names = "name what_it_does charity_number company_number postcode website contact_name contact_email contact_phone"
    return {name: getattr(organisation, name) for name in names.split()} | changed


def edit(client, organisation, **changed):
    return client.post(
        reverse("organisation_edit", args=[organisation.pk]), form_of(organisation, **changed), follow=True
    )


@pytest.fixture
def alice(people, client):
    client.force_login(people["alice"])
    return people["alice"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "Surrey Police Fund"),
        ("charity_number", "9999999"),
        ("company_number", "09999999"),
        ("website", "https://evil.example/"),
        ("what_it_does", "Collects money"),
    ],
)
def test_what_was_approved_waits_for_the_council(field, value, group, alice, client):
    before = getattr(group, field)
    page = edit(client, group, **{field: value}).content.decode()
    assert "stays as it was until it agrees" in page
    assert "A change waits for the council" in page
    group.refresh_from_db()
    assert (group.state, getattr(group, field)) == ("approved", before)
    assert group.changes.get().details == {field: [before, value]}
    told = {message.to[0]: message.subject for message in mail.outbox}
    assert told.keys() == {"alice@example.org", "bob@example.org", "mo@example.org"}


def test_the_public_sees_the_old_name_until_the_council_agrees_and_the_log_keeps_both(group, alice, people, client):
    request = make_request(group)
    edit(client, group, name="Surrey Police Fund")
    client.logout()
    assert "Lunch Club" in client.get(request.get_absolute_url()).content.decode()
    assert "Police" not in client.get(reverse("requests")).content.decode()
    changes.agree(group.changes.get(), "It is on the register", by=people["mo"])
    assert "Surrey Police Fund" in client.get(request.get_absolute_url()).content.decode()
    log = {entry.action: entry.data for entry in ModelLogEntry.objects.filter(object_id=group.pk)}
    assert log["organisations.change_proposed"]["changes"] == {"name": ["Lunch Club", "Surrey Police Fund"]}
    assert log["organisations.change_agreed"]["reason"] == "It is on the register"


def test_contact_details_change_at_once_and_are_logged(group, alice, client):
    edit(client, group, contact_name="Brenda", contact_email="brenda@example.org")
    group.refresh_from_db()
    assert (group.contact_name, group.changes.count()) == ("Brenda", 0)
    entry = ModelLogEntry.objects.get(action="organisations.change")
    assert entry.data["changes"]["contact_name"] == ["Contact of Lunch Club", "Brenda"]


def test_both_kinds_of_change_in_one_form_go_their_own_ways(group, alice, client):
    edit(client, group, contact_name="Brenda", name="Dinner Club")
    group.refresh_from_db()
    assert (group.contact_name, group.name) == ("Brenda", "Lunch Club")
    assert group.changes.get().lines == ["Name: Lunch Club → Dinner Club"]


def test_a_new_proposal_takes_the_place_of_the_old_and_the_old_details_take_it_back(group, alice, client):
    edit(client, group, name="Dinner Club")
    assert 'value="Dinner Club"' in client.get(reverse("organisation_edit", args=[group.pk])).content.decode()
    edit(client, group, name="Dinner Club")
    assert group.changes.count() == 1
    edit(client, group, name="Supper Club")
    assert [change.state for change in group.changes.order_by("pk")] == ["replaced", "waiting"]
    edit(client, group, name="Lunch Club")
    assert {change.state for change in group.changes.all()} == {"replaced"}


def test_a_change_that_is_not_agreed_leaves_all_as_it_was_with_the_reason_told(group, alice, people, client):
    edit(client, group, name="Dinner Club")
    client.force_login(people["mo"])
    page = reverse("organisation_decide", args=[group.pk])
    shown = client.get(page).content.decode()
    assert "Name: Lunch Club → Dinner Club" in shown
    assert "Give a reason" in client.post(page, {"disagree": "", "reason": " "}).content.decode()
    mail.outbox.clear()
    client.post(page, {"disagree": "", "reason": "Not on the register"})
    assert mail.outbox == []  # what was shown has to be said with it
    client.post(page, {"disagree": "", "reason": "Not on the register", "seen": fingerprint(group)})
    group.refresh_from_db()
    assert (group.name, group.state, group.changes.get().state) == ("Lunch Club", "approved", "refused")
    assert all("Not on the register" in message.body for message in mail.outbox)
    assert len(mail.outbox) == 2


def test_nobody_decides_on_other_details_than_those_they_were_shown(group, alice, people, client):
    edit(client, group, name="Dinner Club")
    client.force_login(people["mo"])
    page = reverse("organisation_decide", args=[group.pk])
    seen = client.get(page).context["seen"]
    group.name = "Surrey Police Fund"
    changes.change(group, by=people["alice"])
    answer = client.post(page, {"agree": "", "reason": "Fine", "seen": seen})
    assert "changed its details since you opened the page" in answer.content.decode()
    group.refresh_from_db()
    assert group.name == "Lunch Club"


def test_an_organisation_that_waits_is_not_approved_as_something_else(people, client):
    waiting = Organisation(kind="vcse", name="Toddlers", charity_number="1012345", contact_name="C")
    memberships.found(waiting, by=people["charlie"])
    client.force_login(people["mo"])
    page = reverse("organisation_decide", args=[waiting.pk])
    seen = client.get(page).context["seen"]
    Organisation.objects.filter(pk=waiting.pk).update(name="Surrey Police Fund")
    client.post(page, {"approve": "", "reason": "Fine", "seen": seen})
    waiting.refresh_from_db()
    assert waiting.state == "waiting"


def test_a_press_of_no_button_decides_nothing(group, people, client):
    client.force_login(people["mo"])
    page = reverse("organisation_decide", args=[group.pk])
    before = Organisation.objects.values().get(pk=group.pk)
    assert client.post(page, {"reason": "Why"}).status_code == 400
    assert client.post(page, {"reason": "Why", "agree": ""}).status_code == 422
    assert Organisation.objects.values().get(pk=group.pk) == before


def test_two_answers_to_one_change(group, alice, people, client):
    edit(client, group, name="Dinner Club")
    proposed = group.changes.get()
    changes.refuse(proposed, "No", by=people["mo"])
    with pytest.raises(ValidationError, match="answered already"):
        changes.agree(proposed, "Yes", by=people["mo"])
    group.refresh_from_db()
    assert group.name == "Lunch Club"


def test_the_database_keeps_one_waiting_change_and_whole_decisions(group, people):
    fields = {"organisation": group, "details": {}, "proposed_at": timezone.now(), "proposed_by": people["alice"]}
    OrganisationChange.objects.create(**fields)
    for broken in ({}, {"state": "agreed"}, {"state": "refused", "decided_by": people["mo"]}):
        with pytest.raises(IntegrityError), transaction.atomic():
            OrganisationChange.objects.create(**fields | broken)


def test_a_refused_organisation_saves_at_once_and_asks_again(group, alice, people, client):
    approvals.close(group, "Gone", by=people["mo"])
    Organisation.objects.filter(pk=group.pk).update(state="refused")
    page = edit(client, group, name="Dinner Club").content.decode()
    assert "asked again" in page
    group.refresh_from_db()
    assert (group.name, group.state, group.changes.count()) == ("Dinner Club", "waiting", 0)


def test_it_is_on_the_list_of_what_waits(group, alice, people, client):
    edit(client, group, name="Dinner Club")
    client.force_login(people["mo"])
    assert f"{group} changes its details" in client.get(reverse("dashboard")).content.decode()
    assert "Wants to change its details" in client.get(reverse("organisation_queue:index")).content.decode()


def test_closing_ends_what_waits_and_a_closed_organisation_keeps_its_face(group, alice, people, client):
    edit(client, group, name="Surrey Police Fund")
    proposed = group.changes.get()
    approvals.close(group, "It has ended.", by=people["mo"])
    with pytest.raises(ValidationError, match="answered already"):
        changes.agree(proposed, "Fine.", by=people["mo"])
    page = edit(client, group, name="Surrey Police Fund", website="https://evil.example/").content.decode()
    assert "The council has closed this organisation" in page
    edit(client, group, contact_phone="01632 960999")
    group.refresh_from_db()
    assert (group.name, group.website, group.contact_phone) == ("Lunch Club", "", "01632 960999")


def test_a_proposal_about_other_details_than_those_in_force_is_not_agreed_to(group, alice, people, client):
    edit(client, group, name="Surrey Police Fund")
    Organisation.objects.filter(pk=group.pk).update(name="Renamed by a command")
    with pytest.raises(ValidationError, match="changed since this was proposed"):
        changes.agree(group.changes.get(), "Fine.", by=people["mo"])
    assert group.changes.get().state == "waiting"


def test_what_nobody_has_to_be_told_of_has_no_daily_limit(group, alice, client):
    for number in range(12):
        edit(client, group, contact_phone=f"01632 9601{number:02}")
    group.refresh_from_db()
    assert group.contact_phone == "01632 960111"
