"""Where to begin: starters, the unit that suppliers count in, the form on paper, many requests on one screen."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from reports import paper
from requests_app import moderation, starters
from requests_app.models import Request
from tests.conftest import make_commitment, markup
from vocabulary.kinds import UNITS_FOR_KIND

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh():
    caches["local"].clear()


@pytest.mark.parametrize("slug", starters.STARTERS)
def test_a_starter_fits_the_form(slug):
    starter = starters.STARTERS[slug]
    assert set(starter.sizes) <= set(UNITS_FOR_KIND[starter.kind])
    assert len(starter.title) <= 100 and starter.ask and all(size > 0 for size in starter.sizes.values())


def test_a_starter_fills_in_and_leaves_the_rest_to_its_questions(client, group, people):
    client.force_login(people["alice"])
    new = reverse("request_new_step", args=[group.pk])
    assert "a hall to paint" in markup(client.get(new))
    page = markup(client.get(f"{new}?like=hall"))
    assert 'value="Paint our hall"' in page and "How large is it" in page
    answer = client.post(f"{new}?like=hall", {"kind": "volunteers", "title": "Paint our hall", "description": "Two"})
    assert 'value="48"' in markup(client.get(answer.url))
    assert 'value="Paint our hall"' not in client.get(f"{new}?like=nothing").content.decode()


def test_the_size_is_in_the_unit_that_most_suppliers_count_in(supplier, people):
    assert starters.STARTERS["hall"].size() == (48, "hours")
    caches["local"].clear()
    make_commitment(supplier, 5, unit="people", by=people["cara"])
    assert starters.STARTERS["hall"].size() == (8, "people")


def test_the_quantity_page_says_what_most_count_in_before_it_is_decided(client, group, supplier, people):
    make_commitment(supplier, 5, unit="people", by=people["cara"])
    client.force_login(people["alice"])
    draft = Request.objects.create(organisation=group, kind="volunteers", title="Hands", live=False)
    page = markup(client.get(reverse("request_edit", args=[draft.pk, "details"])))
    assert "Most count in people: 1 supplier of 1." in page
    assert 'value="people" checked' in page


def test_a_visitor_reads_what_it_takes_and_creates_an_account(client):
    page = markup(client.get(reverse("request_new")))
    assert f"{reverse('account_signup')}?next=" in page and reverse("request_form") in page


def test_the_form_on_paper_is_one_accessible_page(client):
    answer = client.get(reverse("request_form"))
    assert answer["Content-Type"] == "application/pdf" and answer.content[:5] == b"%PDF-"
    assert b"pdfuaid" in answer.content
    assert isinstance(paper.request_form(format="png", ppi=30), bytes)  # several pages would be a list


def rows(group, *changes):
    day = (timezone.localdate() + timedelta(days=30)).isoformat()
    good = {"organisation": group.pk, "kind": "goods", "title": "Chairs", "description": "For lunch", "quantity": "12",
            "unit": "items", "needed_by": day}  # fmt: skip
    data = {"row-TOTAL_FORMS": 6, "row-INITIAL_FORMS": 0, "source": "Leatherhead fair"}
    for number, change in enumerate(changes):
        data |= {f"row-{number}-{name}": value for name, value in (good | change).items()}
    return data


def test_several_are_entered_at_once_and_submitted(client, group, people):
    client.force_login(people["mo"])
    quick = reverse("request_quick")
    page = markup(client.post(quick, rows(group, {}, {"title": "Tables", "postcode": "rh1 1aa"})))
    assert "2 saved" in page
    chairs, tables = (Request.objects.get(title=title) for title in ("Chairs", "Tables"))
    assert moderation.waits(chairs) and moderation.waits(tables)
    assert (chairs.remote, tables.outcode_id, tables.district is not None) == (True, "RH1", True)
    entry = ModelLogEntry.objects.get(action="requests_app.entered", object_id=str(chairs.pk))
    assert (entry.user, entry.data["source"]) == (people["mo"], "Leatherhead fair")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"unit": "hours"}, "counted in"), ({"quantity": "0"}, "above 0"), ({"quantity": "a few"}, "number"),
        ({"postcode": "ZZ9 9ZZ"}, "know this postcode"), ({"title": ""}, "required"), ({"organisation": "0"}, "Select"),
    ],
)  # fmt: skip
def test_one_bad_row_saves_none_and_keeps_what_was_typed(client, group, people, change, words):
    client.force_login(people["mo"])
    answer = client.post(reverse("request_quick"), rows(group, {"title": "Benches"}, change))
    page = markup(answer)
    assert answer.status_code == 422 and words in page and 'value="Benches"' in page
    assert not Request.objects.exists()


def test_nothing_entered_is_said(client, group, people):
    client.force_login(people["mo"])
    assert "Nothing was entered yet" in client.post(reverse("request_quick"), rows(group)).content.decode()
