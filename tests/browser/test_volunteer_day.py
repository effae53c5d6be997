"""A volunteer day on a telephone: planned, places taken and given up, by keyboard alone and without any script."""

import json
from datetime import date, timedelta

import pytest

from marketplace.demo.people import PASSWORD
from tests.served import Site

TABS = 80  # more than any page here has links and fields
SEEDED = f"""
import json
from tests.conftest import make_organisation, make_request, make_user
from tests.talking.days import helper
alice = make_user("alice")
wanted = make_request(make_organisation("Lunch Club", "vcse", owner=alice), 100)
_, ann, _ = helper(wanted, "ann", alice)
for person in (alice, ann):
    person.set_password("{PASSWORD}")
    person.save()
print(json.dumps(wanted.pk))
"""
IS_IT = "([selector]) => document.activeElement === document.querySelector(selector)"


@pytest.fixture(scope="module")
def seeded_site():
    served = Site("volunteers")
    served.request = json.loads(served.manage("shell", "-v0", "-c", SEEDED).splitlines()[-1])
    served.serve()
    yield served
    served.close()


class ByKeyboard:
    """Goes to things by Tab alone; a field is typed in, a button pressed with Enter, a box ticked with Space."""

    script = True

    def __init__(self, page):
        self.page = page

    def go_to(self, selector):
        for _ in range(TABS):
            if self.page.evaluate(IS_IT, [selector]):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never comes to {selector} of {self.page.url}")

    def write(self, selector, words):
        self.go_to(selector)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(words)

    def tick(self, selector):
        self.go_to(selector)
        self.page.keyboard.press("Space")

    def press(self, selector):
        self.go_to(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")


class WithoutScript:
    """Points and types, in a browser that runs no script."""

    script = False

    def __init__(self, page):
        self.page = page

    def write(self, selector, words):
        self.page.fill(selector, words)

    def tick(self, selector):
        self.page.check(selector)

    def press(self, selector):
        with self.page.expect_navigation():
            self.page.click(selector)


@pytest.fixture
def come_as(seeded_site, browser):
    """Open a page at 360 pixels as somebody who has just signed in, in some way of working."""
    contexts = []

    def come(way, key, path):
        context = browser.new_context(
            base_url=seeded_site.address, viewport={"width": 360, "height": 740}, java_script_enabled=way.script
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(f"/accounts/login/?next={path}")
        hands = way(page)
        hands.write("#id_login", f"{key}@example.org")
        hands.write("#id_password", PASSWORD)
        hands.press("main button[type=submit]")
        return hands

    yield come
    for context in contexts:
        context.close()


@pytest.mark.parametrize(("way", "ahead"), [(ByKeyboard, 60), (WithoutScript, 61)], ids=["keyboard", "no script"])
def test_a_day_is_planned_and_places_are_taken_and_given_up(come_as, seeded_site, way, ahead):
    group = come_as(way, "alice", f"/requests/{seeded_site.request}/days/new/")
    day = date.today() + timedelta(days=ahead)
    for part, value in enumerate((day.day, day.month, day.year)):
        group.write(f"#id_day_{part}", str(value))
    group.write("#id_at", "10am")
    group.write("#id_hours", "4")
    group.write("#id_tasks", "six of them")
    group.tick("#id_newcomers")
    group.press("main form button[type=submit]")
    assert "like “6 painting the hall”: six of them" in group.page.inner_text("main")
    assert group.page.is_checked("#id_newcomers") and group.page.input_value("#id_at") == "10am"
    group.write("#id_tasks", "3 painting the hall")
    group.press("main form button[type=submit]")
    assert "Planned. Everybody who helps you gets an e-mail." in group.page.inner_text("body")

    helper = come_as(way, "ann", f"/requests/{seeded_site.request}/days/")
    helper.press("main a[href$='/places/']")
    helper.write("#id_people", "2")
    helper.write("#id_who", "Ana and Joe")
    helper.press("main form button[type=submit]")
    assert "1 of 3" in helper.page.inner_text("main") and "Ana and Joe" in helper.page.inner_text("main")
    helper.press("main a[href^='/places/']")
    helper.press("main button[name=give_up]")
    assert "3 of 3" in helper.page.inner_text("main") and "Ana" not in helper.page.inner_text("main table")
