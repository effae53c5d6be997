"""What a first and a second visit weigh, as a browser gets it: the page, styles, script and typeface, all packed."""

from pathlib import Path

import brotli
import pytest
from django.conf import settings

from tests.conftest import make_request

pytestmark = pytest.mark.django_db
BUILT = Path(settings.BASE_DIR) / "static" / "built"
FIRST, SECOND, LIST = 100_000, 8_000, 6_000  # bytes


def wire(client, path):
    answer = client.get(path, headers={"accept-encoding": "br"})
    assert answer.status_code == 200
    return len(answer.content)


@pytest.fixture
def stocked(group):
    found = [
        make_request(group, title=f"Need {n} of our hall", description="We need this and that. " * 20)
        for n in range(25)
    ]
    return found[0]


def test_a_first_visit_stays_below_its_budget_and_a_second_page_far_below(stocked, client):
    if not BUILT.exists():
        pytest.skip("styles are not built: run python3 run.py setup")
    packed = sum(len(brotli.compress((BUILT / name).read_bytes(), quality=11)) for name in ("site.css", "site.js"))
    shared = packed + (BUILT / "atkinson.woff2").stat().st_size
    for path in ("/", "/requests/", f"/requests/{stocked.pk}/", "/figures/"):
        page = wire(client, path)
        assert shared + page <= FIRST, (path, shared, page)
        assert page <= SECOND, (path, page)


def test_a_page_of_the_list_is_six_kilobytes_at_most(stocked, client):
    assert wire(client, "/requests/") <= LIST
