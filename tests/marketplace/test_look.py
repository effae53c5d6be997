"""A council's own look: name, logo, colours that can be read, and words in the foot, without touching code."""

import re

import pytest
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.urls import reverse

from guidance import publications
from guidance.models import Picture
from marketplace import look
from marketplace.models import Look
from marketplace.models.look import CARD, GOLD_TINT, MINT, ON_CALL, ON_HEAD, PAPER
from tests.conftest import make_user, markup
from tests.served import ROOT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def anew():
    caches["local"].clear()
    caches["pages"].clear()
    yield
    caches["local"].clear()


def test_without_a_look_the_site_is_as_it_came(client, settings):
    page = markup(client.get(reverse("requests")))
    assert "look.css" not in page and settings.COUNCIL_NAME in page and "app-header__mark" in page
    assert client.get(reverse("look")).content == b""


def test_another_council_looks_like_itself(client, settings):
    settings.COUNCIL_NAME = "Kent County Council"
    Look.objects.create(head_colour="#003366", link_colour="#004488", foot="Call us")
    page = markup(client.get(reverse("requests")))
    assert "Kent County Council" in page and "Call us" in page and f"{reverse('look')}?v=" in page
    styles = client.get(reverse("look"))
    assert styles.content.decode() == (
        ":root{--green:#003366;--w-color-primary-hue:210.0;--w-color-primary-saturation:100.0%;"
        "--w-color-primary-lightness:20.0%;--w-color-secondary-hue:210.0;--w-color-secondary-saturation:100.0%;"
        "--w-color-secondary-lightness:20.0%;}"
        "@media (prefers-color-scheme:light){:root{--link:#004488;--govuk-link-colour:#004488;}}"
    )
    assert styles["Content-Type"] == "text/css; charset=utf-8"


def test_the_staff_side_wears_the_councils_colours(client, people):
    client.force_login(people["cara"])
    assert "look.css" not in markup(client.get("/admin/"))
    Look.objects.create(head_colour="#003366")
    caches["local"].clear()
    page = markup(client.get("/admin/"))
    assert page.index("staff.css") < page.index(f"{reverse('look')}?v=")


def test_the_address_of_the_styles_changes_with_them():
    chosen = Look.objects.create(head_colour="#003366")
    before = look.shown().styles
    caches["local"].clear()
    chosen.head_colour = "#002255"
    chosen.save()
    assert before != look.shown().styles


@pytest.mark.parametrize(
    ("colours", "field", "words"),
    [
        ({"head_colour": "#d9d2c0"}, "head_colour", "the words of the head is 1.*darker"),
        ({"call_colour": "#1d4d4b"}, "call_colour", "the words of the button"),
        ({"call_colour": "#e8a020", "head_colour": "#8a5a10"}, "call_colour", "the colour of the head"),
        ({"link_colour": "#8fd6bf"}, "link_colour", "the page"),
        ({"head_colour": "#6f6f6f"}, "call_colour", "the colour of the head"),
        ({"link_colour": "#6b6b6b"}, "link_colour", "what is laid on green"),
        ({"head_colour": "green"}, "head_colour", "six digits"),
        ({"link_colour": "#12345"}, "link_colour", "six digits"),
        ({"link_colour": "#12345g"}, "link_colour", "six digits"),
        ({"head_colour": "#000;}"}, "head_colour", "six digits"),
    ],
)
def test_what_can_not_be_read_is_refused_beside_its_field(colours, field, words):
    with pytest.raises(ValidationError) as refused:
        Look(**colours).full_clean()
    assert re.search(words, " ".join(refused.value.message_dict[field]))


def test_a_colour_is_kept_in_small_letters():
    chosen = Look(head_colour=" #003366 ".strip().upper())
    chosen.full_clean()
    assert chosen.head_colour == "#003366"


def test_who_may_change_it_and_the_form_says_what_is_wrong(client, people):
    address = reverse("wagtailsettings:edit", args=["marketplace", "look", Look.load().pk])
    client.force_login(people["edie"])
    assert client.get(address).status_code in (302, 403, 404)
    client.logout()
    client.force_login(make_user("ruth", "Programme team"))
    empty = dict.fromkeys(("logo", "call_colour", "link_colour", "foot"), "")
    data = empty | {"head_colour": "#ffffff"}
    page = client.post(address, data, follow=True).content.decode()
    assert "Contrast with the words of the head" in page
    assert not Look.objects.exclude(head_colour="").exists()
    client.post(address, data | {"head_colour": "#003366"}, follow=True)
    assert Look.objects.get().head_colour == "#003366"


def test_the_site_as_it_came_can_be_read_and_the_colours_are_those_of_the_styles():
    Look().full_clean()
    styles = (ROOT / "assets" / "_tokens.scss").read_text()
    named = {
        "on-green": ON_HEAD,
        "on-gold": ON_CALL,
        "paper": PAPER,
        "card": CARD,
        "mint": MINT,
        "gold-tint": GOLD_TINT,
    }
    for name, colour in named.items():
        assert f"--{name}: {colour};" in styles.split("@media")[0], name


def test_a_logo_whose_file_is_lost_leaves_the_mark(client):
    lost = Picture.objects.create(title="Logo", file="images/lost.png", width=100, height=50)
    Look.objects.create(logo=lost)
    page = client.get(reverse("requests"))
    assert page.status_code == 200 and "app-header__mark" in markup(page)


def test_pages_that_are_kept_are_made_anew_once_the_look_changes():
    before = publications.number()
    Look.objects.create(head_colour="#003366")
    assert publications.number() > before


def test_a_page_that_is_kept_for_long_never_keeps_an_old_look(client):
    assert "look.css" not in markup(client.get("/accessibility/"))
    Look.objects.create(head_colour="#003366")  # within the minute in which the old one is kept
    assert "look.css" in markup(client.get("/accessibility/"))
