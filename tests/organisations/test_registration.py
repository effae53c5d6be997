import pytest
from django.core.exceptions import ValidationError

from organisations.registration import (
    clean_company_number,
    clean_number,
    validate_charity_number,
    validate_company_number,
)


@pytest.mark.parametrize("typed", ["1012345", "216401", "SC012345"])
def test_charity_numbers_of_both_registers_are_taken(typed):
    validate_charity_number(clean_number(typed))


@pytest.mark.parametrize("typed", ["12345", "12345678", "SC12345", "AB123456", "one"])
def test_other_charity_numbers_are_refused_with_a_sentence(typed):
    with pytest.raises(ValidationError, match="as the register shows it"):
        validate_charity_number(clean_number(typed))


@pytest.mark.parametrize(
    ("typed", "kept"), [("1234567", "01234567"), (" sc 123456", "SC123456"), ("oc-301234", "OC301234")]
)
def test_company_numbers_are_brought_to_the_registers_form(typed, kept):
    assert clean_company_number(typed) == kept
    validate_company_number(kept)


@pytest.mark.parametrize("typed", ["123", "123456789", "A1234567"])
def test_other_company_numbers_are_refused(typed):
    with pytest.raises(ValidationError):
        validate_company_number(clean_company_number(typed))
