"""Leaving and being taken out: asked first, told to both, and details that two people change do not overwrite."""

import pytest
from django.urls import reverse

from organisations.models import Membership, Organisation, OrganisationChange
from tests.conftest import make_organisation, markup

pytestmark = pytest.mark.django_db


@pytest.fixture
def club(people):
    club = make_organisation("Lunch Club", "vcse", people["alice"])
    Membership.objects.create(organisation=club, user=people["bob"], role="owner", admitted_at=club.created_at)
    return club


def removal(club, person):
    return reverse("person_remove", args=[club.pk, club.memberships.get(user=person).pk])


def test_removing_is_asked_about_then_told_to_the_person_and_the_owners(club, people, client, mailoutbox):
    client.force_login(people["alice"])
    page = markup(client.get(removal(club, people["bob"])))
    assert "Remove Bob from Lunch Club?" in page and club.memberships.count() == 2
    client.post(removal(club, people["bob"]))
    assert club.memberships.count() == 1
    assert [message.to for message in mailoutbox if "no longer acts for" in message.subject] == [["bob@example.org"]]
    page = markup(client.get(club.get_absolute_url()))
    assert "The only owner: make somebody else owner before you leave." in page
    assert "Make member" not in page and removal(club, people["alice"]) not in page


def test_leaving_is_asked_about_and_told_to_the_other_owner(club, people, client, mailoutbox):
    client.force_login(people["bob"])
    assert "Leave Lunch Club?" in markup(client.get(removal(club, people["bob"])))
    page = markup(client.post(removal(club, people["bob"]), follow=True))
    assert "You have left Lunch Club." in page
    assert [message.to for message in mailoutbox] == [["alice@example.org"]]


def details(page):
    """What a browser sends back of a form as it stands on a page."""
    form = page.context["form"]
    given = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in given.items() if value not in (None, False)}


def test_two_owners_details_do_not_overwrite_each_other(club, people, client):
    Organisation.objects.filter(pk=club.pk).update(charity_number="1012345", postcode="RH2 0SY")
    address = reverse("organisation_edit", args=[club.pk])
    client.force_login(people["alice"])
    first = details(client.get(address))
    second = details(client.get(address))
    client.post(address, first | {"contact_phone": "01737 111111"})
    client.post(address, second | {"safeguarding_lead": "", "contact_name": "Bob Baker"})
    kept = Organisation.objects.get(pk=club.pk)
    assert (kept.contact_name, kept.contact_phone) == ("Bob Baker", "01737 111111")
    answer = client.post(address, first | {"contact_phone": "01737 222222"})
    assert Organisation.objects.get(pk=club.pk).contact_phone == "01737 111111"
    assert "01737 111111" in markup(answer)


def test_a_groups_postcode_lies_in_the_county_or_near_it(club, people, client):
    Organisation.objects.filter(pk=club.pk).update(charity_number="1012345", postcode="RH2 0SY")
    client.force_login(people["alice"])
    address = reverse("organisation_edit", args=[club.pk])
    page = client.post(address, details(client.get(address)) | {"postcode": "KT99 9ZZ"})
    assert page.status_code == 200 and page.context["form"].errors["postcode"]
    assert Organisation.objects.get(pk=club.pk).postcode == "RH2 0SY"


def test_a_group_that_waits_is_told_by_when_and_that_it_may_submit(people, client):
    group = make_organisation("New Club", "vcse", people["alice"], state="waiting")
    client.force_login(people["alice"])
    page = markup(client.get(group.get_absolute_url()))
    assert "It should answer by" in page and "the council decides about both together" in page


def test_two_owners_proposals_do_not_overwrite_each_other(club, people, client):
    Organisation.objects.filter(pk=club.pk).update(charity_number="1012345", postcode="RH2 0SY")
    address = reverse("organisation_edit", args=[club.pk])
    client.force_login(people["alice"])
    first, second = details(client.get(address)), details(client.get(address))
    client.post(address, first | {"name": "Lunch and Tea Club"})
    answer = client.post(address, second | {"name": "Dinner Club"})
    assert "Lunch and Tea Club" in markup(answer) and answer.context["form"].errors["name"]
    assert OrganisationChange.objects.get().details["name"][1] == "Lunch and Tea Club"
    again = details(answer) | {"name": "Dinner Club", "seen": answer.context["form"]["seen"].value()}
    client.post(address, again)
    assert OrganisationChange.objects.order_by("pk").last().details["name"][1] == "Dinner Club"
