"""One contract has one reference, however it was typed or copied."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from golden_thread.plan_ids import read
from words.references import plain_signs, reference_key

HYPHENS = "-\u00ad\u02d7\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\uff0d"
UNSEEN = (
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2060\u2066\ufeff\u034f\u115f\u3164\ufe0f"
    "\u180b\u180f\u17b4\U000e0100\U000e01ef"
)


@pytest.mark.parametrize("hyphen", HYPHENS)
def test_every_kind_of_hyphen_is_one(hyphen):
    assert reference_key(f"DN{hyphen}123") == "dn-123"


@pytest.mark.parametrize("char", UNSEEN)
def test_what_can_not_be_seen_does_not_count(char):
    assert reference_key(f"{char}DN-{char}123{char}") == "dn-123"


@pytest.mark.parametrize("typed", ["dn-123", " DN - 123 ", "DN-\u00a0123", "DN-\t123\n", "ＤＮ-１２３", "DN-\u2009123"])
def test_case_spaces_and_width_do_not_count(typed):
    assert reference_key(typed) == "dn-123"


@pytest.mark.parametrize(("one", "other"), [("DN-123", "DN123"), ("DN-123", "DN/123"), ("A1", "A01"), ("É1", "E1")])
def test_what_can_be_told_apart_is_kept_apart(one, other):
    assert reference_key(one) != reference_key(other)


@given(st.text(max_size=200))
def test_any_text_has_a_key_and_a_key_is_its_own(text):
    key = reference_key(text)
    assert len(key) <= 120
    assert not any(char.isspace() for char in key)
    assert reference_key(plain_signs(text)) == key


def test_plan_ids_are_read_through_the_same_signs():
    assert read("PM3\u201100123\u200b").numbers == [123]
