"""Nothing that people type is ever lost: a sign-in that ran out, a stale token, a stale tab, back, a double click, a
failed upload; and questions that follow from an answer come with it.
"""

import pytest

TITLE, WORDS = "Twelve chairs for lunch", "They are for\nforty people & their dogs"


@pytest.fixture
def draft(open_page, found):
    """A page of alice's on the first page of a new draft, which is deleted afterwards."""
    page = open_page(f"/requests/new/{found['club']}/", "alice")
    page.check("input[name=kind][value=goods]")
    page.fill("#id_title", TITLE)
    page.fill("#id_description", "Chairs")
    send(page)
    page.wait_for_url("**/edit/details/")
    page.root = page.url.removesuffix("edit/details/")
    yield page
    page.goto(page.root + "discard/")
    page.click("main button[type=submit]")


def send(page, button="main form .govuk-button"):
    with page.expect_navigation():
        page.click(button)


def write(page, title=TITLE, words=WORDS):
    page.goto(page.root + "edit/ask/")
    page.fill("#id_title", title)
    page.fill("#id_description", words)


def kept(page):
    page.goto(page.root + "edit/ask/")
    return page.input_value("#id_title"), page.input_value("#id_description")


def test_a_sign_in_that_ran_out(draft, cookies):
    write(draft)
    draft.context.clear_cookies(name="sessionid")
    send(draft)
    assert "what you typed is kept" in draft.inner_text("main, body")
    draft.fill("#id_login", "alice@example.org")
    draft.fill("#id_password", "marketplace-demo-2026")
    send(draft)
    assert "forty people & their dogs" in draft.inner_text("main")
    send(draft)
    assert kept(draft) == (TITLE, WORDS)


def test_a_stale_token(draft):
    write(draft)
    draft.context.clear_cookies(name="csrftoken")
    send(draft)
    assert "What you typed is still here" in draft.inner_text("main")
    send(draft)
    assert kept(draft) == (TITLE, WORDS)


def test_a_stale_tab(draft):
    write(draft, "Benches")
    other = draft.context.new_page()
    other.root = draft.root
    write(other, TITLE, "For the lunch club")
    send(other)
    send(draft)
    assert "changed to: “For the lunch club”" in draft.inner_text("main")
    assert (draft.input_value("#id_title"), draft.input_value("#id_description")) == ("Benches", WORDS)
    send(draft)
    assert kept(draft) == ("Benches", WORDS)


def test_the_back_button(draft):
    write(draft)
    send(draft)
    draft.go_back()
    assert (draft.input_value("#id_title"), draft.input_value("#id_description")) == (TITLE, WORDS)


def test_a_double_click_makes_one(open_page, found, draft):
    page = open_page(f"/requests/new/{found['club']}/", "alice")
    page.check("input[name=kind][value=goods]")
    page.fill("#id_title", TITLE)
    page.fill("#id_description", WORDS)
    page.dblclick("main form .govuk-button")
    page.wait_for_url("**/edit/details/")
    page.goto(draft.root.split("/requests/")[0] + "/account/")
    drafts = page.locator(f'main a:has-text("{TITLE}")').evaluate_all("links => links.map(link => link.pathname)")
    assert len({address.split("/")[2] for address in drafts if address.startswith("/requests/")}) == 1, drafts


def test_a_failed_upload(draft, tmp_path):
    bad = tmp_path / "hall.png"
    bad.write_bytes(b"no picture")
    draft.goto(draft.root + "edit/more/")
    draft.fill("#id_beneficiaries", "Forty people")
    draft.set_input_files("#id_picture", bad)
    draft.fill("#id_picture_shows", "The hall")
    draft.check("input[name=outcome] >> nth=0")
    send(draft)
    assert "can’t be used" in draft.inner_text("main")
    assert (draft.input_value("#id_beneficiaries"), draft.input_value("#id_picture_shows")) == (
        "Forty people", "The hall",
    )  # fmt: skip


def test_a_question_comes_with_the_answer_it_follows_from(draft):
    draft.goto(draft.root + "edit/details/")
    assert not draft.is_visible("#id_needed_from_0")
    draft.check("input[name=date_kind][value=between]")
    assert draft.is_visible("#id_needed_from_0")
    draft.check("input[name=where][value=remote]")
    assert not draft.is_visible("#id_postcode")


def test_without_a_script_every_question_stands_and_says_when(open_page, draft):
    path = "/" + draft.root.split("/", 3)[3] + "edit/details/"
    plain = open_page(path, "alice", 360, script=False)
    assert plain.is_visible("#id_needed_from_0") and "If you need it between two dates:" in plain.inner_text("main")


def test_what_is_left_of_a_limit_is_said_and_nothing_is_cut(draft):
    write(draft, "x" * 104)
    assert "4 letters too many" in draft.inner_text("main")
    send(draft)
    assert "Keep the title to 100 characters" in draft.inner_text("main")
    assert draft.input_value("#id_title") == "x" * 104
