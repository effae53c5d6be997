"""How answers travel: packed for readers who are not signed in, in short where unchanged, ahead where that is safe."""

import gzip
import json

import brotli
import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from guidance.upkeep import reads
from marketplace import speculation, wire
from tests.conftest import make_request

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]  # what goes out is packed after it
HOME, LIST = "/", "/requests/"


def unpacked(answer):
    how = answer.get("Content-Encoding", "")
    body = answer.content
    return {"br": brotli.decompress, "gzip": gzip.decompress}.get(how, bytes)(body)


@pytest.mark.parametrize("path", [HOME, LIST, "/guidance/", "/figures/", "/search/?q=paint", "/nothing-here/"])
@pytest.mark.parametrize(
    ("header", "how"),
    [
        ("gzip, deflate, br, zstd", "br"), ("gzip", "gzip"), ("br;q=0, gzip;q=0.5", "gzip"), ("identity", ""), ("", ""),
        ("gzip;q=x", ""), ("GZIP", "gzip"),
    ],
)  # fmt: skip
def test_a_page_is_packed_as_the_browser_takes_it_and_says_the_same(path, header, how, client, group):
    plain = client.get(path)
    for _ in range(2):  # made, then kept
        answer = client.get(path, headers={"accept-encoding": header})
        expected = how if answer.status_code == 200 else ""
        assert answer.get("Content-Encoding", "") == expected
        assert unpacked(answer) == plain.content
        assert int(answer.get("Content-Length", len(answer.content))) == len(answer.content)
        if plain.status_code == 200:
            assert "Accept-Encoding" in answer["Vary"] and "Cookie" in answer["Vary"]


@pytest.mark.parametrize("path", [HOME, LIST, "/account/", "/requests/new/"])
def test_nothing_of_somebody_signed_in_is_packed_or_stored(path, client, people):
    client.force_login(people["alice"])
    answer = client.get(path, headers={"accept-encoding": "br, gzip"})
    assert not answer.has_header("Content-Encoding") and not answer.has_header("ETag")
    assert not answer.has_header("Speculation-Rules")
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("path", [HOME, LIST, "/figures/"])
def test_an_unchanged_page_is_said_to_be_so_in_short(path, client, group):
    first = client.get(path, headers={"accept-encoding": "br"})
    assert first["Cache-Control"] == "no-cache"
    again = client.get(path, headers={"accept-encoding": "br", "if-none-match": f'"other", {first["ETag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"] and again.has_header("Content-Security-Policy")
    make_request(group, title="Quite new")
    anew = client.get(LIST, headers={"if-none-match": client.get(LIST)["ETag"] + "x"})
    assert anew.status_code == 200


def test_what_changed_is_sent_whole(client, group):
    mark = client.get(LIST)["ETag"]
    make_request(group, title="Quite new")
    from django.core.cache import caches

    caches["local"].clear()
    answer = client.get(LIST, headers={"if-none-match": mark})
    assert answer.status_code == 200 and "Quite new" in answer.content.decode()


def test_a_page_with_a_forms_token_is_never_called_unchanged(client, group):
    page = client.get("/accounts/login/")
    assert b"csrfmiddlewaretoken" in page.content
    assert not page.has_header("ETag")


@given(st.binary(max_size=3000))
def test_what_is_packed_unpacks_to_itself(body):
    for effort in (wire.AT_ONCE, wire.FOR_LATER):
        packed = wire.pack(body, effort)
        assert brotli.decompress(packed["br"]) == gzip.decompress(packed["gzip"]) == body


@given(st.text(max_size=60))
def test_no_header_breaks_it(header):
    assert set(wire.accepted(header)) <= {"br", "gzip"}


def test_rules_name_nothing_that_a_link_does(client):
    rules = json.loads(client.get(speculation.ADDRESS).content)
    never = rules["prefetch"][0]["where"]["and"][1]["not"]["href_matches"]
    for path in (
        reverse("dashboard"),
        "/confirm/x",
        "/alerts/stop/x",
        "/accounts/logout/",
        "/admin/",
        "/invitations/x",
    ):
        assert any(path.startswith(pattern.rstrip("*")) for pattern in never if pattern.endswith("/*")), path
    assert client.get(HOME)["Speculation-Rules"] == f'"{speculation.ADDRESS}"'


def test_a_page_fetched_ahead_is_not_counted_as_read(client, keeper):
    from tests.conftest import make_page

    page = make_page("ahead", keeper)
    for headers, count in (({"sec-purpose": "prefetch"}, 0), ({}, 1), ({"purpose": "prefetch"}, 1), ({}, 2)):
        client.get(page.url, headers={"user-agent": "Mozilla/5.0", **headers})
        assert sum(reads._reads.values()) == count, headers
