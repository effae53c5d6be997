"""The staff side's policy on screens of Wagtail itself: nothing that they need is blocked."""

import pytest

WAGTAILS = {
    "home": ("edie", "/admin/"),
    "explorer": ("edie", "/admin/pages/"),
    "choose a page": ("edie", "/admin/choose-page/"),
    "editor": ("edie", "/admin/pages/{page}/edit/"),
    "one's account": ("edie", "/admin/account/"),
    "pictures": ("edie", "/admin/images/"),
    "reports": ("edie", "/admin/reports/site-history/"),
    "a register": ("pat", "/admin/contract/"),
    "a new contract": ("pat", "/admin/contract/new/"),
}


@pytest.mark.parametrize("name", WAGTAILS)
def test_nothing_of_a_screen_of_wagtail_is_blocked(name, found, open_page):
    key, path = WAGTAILS[name]
    page = open_page(path.format(**found), key)
    assert page.answer.status == 200
    assert path.format(**found) in page.url  # and not the way to somewhere else
    assert [words for words in page.complaints if "Content Security Policy" in words] == []
