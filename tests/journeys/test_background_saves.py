"""A page or request that was approved is public, whatever else the same form posts in that moment."""

import json

import pytest

from tests.served import Site

SECOND = ("background save with the act in it", "background save", "second click")


@pytest.fixture(scope="module")
def found():
    site = Site("saves")
    try:
        site.manage("collectstatic", "--noinput", "--verbosity", "0")
        return json.loads(site.python("-m", "tests.journeys.background_saves").splitlines()[-1])
    finally:
        site.close()


@pytest.mark.parametrize("second", SECOND)
@pytest.mark.parametrize("thing", ["page", "request"])
def test_the_row_is_never_written_over_and_nobody_sees_an_error(thing, second, found):
    came = found[f"{thing}: {second}"]
    assert came["errors"] == 0
    assert came["live"] != came["waits"], "approved and not public"
    if (thing, second) != ("page", "background save"):  # its words made the approver an author: it waits on
        assert (came["live"], came["unpublished changes"]) == (True, False)


def test_a_background_save_carries_no_act(found):
    for thing in ("page", "request"):
        assert found[f"{thing}: background save with the act in it"]["answers"]["second"] == 409
