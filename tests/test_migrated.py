"""Test runs side by side: a lock for each version and database, that says what it waits for and gives up."""

import threading
from datetime import timedelta
from pathlib import Path

import pytest

from tests import migrated


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    monkeypatch.setattr(migrated, "TEMPORARY", tmp_path)
    return tmp_path


def held(name):
    """Hold a lock in a thread until the returned function is called."""
    begun, end = threading.Event(), threading.Event()

    def hold():
        with migrated.one_at_a_time(name):
            begun.set()
            end.wait(30)

    thread = threading.Thread(target=hold)
    thread.start()
    begun.wait(10)

    def let_go():
        end.set()
        thread.join()

    return let_go


def test_who_waits_is_told_for_whom_and_gives_up(elsewhere):
    let_go, said = held("one"), []
    try:
        with (
            pytest.raises(migrated.Busy, match=r"held by process \d+ in /"),
            migrated.one_at_a_time("one", said.append, 2),
        ):
            raise AssertionError("two held it")
    finally:
        let_go()
    assert len(said) == 1
    assert "Waiting for process" in said[0]
    with migrated.one_at_a_time("one", said.append, 2):
        assert len(said) == 1


def test_another_version_waits_for_nobody(elsewhere):
    let_go = held("one")
    try:
        with migrated.one_at_a_time("another", most=0):
            assert (Path(elsewhere) / "another.lock").exists()
    finally:
        let_go()


def test_nobody_waits_longer_than_two_minutes():
    assert timedelta(seconds=migrated.LONGEST_WAIT) <= timedelta(minutes=2)
