"""One search over guidance and requests, stems and a typo forgiven, on both databases."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marketplace import search
from requests_app import index
from tests.conftest import make_page, make_request

pytestmark = pytest.mark.django_db


@pytest.fixture
def things(keeper, group):
    body = [{"type": "text", "value": "<p>Volunteers who paint halls need ladders.</p>"}]
    page = make_page("Painting safely", keeper, body=body, introduction="Before anybody climbs.")
    draft = make_page("Painting secretly", keeper, live=False)
    wanted = make_request(group, title="Repaint the scout hut", description="Three coats of masonry paint")
    hidden = make_request(group, live=False, title="Paint a secret room")
    index.write(wanted)
    return page, draft, wanted, hidden


def found(words, **options):
    results = search.find(words, **options)
    return [page.title for page in results.pages], [request.title for request in results.requests], results.instead


@pytest.mark.parametrize(
    "words", ["painting", "paint", "paints", "PAINTED", "ladder", "ladders halls", "halls, painting!"]
)
def test_stems_find_guidance(words, things):
    assert found(words)[0] == ["Painting safely"]


@pytest.mark.parametrize("words", ["repaint", "repainting", "coat", "masonry paints"])
def test_stems_find_requests_in_the_same_search(words, things):
    assert found(words)[1] == ["Repaint the scout hut"]


@pytest.mark.parametrize(
    ("typed", "instead"),
    [
        ("paintng", "painting"),
        ("masnry", "masonry"),
        ("laders", "ladders"),
        ("voluntears", "volunteers"),
        ("scuot hut", "scout hut"),
    ],
)
def test_one_typo_is_forgiven_and_said(typed, instead, things):
    pages, requests, searched = found(typed)
    assert pages or requests
    assert searched == instead
    assert found(typed, exact=True) == ([], [], "")


def test_all_words_must_be_there(things):
    assert found("painting zebra") == ([], [], "")


def test_nothing_unpublished_is_found_or_suggested(things):
    assert found("secret") == ([], [], "")
    assert found("secretly") == ([], [], "")
    assert search.suggest("secr") == []
    assert not [words for words in search.suggest("painting s") if "secret" in words.lower()]


def test_suggestions_are_titles_first_and_then_words(things):
    assert search.suggest("paint") == ["Painting safely", "painting"]
    assert search.suggest("masonry p") == ["masonry paint", "masonry painting"]
    assert search.suggest("p") == []


@pytest.mark.parametrize("typed", ["", " ", "the of and", '"', "'", "(", "* OR NOT", "\0", "a" * 5000, "%_", "é"])
def test_odd_words_are_a_page_and_no_error(typed, things, client):
    page = client.get("/search/", {"q": typed})
    assert "<h1" in page.content.decode()
    assert page.context["found"].query == " ".join(typed.replace("\0", " ").split())[:200]
    suggested = client.get("/search/suggest/", {"q": typed})
    assert isinstance(suggested.json(), (list, dict))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(typed=st.text(max_size=60))
def test_no_words_make_the_search_fall_over(typed, things):
    search.find(typed)
    search.suggest(typed)


def test_the_page_shows_both_and_says_what_it_searched_for(things, client):
    page = client.get("/search/?q=paintng").content.decode()
    assert "results for <strong>painting</strong>" in page
    assert "Painting safely" in page
    page = client.get("/search/?q=paint").content.decode()
    assert "Painting safely" in page
    assert "Repaint the scout hut" in page
