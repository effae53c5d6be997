"""Approving in a real browser on a slow server, twenty times in a row: each is public, and everybody can read it."""

import json
import urllib.request

import pytest

from marketplace.demo.people import PASSWORD
from tests.served import Site

TIMES = 10  # pages, and as many requests; on a server this slow each of them meets the race
TABS = 5
SEEDED = f"""
import json
from allauth.account.models import EmailAddress
from wagtail.models import Workflow
from requests_app import moderation
from requests_app.models import Request
from tests.conftest import make_organisation, make_page, make_request, make_role, make_user
people = {{}}
for key, group in (("cara", "Contract managers"), ("mo", "Moderators"), ("edie", "Guidance editors"), ("alice", None)):
    people[key] = make_user(key, group)
    people[key].set_password("{PASSWORD}")
    people[key].save()
groups = [make_organisation(name, "vcse", people["alice"]) for name in ("Lunch Club", "Tea Club")]  # a daily limit each
role = make_role("Keeper", people["cara"])
pages, requests = [], []
for number in range({TIMES}):
    page = make_page(f"Advice {{number}}", role, live=False)
    page.save_revision(user=people["edie"])
    Workflow.objects.get(name="Approval by the owner").start(page, people["edie"])
    pages.append((page.pk, page.url))
    wanted = make_request(groups[number % 2], live=False, title=f"Paint hall {{number}}")
    moderation.submit(wanted, by=people["alice"])
    edit = Request.snippet_viewset.get_url_name("edit")
    from django.urls import reverse
    requests.append((reverse(edit, args=[wanted.pk]), wanted.get_absolute_url()))
print(json.dumps([[f"/admin/pages/{{pk}}/edit/" for pk, _ in pages], [url for _, url in pages],
    [edit for edit, _ in requests], [url for _, url in requests]]))
"""
CLICK = """(twice) => {
  const plain = [...document.querySelectorAll('[data-workflow-action-name=approve]')]
    .find(button => !button.dataset.workflowActionModalUrl)
  plain.click()
  if (twice) plain.click()
}"""


@pytest.fixture(scope="module")
def slow_site():
    served = Site("approving")
    served.seeded = json.loads(served.manage("shell", "-v0", "-c", SEEDED).splitlines()[-1])
    served.env["DJANGO_SETTINGS_MODULE"] = "tests.browser.slow"
    served.serve()
    yield served
    served.close()


def approve_all(site, browser, key, addresses):
    """Open each in a tab, wait until Wagtail's background save watches the form, approve; every other one twice."""
    context = browser.new_context(base_url=site.address)
    page = context.new_page()
    page.goto("/accounts/login/?next=/admin/")
    page.fill("#id_login", f"{key}@example.org")
    page.fill("#id_password", PASSWORD)
    with page.expect_navigation():
        page.click("main button[type=submit]")
    for start in range(0, len(addresses), TABS):
        tabs = []
        for address in addresses[start : start + TABS]:
            tabs.append(context.new_page())
            tabs[-1].goto(address)
        tabs[-1].wait_for_timeout(2500)
        for number, tab in enumerate(tabs):
            tab.evaluate(CLICK, number % 2 == 0)
        for tab in tabs:
            tab.wait_for_url(lambda url: "/edit/" not in url, timeout=60_000)
            tab.close()
    context.close()


def refused(site, addresses):
    """Those of `addresses` that the public can't open."""
    found = []
    for address in addresses:
        path = address.removeprefix("http://localhost")
        try:
            urllib.request.urlopen(site.address + path, timeout=30).read()
        except OSError as error:
            found.append((path, str(error)))
    return found


def test_each_page_that_was_approved_is_public(slow_site, browser):
    edit, public, _, _ = slow_site.seeded
    approve_all(slow_site, browser, "cara", edit)
    assert refused(slow_site, public) == []


def test_each_request_that_was_approved_is_public(slow_site, browser):
    _, _, edit, public = slow_site.seeded
    approve_all(slow_site, browser, "mo", edit)
    assert refused(slow_site, public) == []
