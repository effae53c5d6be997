"""What the front page tells: a story only of what was confirmed, what arrived lately, and where help is needed."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.cache import caches
from django.urls import reverse
from django.utils import timezone

from marketplace import front
from places.models import District
from requests_app import deliveries, pledges
from requests_app.models import CaseStudyPage, Delivery, Request, RequestTotals
from tests.conftest import make_request, make_role, markup

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def anew():
    caches["local"].clear()
    caches["pages"].clear()


@pytest.fixture
def delivered(group, supplier, people):
    """Two deliveries of one pledge: five hours confirmed, two only claimed."""
    request = Request.objects.for_page().get(pk=make_request(group, 20, title="Paint our hall").pk)
    pledge = pledges.offer(request, supplier, Decimal(10), by=people["sam"])
    pledges.accept(pledge, by=people["alice"])
    day = timezone.localdate()
    first = deliveries.claim(pledge, Decimal(5), day, by=people["sam"])
    deliveries.claim(pledge, Decimal(2), day, by=people["sam"])
    deliveries.confirm(first, by=people["alice"])
    return Delivery.objects.with_pledge().get(pk=first.pk)


def tell(delivery, **words):
    root = CaseStudyPage.get_first_root_node()
    words |= {
        "title": "A painted hall",
        "slug": "hall",
        "introduction": "How it went.",
        "owner_role": make_role("Team"),
    }
    page = CaseStudyPage(delivery=delivery, **words)
    return root.add_child(instance=page)


def test_only_what_a_group_confirmed_has_arrived(delivered):
    assert [(row.pk, row.words) for row in front.arrived()] == [(delivered.pk, "")]
    Request.objects.update(live=False)
    assert front.arrived() == []


def test_a_story_needs_the_groups_own_words_and_a_delivery_that_stands(delivered):
    page = tell(delivered, quotation="They came back twice.", live=True)
    assert front.story() == page
    assert front.arrived()[0].words == "They came back twice."
    for change in ({"quotation": ""}, {"live": False}, {"delivery": None}):
        CaseStudyPage.objects.filter(pk=page.pk).update(
            quotation="They came back twice.", live=True, delivery=delivered
        )
        CaseStudyPage.objects.filter(pk=page.pk).update(**change)
        assert front.story() is None, change
    CaseStudyPage.objects.update(quotation="They came back twice.", live=True, delivery=delivered)
    Delivery.objects.filter(pk=delivered.pk).update(confirmed=None, verified=None, state="claimed")
    assert front.story() is None


def test_the_front_page_shows_it_and_the_map_counts_open_requests_by_district(client, delivered, group):
    tell(delivered, quotation="They came back twice.", quoted="Trustee", live=True)
    woking = District.objects.get(name="Woking")
    make_request(group, 5, title="Chairs", district=woking)
    past = make_request(group, 5, title="Past", district=woking)
    RequestTotals.objects.filter(request=past).update(needed_by=timezone.localdate() - timedelta(days=1))
    page = markup(client.get("/"))
    assert "“They came back twice.”" in page and "Trustee" in page
    assert "5 hours" in page or "They came back twice" in page
    counted = RequestTotals.objects.in_need_on(timezone.localdate()).filter(district=woking.pk).count()
    assert f'aria-label="Woking: {counted} open request' in page
    assert f'href="/requests/?district={woking.pk}"' in page


def test_the_list_as_a_map_keeps_what_was_searched_for(client, group):
    woking, guildford = (District.objects.get(name=name) for name in ("Woking", "Guildford"))
    for number, district in enumerate((woking, woking, guildford, None)):
        make_request(group, 5, title=f"Chairs {number}", district=district, remote=district is None)
    page = markup(client.get(reverse("requests"), {"view": "map", "q": "chairs"}))
    assert 'aria-label="Woking: 2 requests"' in page
    assert 'aria-label="Guildford: 1 request"' in page
    assert 'aria-label="Tandridge: 0 requests"' in page
    assert "1 more can be given from anywhere" in page
    assert f'href="?q=chairs&amp;district={woking.pk}"' in page
    assert '<input type="hidden" name="view" value="map">' in page
    assert "Chairs 1" not in page
    assert f'href="{reverse("alert_new")}?q=chairs"' in page
    bare = markup(client.get(reverse("requests"), {"view": "map"}))
    assert "Clear the search" not in bare and f'href="{reverse("alert_new")}"' in bare
    listed = markup(client.get(reverse("requests"), {"q": "chairs", "district": woking.pk}))
    assert "2 requests" in listed and f'href="?q=chairs&amp;district={woking.pk}&amp;view=map"' in listed


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, ", today"), (1, ", 1 day left"), (13, ", 13 days left"), (14, ", 2 weeks left"), (28, ", 4 weeks left")],
)
def test_a_card_says_how_long_is_left_where_it_is_soon(client, group, days, words):
    make_request(group, 5, title="Chairs", needed_by=timezone.localdate() + timedelta(days=days))
    page = markup(client.get(reverse("requests")))
    assert f"{words}</li>" in page and "app-card__soon" in page


def test_a_card_says_the_day_alone_where_it_is_far(client, group):
    make_request(group, 5, title="Chairs", needed_by=timezone.localdate() + timedelta(days=29))
    page = markup(client.get(reverse("requests")))
    assert "app-card__soon" not in page
    assert "left</li>" not in page


def test_help_is_offered_only_where_it_is_still_looked_for(client, delivered, group, people):
    request = delivered.pledge.request
    offer = "Offer help"
    assert offer in markup(client.get(request.get_absolute_url()))
    Request.objects.filter(pk=request.pk).update(needed_by=timezone.localdate() - timedelta(days=1))
    page = markup(client.get(request.get_absolute_url()))
    assert offer not in page and "takes no pledges" in page
    Request.objects.filter(pk=request.pk).update(needed_by=None)
    RequestTotals.objects.filter(request=request).update(quantity=5, asked=10)
    page = markup(client.get(request.get_absolute_url()))
    assert "has all it asked for" in page and offer not in page
    other = make_request(group, 5, title="Fresh")
    fresh = markup(client.get(other.get_absolute_url()))
    assert "Nothing promised yet: be the first" in fresh and 'class="app-fold" open' not in fresh
    assert 'class="app-fold" open' in page
