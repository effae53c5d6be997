"""Guidance health: the same figures on the report, in its files and on the public page."""

import csv
import io
from datetime import timedelta

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from guidance.models import PageAnswer, PageReads, Review, SocialValueModel
from guidance.upkeep import health, reads
from tests.conftest import make_page, make_role

pytestmark = pytest.mark.django_db


def days(n):
    return timezone.localdate() + timedelta(days=n)


@pytest.fixture
def pages(keeper):
    """A page in order, and one with everything wrong."""
    good = make_page("Good", keeper)
    link = '<p><a linktype="page" id="9999">Old</a></p>'
    bad = make_page(
        "=Bad",
        make_role("Empty chair"),
        slug="bad",
        body=[{"type": "text", "value": link}],
        model=SocialValueModel.objects.get(slug="central-2020"),
    )
    for page in (good, bad):
        type(page).objects.filter(pk=page.pk).update(first_published_at=timezone.now() - timedelta(days=200))
    Review.objects.create(
        page=bad, result="no_change", reason="Read", reviewed_on=days(-200), due_on=days(-20), at=timezone.now()
    )
    PageReads.objects.create(page=good, day=days(-3), reads=7)
    PageReads.objects.create(page=good, day=days(-100), reads=99)  # too long ago to count
    for useful in (True, True, False):
        PageAnswer.objects.create(page=good, useful=useful, answered_on=days(-1))
    return good, bad


def test_every_figure_of_a_page(pages):
    good, bad = health.rows()
    assert (good.state, good.holder, good.useful, good.answers, good.reads) == ("In order", "Cara", 67, 3, 7)
    assert not good.needs_care
    assert (bad.state, bad.vacant, bad.overdue_days, bad.age_days) == ("Overdue", True, 20, 200)
    assert (bad.broken_links, bad.superseded, bad.unread, bad.useful) == (1, True, True, None)


def test_the_summary_adds_up(pages):
    summary = health.summary(health.rows())
    assert (summary.pages, summary.in_time, summary.overdue) == (2, 1, 1)
    assert (summary.vacant, summary.broken_links, summary.superseded, summary.unread) == (1, 1, 1, 1)


def test_the_public_page_and_the_report_say_the_same(pages, people, client):
    public = client.get("/guidance-health/").content.decode()
    client.force_login(people["edie"])
    report = client.get("/admin/guidance-health/").content.decode()
    for words in ("Overdue", "67% of 3", "(superseded)"):
        assert words in public
        assert words in report
    assert "Cara" in report
    assert "Cara" not in public


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"Good", "'=Bad"}),
        ("state=Overdue", {"'=Bad"}),
        ("state=In+order", {"Good"}),
        ("audience=suppliers", set()),
    ],
)
def test_filters_and_csv_without_formulas(query, shown, pages, people, client):
    client.force_login(people["edie"])
    answer = client.get(f"/admin/guidance-health/?export=csv&{query}")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer).decode())))
    assert {row["Page"] for row in rows} == shown


def test_the_workbook_holds_text_and_numbers_and_no_formula(pages, people, client):
    client.force_login(people["edie"])
    answer = client.get("/admin/guidance-health/?export=xlsx")
    sheet = load_workbook(io.BytesIO(b"".join(answer))).active
    headings, *rows = sheet.iter_rows()
    place = {cell.value: n for n, cell in enumerate(headings)}
    found = {row[place["Page"]].value: row for row in rows}
    assert set(found) == {"Good", "'=Bad"}
    assert found["'=Bad"][place["Days overdue"]].value == 20
    assert all(cell.data_type != "f" for row in rows for cell in row)


def test_the_report_asks_no_more_of_the_database_for_more_pages(keeper, people, client, django_assert_max_num_queries):
    client.force_login(people["edie"])

    def asked(number):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get("/admin/guidance-health/")
        return len(queries)

    make_page("One", keeper)
    asked(0)
    first = asked(1)
    for n in range(5):
        make_page(f"Page {n}", keeper)
    assert asked(6) - first <= 5 * 3  # at most the owner's holder, the model's successor and the audience's words


def test_reads_are_counted_once_a_minute_and_machines_not_at_all(keeper):
    page = make_page("Good", keeper)
    reads.flush()
    for agent in ("Mozilla/5.0", "Mozilla/5.0", "Googlebot/2.1", "curl/8"):
        reads.count(page.pk, agent)
    assert not PageReads.objects.exists()
    reads.flush()
    reads.count(page.pk, "Mozilla/5.0")
    reads.count(987654, "Mozilla/5.0")  # a page that was deleted meanwhile
    reads.flush()
    assert PageReads.objects.get().reads == 3


def test_a_reader_answers_without_an_account(keeper, client):
    page = make_page("Good", keeper)
    shown = client.get(f"/useful/{page.pk}/?answer=no").content.decode()
    assert 'value="no"' in shown
    refused = client.post(f"/useful/{page.pk}/", {"useful": "", "comment": "x"})
    assert refused.status_code == 422
    answer = client.post(f"/useful/{page.pk}/", {"useful": "no", "comment": "  Give an example "}, follow=True)
    assert "Thank you" in answer.content.decode()
    kept = PageAnswer.objects.get()
    assert (kept.page_id, kept.useful, kept.comment) == (page.pk, False, "Give an example")


def test_one_network_cannot_answer_for_everybody(keeper, client):
    page = make_page("Good", keeper)
    codes = [client.post(f"/useful/{page.pk}/", {"useful": "yes"}).status_code for _ in range(31)]
    assert codes == [302] * 30 + [422]
    assert PageAnswer.objects.count() == 30


def test_editors_read_the_answers_and_change_none(keeper, people, client):
    page = make_page("Good", keeper)
    PageAnswer.objects.create(page=page, useful=False, comment="Where is the form?", answered_on=days(0))
    client.force_login(people["edie"])
    assert "Where is the form?" in client.get("/admin/page_answer/").content.decode()
    assert client.get(f"/admin/page_answer/edit/{PageAnswer.objects.get().pk}/").status_code == 302
    client.force_login(people["mo"])
    assert "Where is the form?" not in client.get("/admin/page_answer/", follow=True).content.decode()
