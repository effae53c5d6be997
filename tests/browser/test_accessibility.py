"""WCAG 2.2 AA on every page of the journey: axe, reflow at 360 pixels, policy, keyboard, no JavaScript."""

from collections import Counter

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.public_pages import PUBLIC
from tests.browser.staff_screens import STAFF

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ALL = [*WCAG, "best-practice"]
OF_COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}  # what the dark changes, and no more
WIDTHS = (320, 360, 768, 1280)


AXE = Axe()
RUN = """async ([context, rules]) => {
  const answer = await axe.run(context || document, {runOnly: rules, reporter: 'no-passes', selectors: false})
  return answer.violations.flatMap(found => found.nodes.map(node => [found.id, node.html.slice(0, 160)]))
}"""


def violations(page, rules=ALL, context=None):
    """[[rule, element]] that axe finds; what passes is not written out, which takes longer than the search.

    A page is given axe once, and not for each look at it.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.axe_script)
    return page.evaluate(RUN, [context, rules])


def at_every_width(page, look):
    """`look(width, scheme)` at each width in the light, and at the ends of them in the dark."""
    for scheme, widths in (("light", WIDTHS), ("dark", (WIDTHS[0], WIDTHS[-1]))):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for width in widths:
            page.set_viewport_size({"width": width, "height": 900})
            look(width, scheme)


@pytest.mark.parametrize("name", PUBLIC)
def test_axe_finds_nothing_and_nothing_is_cut_off(name, paths, open_page):
    key, path = paths[name]
    page = open_page(path, key, 360)

    def look(width, scheme):
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width
        assert violations(page, ALL if scheme == "light" else OF_COLOURS) == [], (width, scheme)

    at_every_width(page, look)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    for width in (640, 1280):  # 1280 pixels at 200 and at 400 per cent
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"200% text at {width}"
    complaints = [words for words in page.complaints if "404 (Not Found)" not in words]
    assert complaints == []


@pytest.mark.parametrize("name", ["every figure", "golden thread", "what came of the promises", "handover"])
def test_figures_print_without_the_ways_around(name, paths, open_page):
    page = open_page(paths[name][1], paths[name][0], 794)  # A4
    page.emulate_media(media="print")
    assert page.locator("h1").is_visible()
    for away in (".app-header", ".govuk-service-navigation", ".govuk-footer"):
        assert page.locator(away).first.is_hidden() if page.locator(away).count() else True, away
    assert page.evaluate("document.documentElement.scrollWidth") <= 794
    assert page.evaluate("[...document.querySelectorAll('.app-scroll')].every(e => e.scrollWidth <= e.clientWidth + 1)")


BY_SCRIPT = "Use where I am"  # asks the device, which nothing but a script can


@pytest.mark.parametrize("name", ["front page", "list", "request", "step dates", "new pledge", "sign up"])
def test_pages_read_the_same_without_javascript(name, paths, open_page):
    key, path = paths[name]
    with_script, without = open_page(path, key), open_page(path, key, script=False)
    plain, said = without.inner_text("main").split(), with_script.inner_text("main").replace(BY_SCRIPT, "").split()
    if name == "step dates":  # a question that follows from an answer always stands there, and says when it matters
        assert not Counter(said) - Counter(plain) and "between two dates:" in " ".join(plain)
    else:
        assert plain == said
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


def test_a_pledge_can_be_made_by_keyboard_alone(found, open_page):
    page = open_page("/requests/{to_pledge}/pledge/{builder}/".format(**found), "sam")
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
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page, WCAG, context="#main") == [], width
    assert page.complaints == []


def test_our_panels_in_the_page_editor_pass_axe(found, open_page):
    """The editor around them is Wagtail's own."""
    page = open_page(f"/admin/pages/{found['page']}/edit/", "edie")
    assert page.locator(".marketplace-panel").count() == 2
    assert violations(page, WCAG, context=".marketplace-panel") == []
    assert page.complaints == []
