"""A signed link is read for its purpose, while it lasts, and not after a letter of it was changed."""

from unittest import mock

import pytest

from records import signed


def test_what_was_written_is_read():
    assert signed.read(signed.make({"a": 1}, "x"), "x", days=1) == {"a": 1}


@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: "x" + t, lambda t: "", lambda t: t.swapcase()])
def test_what_was_changed_is_not(change):
    assert signed.read(change(signed.make({"a": 1}, "x")), "x", days=1) is None


def test_another_purpose_reads_nothing():
    assert signed.read(signed.make({"a": 1}, "x"), "y", days=1) is None


@pytest.mark.parametrize("lasts, seconds", [({"days": 2}, 2 * 86400), ({"seconds": 90}, 90)])
def test_it_lasts_as_long_as_is_said(lasts, seconds):
    with mock.patch("time.time", return_value=1_000_000):
        token = signed.make({"a": 1}, "x")
    with mock.patch("time.time", return_value=1_000_000 + seconds):
        assert signed.read(token, "x", **lasts)
    with mock.patch("time.time", return_value=1_000_001 + seconds):
        assert signed.read(token, "x", **lasts) is None
    assert signed.read(token, "x")
