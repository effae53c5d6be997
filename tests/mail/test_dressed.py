"""E-mails as HTML: what people typed stays words, links are ours, and it is read in the dark and on a narrow screen."""

import re

import pytest

from mail import dressed
from screens.contrast import contrast

TEXT = """Hello Ann,

Sam’s Garden Centre offers 20 hours.

Read it and answer:
http://127.0.0.1:8000/pledges/1/

They write:
<b>Look</b> & see https://evil.example/ or
https://evil.example/pay
http://127.0.0.1:8000.evil.example/
- one point
- another

Stop these:
http://127.0.0.1:8000/stop/?a=1&b=2

Community Marketplace, Surrey
http://127.0.0.1:8000
"""


@pytest.fixture
def dress(db, settings):
    settings.SITE_URL = "http://127.0.0.1:8000"
    return dressed.as_html("You have a <pledge>", TEXT)


def test_links_say_where_they_lead_and_the_first_is_the_button(dress):
    assert '<a class="press" href="http://127.0.0.1:8000/pledges/1/">Read it and answer</a>' in dress
    assert re.search(r'<a\s+href="http://127.0.0.1:8000/stop/\?a=1&amp;b=2">Stop these</a>', dress)
    assert dress.count('class="press"') == 1


def test_what_people_typed_is_no_markup_and_no_link(dress):
    assert "&lt;b&gt;Look&lt;/b&gt; &amp; see https://evil.example/ or" in dress
    assert 'href="https://evil' not in dress and "8000.evil.example/</a>" not in dress and 'evil.example/"' not in dress
    assert "<title>You have a &lt;pledge&gt;</title>" in dress


def test_points_are_a_list(dress):
    assert re.search(r"<ul>\s*<li>one point</li><li>another</li>\s*</ul>", dress)


def test_a_council_s_colour_is_the_head_s(dress, settings):
    dressed.register_look(lambda: {"brand": "#123456", "other": ""})
    try:
        assert "background: #123456" in dressed.as_html("S", TEXT)
    finally:
        from marketplace import look

        dressed.register_look(look.of_mail)


def test_its_colours_can_be_read_in_the_light_and_in_the_dark(dress):
    pairs = [("#17302f", "#ffffff"), ("#49605d", "#ffffff"), ("#1d4d4b", "#ffffff"), ("#f6eedd", "#17302f"),
             ("#b9c8c0", "#17302f"), ("#9fd8c4", "#17302f"), ("#ffffff", "#1d4d4b")]  # fmt: skip
    for words, ground in pairs:
        assert words in dress and ground in dress
        assert contrast(words, ground) >= 4.5, (words, ground)
