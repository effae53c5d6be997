"""Content checks warn before a page is public: links, pictures, headings, reading age, owner and model."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from guidance import checks, reading
from guidance.models import Picture, Review, SocialValueModel
from tests.conftest import make_page

pytestmark = pytest.mark.django_db


def text(html):
    return {"type": "text", "value": html}


def kinds(page):
    return sorted(finding.kind for finding in checks.of(page))


@pytest.fixture
def picture(tmp_path):
    file = tmp_path / "hall.png"
    Image.new("RGB", (8, 8)).save(file)
    with file.open("rb") as opened:
        return Picture.objects.create(title="The hall", file=ImageFile(opened, "hall.png"))


def test_a_page_in_order_has_no_finding(keeper):
    body = [
        {"type": "heading", "value": "Ask"},
        text('<p>Say what you need. <a href="/requests/">See requests</a></p>'),
    ]
    assert checks.of(make_page(owner=keeper, body=body)) == []


@pytest.mark.parametrize(
    ("html", "kind", "words"),
    [
        ('<a linktype="page" id="9999">Old page</a>', "broken link", "was deleted"),
        ('<a linktype="document" id="9999">Form</a>', "broken link", "was deleted"),
        ('<a href="/nowhere-at-all/">Somewhere</a>', "broken link", "not on this site"),
        ('<a href="relative/path">Somewhere</a>', "broken link", "not on this site"),
        ('<a href="http:///nothing">Form</a>', "broken link", "not an address"),
        ('<a href="htp://example.org">Form</a>', "broken link", "not an address"),
        ('<a href="https://intranet/page">Form</a>', "broken link", "readers can’t reach"),
        ('<a href="https://staging.internal/page">Form</a>', "broken link", "readers can’t reach"),
        ('<a href="http://gov.uk/page">Form</a>', "link", "not secure"),
        ('<a href="https://gov.uk/page">click here</a>', "link words", "where it leads"),
        ('<a href="https://gov.uk/page"></a>', "link", "no words"),
        ("See www.gov.uk/page for more", "link", "an address without words"),
        ("Write to jo.smith@council.gov.uk", "address", "a person’s address"),
    ],
)
def test_each_kind_of_bad_link_is_named(html, kind, words, keeper):
    found = checks.of(make_page(owner=keeper, body=[text(f"<p>{html}</p>")]))
    assert [finding.kind for finding in found] == [kind]
    assert words in found[0].words


def test_a_link_to_our_own_site_written_as_external_is_named(keeper, settings):
    settings.SITE_URL = "https://market.council.gov.uk"
    body = [text('<p><a href="https://market.council.gov.uk/requests/">Requests</a></p>')]
    assert "looks external" in checks.of(make_page(owner=keeper, body=body))[0].words


def test_a_link_to_an_unpublished_page_breaks_when_it_is_taken_down(keeper):
    target = make_page("Target", keeper)
    page = make_page("Source", keeper, body=[text(f'<p><a linktype="page" id="{target.pk}">Target</a></p>')])
    assert kinds(page) == []
    target.unpublish()
    assert kinds(page) == ["broken link"]


def test_links_in_tables_and_details_are_seen_too(keeper):
    link = '<p><a linktype="page" id="9999">Old</a></p>'
    table = {"columns": [{"type": "rich_text", "heading": "A"}], "rows": [{"values": [link]}], "caption": ""}
    body = [
        {"type": "details", "value": {"summary": "More", "text": link.replace("Old", "Older")}},
        {"type": "table", "value": table},
    ]
    assert kinds(make_page(owner=keeper, body=body)) == ["broken link", "broken link"]


@pytest.mark.parametrize(
    ("alt", "decorative", "expected"),
    [
        ("", False, ["alternative text"]),
        ("hall.png", False, ["alternative text"]),
        ("A hall with chairs", False, []),
        ("", True, []),
    ],
)
def test_a_picture_needs_words_unless_it_only_adorns(alt, decorative, expected, picture, keeper):
    body = [{"type": "picture", "value": {"image": picture.pk, "alt_text": alt, "decorative": decorative}}]
    assert kinds(make_page(owner=keeper, body=body)) == expected


def test_a_heading_with_nothing_under_it(keeper):
    body = [{"type": "heading", "value": "One"}, {"type": "heading", "value": "Two"}, text("<p>Words</p>")]
    found = checks.of(make_page(owner=keeper, body=body))
    assert [finding.words for finding in found] == ["The heading “One” has nothing under it."]


def test_hard_words_and_long_sentences(keeper):
    sentence = "Notwithstanding the aforementioned considerations organisations should systematically operationalise "
    body = [text(f"<p>{sentence * 5}.</p>")]
    assert kinds(make_page(owner=keeper, body=body)) == ["reading age", "sentence"]


def test_vacant_owner_and_superseded_model(keeper, people):
    from guidance.governance import roles

    page = make_page(owner=keeper, model=SocialValueModel.objects.get(slug="central-2020"))
    roles.leave(keeper, by=people["dee"])
    holder = keeper.holders.get()
    holder.ends_on = holder.starts_on
    holder.save()
    assert kinds(page) == ["model", "owner"]


def test_a_withdrawn_version_is_refused(keeper):
    model = SocialValueModel.objects.get(slug="central-2025")
    page = make_page(owner=keeper, model=model)
    SocialValueModel.objects.filter(pk=model.pk).update(state="withdrawn")
    page = type(page).objects.get(pk=page.pk)
    with pytest.raises(ValidationError, match="was withdrawn"):
        page.full_clean()


def test_reading_age_grows_with_words_and_sentences():
    plain = "We can help you. Ask us for a hand. Say what you need and when. We will find it. " * 3
    hard = "Organisational stakeholders facilitate multidisciplinary collaboration, thereby maximising outcomes " * 4
    assert reading.age("Too short.") is None
    assert reading.age(plain) < 9 < 18 < reading.age(hard)
    assert reading.age(plain.replace(". ", " ")) > reading.age(plain)


@given(st.text(max_size=400))
def test_reading_age_and_plain_words_never_fall_over(words):
    years = reading.age(reading.text_of_html(words))
    assert years is None or years >= 5


@given(st.text(max_size=200))
def test_no_address_makes_the_checks_fall_over(address):
    list(checks._address("The link", address))


def test_the_editor_is_warned_when_a_draft_is_saved(keeper, people, client):
    page = make_page(owner=keeper, body=[text('<p><a href="/nowhere-at-all/">Somewhere</a></p>')])
    client.force_login(people["edie"])
    shown = client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert "Put these right before the page is published" in shown
    assert "not on this site" in shown
    assert Review.objects.count() == 1


def test_a_picture_is_drawn_in_three_kinds_and_sizes_with_its_own_words(picture, keeper, client):
    for words, decorative, alt in (("A hall", False, 'alt="A hall"'), ("", True, 'alt=""')):
        body = [{"type": "picture", "value": {"image": picture.pk, "alt_text": words, "decorative": decorative}}]
        page = make_page(f"Pictures {decorative}", keeper, body=body)
        shown = client.get(page.url).content.decode()
        drawn = shown[shown.index("<picture") : shown.index("</picture>")]
        assert alt in drawn and 'loading="lazy"' in drawn
        assert 'type="image/avif"' in drawn and 'type="image/webp"' in drawn and ".jpg" in drawn
