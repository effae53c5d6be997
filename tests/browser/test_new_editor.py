"""A new editor, from an empty site to a published, owned, reviewed guide, with nothing but the screens."""

import pytest

from tests.served import Site

PASSWORD = "correct-horse-battery"


@pytest.fixture(scope="module")
def empty_site():
    """No demo: a migrated database, an editor with the programme team's rights, and a leader."""
    served = Site("editor")
    served.manage(
        "shell",
        "-v0",
        "-c",
        f"""
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from organisations.models import User
for key, group in (("edie", "Programme team"), ("dee", "Leaders")):
    user = User.objects.create_user(f"{{key}}@example.org", "{PASSWORD}", name=key.capitalize())
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    user.groups.add(Group.objects.get(name=group))
""",
    )
    served.serve()
    yield served
    served.close()


@pytest.fixture
def sign_in(empty_site, browser):
    contexts = []

    def as_somebody(key):
        context = browser.new_context(viewport={"width": 1280, "height": 1000}, base_url=empty_site.address)
        contexts.append(context)
        page = context.new_page()
        page.goto("/accounts/login/?next=/admin/")
        page.fill("#id_login", f"{key}@example.org")
        page.fill("#id_password", PASSWORD)
        with page.expect_navigation():
            page.click("main button[type=submit]")
        return page

    yield as_somebody
    for context in contexts:
        context.close()


def send(page, button):
    with page.expect_navigation():
        page.click(button)


def make_role(page, title, slug):
    page.goto("/admin/snippets/guidance/role/add/")
    page.fill("#id_title", title)
    page.fill("#id_slug", slug)
    page.fill("#id_responsibilities", f"Answers for the work of the {title}.")
    if slug == "senior-sponsor":
        page.check("#id_receives_alarms")
    send(page, "button[type=submit]:has-text('Save')")
    page.goto("/admin/snippets/guidance/role/")
    with page.expect_navigation():
        page.click(f"tr:has-text('{title}') a[href*='/appoint/']")


def submit(page):
    """Choose "Submit to ..." from the editor's menu of actions."""
    page.click("footer [data-w-dropdown-target=toggle], footer .w-dropdown__toggle")
    send(page, "button:has-text('Submit to')")


def choose_owner(page, role):
    page.click("a[role=tab]:has-text('Who keeps it')")
    page.click("#id_owner_role-chooser button:has-text('Choose')")
    page.click(f".modal-body a:has-text('{role}')")
    page.wait_for_selector("#id_owner_role-chooser .chosen:visible")


def new_page(page, kind, parent, title):
    page.goto(f"/admin/pages/add/guidance/{kind}/{parent}/")
    page.fill("#id_title", title)
    page.fill("#id_introduction", "What to do, in order.")


def test_from_an_empty_site_to_a_published_owned_reviewed_guide(empty_site, sign_in):
    edie = sign_in("edie")
    make_role(edie, "Senior sponsor", "senior-sponsor")
    edie.select_option("#id_user", label="Dee")
    send(edie, "button[name=appoint]")
    assert "Dee, since" in edie.inner_text("main")

    home = empty_site.manage(
        "shell", "-v0", "-c", "from marketplace.models import HomePage; print(HomePage.objects.get().pk)"
    ).strip()
    new_page(edie, "guidancesection", home, "Guidance")
    choose_owner(edie, "Senior sponsor")
    submit(edie)
    approve(sign_in("dee"))

    edie.goto("/admin/")
    section = empty_site.manage(
        "shell",
        "-v0",
        "-c",
        "from guidance.pages.types import GuidanceSection; print(GuidanceSection.objects.get(live=True).pk)",
    ).strip()
    new_page(edie, "guidancepage", section, "Ask for help")
    choose_owner(edie, "Senior sponsor")
    submit(edie)
    assert sign_in("edie").goto("/guidance/ask-for-help/").status == 404  # not before somebody else approves
    dee = sign_in("dee")
    approve(dee)
    shown = dee.goto("/guidance/ask-for-help/")
    assert shown.status == 200
    assert "Kept by\nSenior sponsor" in dee.inner_text("main")
    assert "Last reviewed" in dee.inner_text("main")

    edie.goto("/admin/guidance-health/")
    with edie.expect_navigation():
        edie.click("td a:has-text('Review')")
    edie.fill("#id_reason", "Read from beginning to end with a new group.")
    send(edie, "button:has-text('Record the review')")
    assert "is reviewed" in edie.inner_text("body")


def approve(page):
    """Open what waits on the staff home page and approve it."""
    page.goto("/admin/")
    with page.expect_navigation():
        page.click(".desk-waiting a[href*='/edit/']")
    page.click("footer [data-w-dropdown-target=toggle], footer .w-dropdown__toggle")
    send(page, "button:has-text('Approve'):visible")
