"""Every CSV and workbook that leaves: no cell a formula, none that a workbook can't hold, none blank."""

import csv
import io

import openpyxl
import pytest
from django.contrib.auth.models import Group
from django.core.mail import EmailMessage
from django.urls import reverse
from wagtail.log_actions import log

from organisations.models import Organisation
from requests_app import moderation
from tests.conftest import make_organisation, make_request

pytestmark = pytest.mark.django_db
LURE = '=HYPERLINK("http://evil.example","click")'
REPORTS = {
    "site history": "/admin/reports/site-history/",
    "workflow": "/admin/reports/workflow/",
    "workflow tasks": "/admin/reports/workflow_tasks/",
    "outbox": "/admin/outbox/",
    "redirects": "/admin/redirects/",
    "guidance health": "/admin/guidance-health/",
}


@pytest.fixture
def lured(people, client, settings):
    settings.EMAIL_BACKEND = "mail.outbox.OutboxBackend"
    lure = make_organisation("Lure", "vcse", people["alice"])
    Organisation.objects.filter(pk=lure.pk).update(name=LURE)
    lure.refresh_from_db()
    log(lure, "organisations.waiting", user=people["charlie"])
    people["charlie"].name = "@SUM(1+1)*cmd|' /c calc'!A1"
    people["charlie"].save()
    moderation.submit(make_request(lure, live=False, title="+1+1 \x0bchairs"), by=people["alice"])
    EmailMessage("=1+1", "Words", to=["a@example.org"]).send()
    people["edie"].is_superuser = True
    people["edie"].save()
    client.force_login(people["edie"])
    return lure


def cells(client, address, kind):
    answer = client.get(address, {"export": kind})
    assert answer.status_code == 200
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if kind == "csv":
        return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    rows = openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True)
    return [["" if cell is None else str(cell) for cell in row] for row in rows]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("name", REPORTS)
def test_no_cell_of_a_report_is_a_formula(name, kind, lured, client):
    rows = cells(client, REPORTS[name], kind)
    assert len(rows[0]) > 1
    for row in rows:
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t"))]
    if name == "site history":
        assert any(cell.startswith("'=HYPERLINK") for row in rows for cell in row)


LISTS = """
organisation_queue:index delivery_queue:index count_queue:index contract:index commitment:index officer:index
wagtailsnippets_requests_app_request:list
""".split()
SILENT = """
partner_rules:index trainingsession:index wagtailusers_users:index wagtailsnippets_guidance_role:list
social_value_model:index
""".split()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_taken_away_as_it_is_shown(name, kind, lured, commitment, client):
    rows = cells(client, reverse(name), kind)
    shown = client.get(reverse(name))
    assert len(rows) - 1 == shown.context["page_obj"].paginator.count
    assert rows[0] == [str(column.label) for column in shown.context["table"].columns.values()
                                                if column.name in shown.context["view"].exported]  # fmt: skip
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t"))]


def test_what_is_filtered_out_is_not_taken_away(lured, group, client):
    address = reverse("organisation_queue:index")
    names = [row[0] for row in cells(client, f"{address}?state=approved", "csv")[1:]]
    assert names and all(Organisation.objects.get(name=name.removeprefix("'")).state == "approved" for name in names)


@pytest.mark.parametrize("name", SILENT)
def test_a_list_that_names_no_columns_exports_nothing(name, lured, client):
    for kind in ("csv", "xlsx"):
        answer = client.get(reverse(name), {"export": kind})
        assert answer["Content-Type"].startswith("text/html")


def test_what_staff_may_not_open_is_in_no_chooser(lured, group, people, client):
    draft = make_request(group, live=False, title="Secret draft")
    people["edie"].is_superuser = False
    people["edie"].save()
    people["edie"].groups.set(Group.objects.filter(name="Guidance editors"))
    chooser = reverse("wagtailsnippetchoosers_requests_app_request:choose")
    for who in ("edie", "pat", "dee", "cara"):
        client.force_login(people[who])
        for address in (
            chooser,
            reverse("wagtailsnippetchoosers_requests_app_request:choose_results") + "?q=Secret",
            reverse("wagtailsnippetchoosers_requests_app_request:chosen", args=[draft.pk]),
            reverse("wagtailsnippetchoosers_requests_app_request:chosen_multiple") + f"?id={draft.pk}",
        ):
            assert "Secret draft" not in client.get(address).content.decode()
    client.force_login(people["mo"])
    assert "Secret draft" in client.get(chooser).content.decode()


def test_a_draft_page_is_in_the_page_chooser_for_its_editors_only(keeper, people, client):
    from tests.conftest import make_page

    page = make_page("Secret page", live=False)
    parent = page.get_parent()
    addresses = [
        reverse("wagtailadmin_choose_page_child", args=[parent.pk]),
        reverse("wagtailadmin_choose_page_search") + "?q=Secret",
        reverse("wagtailadmin_choose_page_chosen_multiple") + f"?id={page.pk}",
    ]
    for who in ("mo", "pat", "dee"):
        client.force_login(people[who])
        for address in addresses:
            assert "Secret page" not in client.get(address).content.decode()
        assert client.get(reverse("wagtailadmin_choose_page_child", args=[page.pk])).status_code == 404
    client.force_login(people["edie"])
    assert "Secret page" in client.get(addresses[0]).content.decode()
    assert "Secret page" in client.get(addresses[2]).content.decode()
