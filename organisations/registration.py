"""Charity and company numbers, checked for their form only.

Charity Commission for England and Wales: six or seven digits. OSCR (Scotland): SC and six digits.
Companies House: eight characters, digits or a two-letter prefix and six digits.
"""

import re

from django.core.exceptions import ValidationError

CHARITY = re.compile(r"^(\d{6,7}|SC\d{6})$")
COMPANY = re.compile(r"^(\d{8}|[A-Z]{2}\d{6}|R\d{7})$")


def clean_number(text):
    """The number without spaces, hyphens and lower case, as the registers print it."""
    return re.sub(r"[\s\-./]", "", str(text or "")).upper()


def clean_company_number(text):
    """As clean_number; leading zeros that a spreadsheet lost are put back."""
    number = clean_number(text)
    return number.zfill(8) if number.isdigit() and 5 < len(number) < 8 else number


def validate_charity_number(text):
    if not CHARITY.match(text):
        raise ValidationError(
            "Enter a charity number as the register shows it: six or seven digits, or SC and six digits in Scotland.",
            code="charity_number",
        )


def validate_company_number(text):
    if not COMPANY.match(text):
        raise ValidationError(
            "Enter a company number of eight characters, like 01234567 or SC123456.", code="company_number"
        )


def register_links(organisation):
    """[(words, address)] of an organisation's entries in the public registers."""
    charity, company = organisation.charity_number, organisation.company_number
    links = []
    if charity.startswith("SC"):
        links.append(("OSCR’s register", f"https://www.oscr.org.uk/about-charities/search-the-register/{charity}"))
    elif charity:
        at = "https://register-of-charities.charitycommission.gov.uk/charity-details/?regid="
        links.append(("The Charity Commission’s register", f"{at}{charity}&subid=0"))
    if company:
        at = "https://find-and-update.company-information.service.gov.uk/company/"
        links.append(("Companies House’s register", f"{at}{company}"))
    return links
