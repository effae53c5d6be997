"""A case study is drafted from what was confirmed and said in public, and finished by an editor."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from requests_app import deliveries, pledges, telling, thanking
from requests_app.models import CaseStudyPage
from tests.conftest import make_section

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(wanted, supplier, people):
    """A delivery of 4 hours, confirmed, with thanks in public."""
    pledge = pledges.offer(wanted, supplier, Decimal(4), by=people["sam"])
    pledges.accept(pledge, by=people["alice"])
    delivery = deliveries.claim(pledge, Decimal(4), timezone.localdate(), by=people["sam"])
    deliveries.confirm(delivery, by=people["alice"])
    delivery.refresh_from_db()
    thanking.say(delivery, "The <hall> has not looked so bright", None, True, by=people["alice"])
    make_section("guidance")
    make_section("case-studies")
    return delivery


def test_the_draft_holds_the_facts_and_the_thanks_and_no_person(told, people, client):
    client.force_login(people["edie"])
    assert "has not looked so bright" in client.get(reverse("stories")).content.decode()
    answer = client.post(reverse("story_draft", args=[told.pk]))
    page = CaseStudyPage.objects.get()
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert (page.live, page.delivery, page.get_parent().slug) == (False, told, "case-studies")
    assert page.quotation == "The <hall> has not looked so bright"
    text = str(page.body)
    assert "The group confirmed 4 hours" in text and "Builder Ltd pledged 4 hours" in text and telling.TO_FINISH in text
    for person in people.values():
        assert person.name not in text or not person.name
    assert client.get(answer.url).status_code == 200
    assert "Every delivery" in client.get(reverse("stories")).content.decode()


def test_it_is_drafted_once(told, people):
    telling.draft(told, by=people["edie"])
    with pytest.raises(ValidationError, match="already"):
        telling.draft(told, by=people["edie"])


def test_thanks_that_are_not_for_the_public_are_not_told(told, people):
    thanking.take_back_consent(told.thanks)
    assert not telling.worth_telling().exists()
    with pytest.raises(ValidationError):
        telling.draft(told, by=people["edie"])


def test_whoever_may_write_nowhere_neither_sees_nor_drafts(told, people, client):
    client.force_login(people["cara"])
    assert client.get(reverse("stories")).status_code in (302, 403)
    client.post(reverse("story_draft", args=[told.pk]))
    assert not CaseStudyPage.objects.exists()
    assert reverse("stories") not in client.get("/admin/").content.decode()
    client.force_login(people["edie"])
    assert reverse("stories") in client.get("/admin/").content.decode()
