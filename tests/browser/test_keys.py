"""Keys on a page where somebody decides: they choose, they never act by themselves, and they can be switched off."""

import pytest


@pytest.fixture
def deciding(found, open_page):
    return open_page(f"/admin/requests/{found['moderated']}/decide/", "mo")


def checked(page):
    return page.evaluate("document.querySelector('.desk-decision input[type=radio]:checked')?.value")


def test_single_keys_choose_outside_fields_alone(deciding):
    deciding.keyboard.press("r")
    assert checked(deciding) == "reject"
    deciding.keyboard.press("a")
    assert checked(deciding) == "approve"
    deciding.focus("#id_own")
    deciding.keyboard.type("ready")
    assert checked(deciding) == "approve" and deciding.input_value("#id_own") == "ready"


def test_single_keys_can_be_switched_off_and_stay_off(deciding):
    deciding.focus("main")
    deciding.keyboard.press("?")
    deciding.uncheck("[data-keys] input")
    deciding.reload()
    deciding.keyboard.press("r")
    assert checked(deciding) is None


def test_control_and_enter_sends_the_form_as_it_stands(deciding):
    address = deciding.url
    deciding.focus("#id_own")
    with deciding.expect_navigation():
        deciding.keyboard.press("Control+Enter")
    assert deciding.url == address and "Choose one." in deciding.content()  # nothing was chosen: nothing happens


def test_a_slider_says_what_it_stands_at(open_page):
    page = open_page("/admin/broker/", "cara")
    page.focus("#id_held_back")
    page.keyboard.press("ArrowRight")
    assert page.inner_text("output[for=id_held_back]") == page.input_value("#id_held_back") == "1"
