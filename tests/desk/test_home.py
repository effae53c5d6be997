"""Both homes say the same, nothing shown leads to a refusal, and lists are kept as somebody narrowed them."""

import re
from html import unescape

import pytest
from django.urls import reverse

from desk.models import SavedView
from marketplace import dashboards
from marketplace.roles import ROLES
from requests_app import moderation
from suppliers.models import Contract
from tests.conftest import make_organisation, make_request, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def busy(group, supplier, commitment, people):
    """Something that waits for nearly everybody."""
    make_organisation("New", "informal", people["charlie"], state="waiting")
    moderation.submit(make_request(group, live=False, title="Chairs"), by=people["alice"])
    Contract.objects.create(reference="X-1", title="Roads", supplier_name="Somebody")
    Contract.objects.filter(pk=commitment.contract_id).update(manager=people["cara"])


@pytest.mark.parametrize("who", ["mo", "cara", "pat", "edie", "dee"])
def test_the_staff_home_and_ones_own_page_say_the_same(who, busy, people, client):
    client.force_login(people[who])
    home, own = (unescape(client.get(path).content.decode()) for path in ("/admin/", "/account/"))
    waiting = dashboards.waiting_for(people[who])
    for thing in waiting:
        assert thing.words in home and thing.words in own
        assert f'href="{thing.url}"' in home and f'href="{thing.url}"' in own
    count = sum(thing.count for thing in waiting)
    assert ("Nothing waits for you" if not count else f"{count} thing") in home
    assert "ird" not in re.findall(r"<title>(.*?)</title>", home, re.S)[0]


@pytest.mark.parametrize("role", ROLES)
def test_what_a_role_is_shown_it_may_open(role, busy, client, settings):
    settings.STAFF_TWO_STEP = False
    user = make_user("role", role)
    client.force_login(user)
    home = client.get("/admin/").content.decode()
    shown = set(re.findall(r'"url": "(/admin/[^"]*)"', home)) | set(re.findall(r'href="(/[^"#]*)"', home))
    shown -= {path for path in shown if "logout" in path or path.startswith("/static/")}
    assert len(shown) > 5
    for path in sorted(shown):
        answer = client.get(unescape(path), follow=True)
        led = [target for target, _ in answer.redirect_chain]
        assert answer.status_code == 200 and led[-1:] != ["/admin/"], path


@pytest.mark.parametrize("who", ["cara", "mo", "pat", "edie", "dee"])
def test_search_finds_what_one_may_see_and_leads_nowhere_else(who, busy, people, client):
    client.force_login(people[who])
    for text in ("chairs", "new", "roads", "alice", "", "%", "x" * 500):
        page = client.get(reverse("staff_find"), {"q": text})
        assert page.status_code == 200
        for path in re.findall(r'<li>\s*<a href="([^"]+)"', page.content.decode()):
            assert client.get(path).status_code == 200, path
    hidden = client.get(reverse("staff_find"), {"q": "Chairs"}).content.decode()
    assert (">Chairs</a>" in hidden) == (who == "mo")  # a request that nobody has approved yet


def test_a_contract_is_found_by_its_number_however_it_is_typed(busy, people, client):
    client.force_login(people["pat"])
    assert "X-1, Roads" in client.get(reverse("staff_find"), {"q": "x 1"}).content.decode()


def keep(client, where, title="Mine"):
    return client.post(reverse("view_keep"), {"where": where, "title": title})


def test_a_view_is_kept_shown_and_forgotten(busy, people, client):
    client.force_login(people["cara"])
    where = reverse("contract:index") + "?manager=me&p=2&export=csv"
    assert keep(client, where).url.endswith("?manager=me")
    page = client.get(reverse("contract:index") + "?manager=me").content.decode()
    assert 'aria-current="page">Mine</a>' in page
    keep(client, reverse("contract:index") + "?ends=6")  # the same name anew
    view = SavedView.objects.get()
    assert view.query == "ends=6"
    client.force_login(people["pat"])
    assert client.post(reverse("view_drop", args=[view.pk])).status_code == 404
    client.force_login(people["cara"])
    client.post(reverse("view_drop", args=[view.pk]))
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(
    "where", ["https://evil.example/admin/", "//evil.example/admin/", "/account/", "", "javascript:1"]
)
def test_a_view_of_another_place_is_not_kept(where, people, client):
    client.force_login(people["cara"])
    assert keep(client, where).status_code in (302, 403)
    assert not SavedView.objects.exists()


def test_mine_is_who_asks(busy, people, client):
    for who, count in (("cara", 1), ("pat", 0)):
        client.force_login(people[who])
        page = client.get(reverse("contract:index"), {"manager": "me"})
        assert page.context["page_obj"].paginator.count == count
    nobody = client.get(reverse("contract:index"), {"manager": "nobody"})
    assert [row.reference for row in nobody.context["page_obj"]] == ["X-1"]


@pytest.mark.parametrize(
    "query",
    ["manager=1e9", "manager=x", "ends=99", "ends=over", "ends=3", "has_supplier=false", "behind=true", "supplier=%25"],
)
def test_odd_filters_are_answered(query, busy, people, client):
    client.force_login(people["cara"])
    for name in ("contract:index", "commitment:index", "delivery_queue:index"):
        assert client.get(f"{reverse(name)}?{query}").status_code in (200, 400)


def test_what_starts_up_stands_below_what_is_behind():
    from fractions import Fraction

    from marketplace.home import by_pace
    from suppliers.pace import Pace, Standing

    def standing(confirmed, expected, pace):
        amounts = (Fraction(100), Fraction(expected), Fraction(confirmed), Fraction(confirmed), Fraction(0))
        return Standing("hours", *amounts, pace)

    starting, behind, track = (
        standing(0, 9, Pace.STARTING),
        standing(8, 10, Pace.BEHIND),
        standing(10, 10, Pace.ON_TRACK),
    )
    nothing = standing(0, 0, Pace.NOT_DUE)
    assert sorted([nothing, track, starting, behind], key=by_pace) == [behind, starting, track, nothing]
