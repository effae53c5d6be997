"""Publishing a social value model takes a second person, who publishes what the first one asked for."""

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from guidance.models import Mapping, Outcome, SocialValueModel
from guidance.outcomes import publishing

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(people):
    for name in ("edie", "pat", "mo"):
        people[name].groups.add(Group.objects.get(name="Programme team"))
    return people


def test_a_second_person_is_asked_and_the_asker_can_not_publish(old, new, team):
    publishing.ask(new, by=team["edie"])
    assert sorted(message.to[0] for message in mail.outbox) == ["mo@example.org", "pat@example.org"]
    with pytest.raises(ValidationError, match="a second person has to publish it"):
        publishing.publish(new, by=team["edie"])
    publishing.publish(new, by=team["pat"])


def test_whoever_wrote_any_of_it_is_no_second_person(old, new, team, client):
    client.force_login(team["pat"])
    address = f"/admin/social-value/{new.pk}/"
    file = SimpleUploadedFile("lines.csv", b"level,code,title\noutcome,P,Outcome P anew\n")
    assert client.post(address, {"file": file, "lines": ""}).status_code == 302
    publishing.ask(new, by=team["edie"])
    assert [message.to[0] for message in mail.outbox] == ["mo@example.org"]
    with pytest.raises(ValidationError, match="You prepared"):
        publishing.publish(new, by=team["pat"])
    publishing.publish(new, by=team["mo"])


def test_what_changed_since_it_was_asked_for_is_asked_for_again(old, new, team):
    publishing.ask(new, by=team["edie"])
    Outcome.objects.filter(code="P", model=new).update(title="Something else")
    with pytest.raises(ValidationError, match="has changed since"):
        publishing.publish(new, by=team["pat"])
    publishing.ask(new, by=team["edie"])
    publishing.publish(new, by=team["pat"])


@pytest.mark.parametrize(
    "change", [{"is_councils_own": False}, {"description": "Other"}, {"source": "https://x.example"}]
)
def test_whatever_changes_of_the_version_is_asked_for_again(change, old, new, team):
    publishing.ask(new, by=team["edie"])
    SocialValueModel.objects.filter(pk=new.pk).update(**change)
    with pytest.raises(ValidationError, match="has changed since"):
        publishing.publish(new, by=team["pat"])


def test_whoever_deleted_a_part_of_it_or_mapped_it_is_no_second_person(old, new, team, client):
    extra = Outcome.objects.create(model=new, code="X", title="Extra")
    mapping = Mapping.objects.filter(target__model=new).first()
    for who, address in (("pat", f"model_line/delete/{extra.pk}"), ("mo", f"model_mapping/delete/{mapping.pk}")):
        client.force_login(team[who])
        client.post(f"/admin/{address}/")
    assert publishing.authors(new) >= {team["pat"].pk, team["mo"].pk}
    assert not Outcome.objects.filter(pk=extra.pk).exists()
    assert not Mapping.objects.filter(pk=mapping.pk).exists()


def test_it_is_sent_back_with_a_reason_that_the_asker_reads(old, new, team):
    publishing.ask(new, by=team["edie"])
    mail.outbox.clear()
    with pytest.raises(ValidationError, match="Say why"):
        publishing.send_back(new, " ", by=team["pat"])
    publishing.send_back(new, "Line P is wrong", by=team["pat"])
    assert [(message.to, "Line P is wrong" in message.body) for message in mail.outbox] == [
        (["edie@example.org"], True)
    ]
    with pytest.raises(ValidationError, match="Ask a second person"):
        publishing.publish(new, by=team["pat"])


def test_the_database_refuses_one_person_for_both(old, new, team):
    publishing.ask(new, by=team["edie"])
    with pytest.raises(IntegrityError), transaction.atomic():
        SocialValueModel.objects.filter(pk=new.pk).update(published_by=team["edie"])
