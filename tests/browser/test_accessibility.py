"""WCAG 2.2 AA on every page of the journey: axe, reflow at 360 pixels, policy, keyboard, no JavaScript."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.staff_screens import STAFF
from tests.browser.things import THINGS

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture(scope="session")
def found(site):
    """{name: id} of rows of the demo that pages are about; Django’s shell knows every model."""
    return json.loads(
        site.python(
            "manage.py",
            "shell",
            "-v0",
            "-c",
            THINGS,
        )
    )


@pytest.fixture(scope="session")
def paths(found):
    """{name: (person, path)} of the pages to look at."""
    return {
        "front page": (None, "/"),
        "list": (None, "/requests/?q=paint&show=all"),
        "list as a map": (None, "/requests/?view=map"),
        "met request": (None, f"/requests/{found['met']}/"),
        "design": ("cara", "/design/"),
        "list with an error": (None, "/requests/?sort=nearest"),
        "nothing found": (None, "/requests/?q=zzzz"),
        "request": (None, f"/requests/{found['shown']}/"),
        "sign in": (None, "/accounts/login/"),
        "sign up": (None, "/accounts/signup/"),
        "new password": (None, "/accounts/password/reset/"),
        "progress": (None, f"/requests/{found['shown']}/progress/"),
        "guidance": (None, "/guidance/"),
        "guidance section": (None, "/guidance/suppliers/"),
        "guidance page": (None, "/guidance/requestors/post-a-request/"),
        "guidance page, long overdue": (None, "/guidance/suppliers/what-counts/"),
        "step guide": (None, "/guidance/requestors/from-need-to-help/"),
        "priority": (None, "/guidance/priorities/health/"),
        "case study": (None, "/guidance/case-studies/volunteers/"),
        "news": (None, "/guidance/news/model-2026/"),
        "table": (None, "/guidance/requestors/what-you-can-ask-for/"),
        "terms": (None, "/terms/"),
        "who is responsible": (None, "/who-is-responsible/"),
        "group": (None, "/groups/steering-group/"),
        "guidance health": (None, "/guidance-health/"),
        "models": (None, "/social-value-models/"),
        "model": (None, "/social-value-models/central-2025/"),
        "outcomes": (None, "/outcomes/?model=central-2025"),
        "outcome": (None, f"/outcomes/{found['outcome']}/"),
        "every figure": (None, "/figures/"),
        "figure by unit": (None, "/figures/promised/"),
        "figure opened": (None, "/figures/arrived/?unit=hours"),
        "account of a commitment": (None, f"/commitments/{found['commitment']}/account/"),
        "handover": ("sam", f"/contracts/{found['contract']}/handover/"),
        "what came of the promises": (None, "/delivered/"),
        "assurance": (None, "/assurance/"),
        "a finished sample": (None, f"/assurance/{found['sample']}/"),
        "contract": ("cara", f"/contracts/{found['contract']}/"),
        "search": (None, "/search/?q=paintng"),
        "search, nothing": (None, "/search/?q=zzzz"),
        "useful": (None, f"/useful/{found['page']}/?answer=no"),
        "thanks": (None, f"/useful/thanks/?page={found['page']}"),
        "audit progress": ("edie", "/admin/audit-progress/"),
        "accessibility": (None, "/accessibility/"),
        "not found": (None, "/nothing-here/"),
        "home of a requestor": ("alice", "/account/"),
        "own request": ("alice", f"/requests/{found['ours']}/"),
        "check answers": ("alice", f"/requests/{found['ours']}/check/"),
        **{
            f"step {step}": ("alice", f"/requests/{found['ours']}/edit/{step}/")
            for step in ("kind", "need", "quantity", "place", "dates", "outcome", "hosting", "pictures")
        },
        "pledge": ("alice", f"/pledges/{found['offered']}/"),
        "accept": ("alice", f"/pledges/{found['offered']}/accept/"),
        "decline": ("alice", f"/pledges/{found['offered']}/decline/"),
        "organisation": ("alice", f"/organisations/{found['club']}/"),
        "organisation details": ("alice", f"/organisations/{found['club']}/edit/"),
        "invite": ("alice", f"/organisations/{found['club']}/people/invite/"),
        "new organisation": ("charlie", "/organisations/start/?q=hall"),
        "kind of organisation": ("charlie", "/organisations/new/"),
        "details of a group": ("charlie", "/organisations/new/informal/"),
        "home of a supplier": ("sam", "/account/"),
        "commitments": ("sam", "/commitments/"),
        "commitment": ("sam", f"/commitments/{found['commitment']}/"),
        "returns of a supplier": ("sam", "/returns/"),
        "a return": ("sam", f"/returns/{found['owed']}/"),
        "upload of a return": ("sam", f"/returns/{found['owed']}/upload/"),
        "nothing to return": ("sam", f"/returns/{found['owed']}/nothing/"),
        "new pledge": ("sam", f"/requests/{found['shown']}/pledge/{found['builder']}/"),
        "delivery for the council": ("cara", f"/deliveries/{found['delivery']}/"),
        "matches": ("sam", "/matches/"),
        "matches of a commitment": ("sam", f"/commitments/{found['commitment']}/matches/"),
        "likely helpers": ("alice", f"/requests/{found['ours']}/helpers/"),
        "needs for a bid": (None, f"/needs/?outcome={found['outcome']}"),
        "alerts": ("sam", "/alerts/"),
        "new alert": ("sam", "/alerts/new/?kind=goods&q=chairs"),
        "follow matches": ("sam", f"/alerts/matches/{found['builder']}/"),
        "golden thread": (None, "/golden-thread/"),
        "records of a figure": (None, "/golden-thread/linked_rolling/?group=to-do"),
        "stop an alert": (None, f"/alerts/stop/{found['alert']}/"),
    }


NAMES = [
    "returns of a supplier",
    "a return",
    "upload of a return",
    "nothing to return",
    "assurance",
    "a finished sample",
    "handover",
    "what came of the promises",
    "front page",
    "list",
    "list as a map",
    "met request",
    "design",
    "list with an error",
    "nothing found",
    "request",
    "sign in",
    "sign up",
    "new password",
    "progress",
    "guidance",
    "guidance section",
    "guidance page",
    "guidance page, long overdue",
    "step guide",
    "priority",
    "case study",
    "news",
    "table",
    "terms",
    "who is responsible",
    "group",
    "guidance health",
    "models",
    "model",
    "outcomes",
    "outcome",
    "every figure",
    "figure by unit",
    "figure opened",
    "account of a commitment",
    "contract",
    "search",
    "search, nothing",
    "useful",
    "thanks",
    "audit progress",
    "accessibility",
    "not found",
    "home of a requestor",
    "own request",
    "check answers",
    "step kind",
    "step need",
    "step quantity",
    "step place",
    "step dates",
    "step outcome",
    "step hosting",
    "step pictures",
    "pledge",
    "accept",
    "decline",
    "organisation",
    "organisation details",
    "invite",
    "new organisation",
    "kind of organisation",
    "details of a group",
    "home of a supplier",
    "commitments",
    "commitment",
    "new pledge",
    "delivery for the council",
    "matches",
    "matches of a commitment",
    "likely helpers",
    "needs for a bid",
    "alerts",
    "new alert",
    "follow matches",
    "golden thread",
    "records of a figure",
    "stop an alert",
]


LOOK_AT_WIDE = {
    "list as a map",
    "met request",
    "design",
    "front page",
    "list",
    "request",
    "guidance page",
    "table",
    "home of a supplier",
    "matches",
    "outcome",
}
"""Pages on which something is laid out another way where there is room: axe looks at them twice."""


def violations(page):
    found = Axe().run(page, options=RULES).response["violations"]
    return [(v["id"], node["html"][:160]) for v in found for node in v["nodes"]]


@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_nothing_and_nothing_is_cut_off(name, paths, open_page):
    key, path = paths[name]
    page = open_page(path, key, 360)
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        if width == 360 or name in LOOK_AT_WIDE:
            assert violations(page) == [], width
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    complaints = [words for words in page.complaints if "404 (Not Found)" not in words]
    assert complaints == []


@pytest.mark.parametrize("name", sorted(LOOK_AT_WIDE))
def test_axe_finds_nothing_in_the_dark(name, paths, open_page):
    page = open_page(paths[name][1], paths[name][0], 360)
    page.emulate_media(color_scheme="dark")
    assert violations(page) == [], "dark"


def test_every_name_has_a_path(paths):
    assert set(NAMES) == set(paths)


@pytest.mark.parametrize("name", ["front page", "list", "request", "step dates", "new pledge", "sign up"])
def test_pages_read_the_same_without_javascript(name, paths, open_page):
    key, path = paths[name]
    with_script, without = open_page(path, key), open_page(path, key, script=False)
    assert without.inner_text("main").split() == with_script.inner_text("main").split()
    assert without.locator("nav a").count() == with_script.locator("nav a").count()


def test_the_hint_follows_what_is_chosen_while_somebody_posts(paths, open_page):
    key, path = paths["step kind"]
    page = open_page(path, key)
    with page.expect_response(lambda answer: "/requests/hint/" in answer.url):
        page.check("input[value=advice]")
    page.wait_for_function("document.querySelector('[data-hint]').textContent.includes('skills and advice')")


def test_a_form_with_errors_names_them_first_and_leads_to_the_field(paths, open_page):
    key, path = paths["step need"]
    page = open_page(path, key, 360)
    page.fill("#id_title", "")
    page.fill("#id_description", "")
    with page.expect_navigation():
        page.click("main button[type=submit]")
    assert page.title().startswith("Error: ")
    assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
    assert violations(page) == []
    page.click(".govuk-error-summary a[href='#id_title']")
    assert page.evaluate("document.activeElement.id") == "id_title"


def test_a_pledge_can_be_made_by_keyboard_alone(paths, open_page):
    key, path = paths["new pledge"]
    page = open_page(path, key)
    page.focus("#id_quantity")
    page.keyboard.type("1")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "id_counts":  # where the commitment has another unit
            page.keyboard.type("1")
        if page.evaluate("document.activeElement.tagName") == "BUTTON":
            break
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "/pledges/" in page.url, page.inner_text("main")


@pytest.mark.parametrize("name", STAFF)
def test_our_staff_screens_pass_axe_too(name, found, open_page):
    key, path = STAFF[name]
    page = open_page(path.format(**found), key)
    assert page.answer.status == 200
    found = Axe().run(page, context="#main", options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    assert [(v["id"], v["nodes"][0]["html"][:160]) for v in found.response["violations"]] == []
    assert page.complaints == []


def test_our_panels_in_the_page_editor_pass_axe(found, open_page):
    """The editor around them is Wagtail's own."""
    page = open_page(f"/admin/pages/{found['page']}/edit/", "edie")
    assert page.locator(".marketplace-panel").count() == 2
    answer = Axe().run(page, context=".marketplace-panel", options={"runOnly": ["wcag2a", "wcag2aa", "wcag22aa"]})
    assert answer.response["violations"] == []
    assert page.complaints == []
