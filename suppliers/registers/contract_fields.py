"""The columns that a contract register may have, and headings seen for each; spoken.py has the words beyond these.

Headings follow the Local Government Association's contracts schema and what councils were seen to publish.
"""

import re

from importing.cells import read_date, read_first_day, read_flag, read_money, read_name, read_reference, read_text
from importing.headings import Field
from organisations.registration import COMPANY, clean_company_number


def read_company(value):
    text, _ = read_text(value)
    number = clean_company_number(text)
    if not number or COMPANY.match(number):
        return number, None
    return "", ("warning", "company_number", f"“{text}” is not a company number; left empty.")


PACKED = re.compile(r"\[([^|\]]+)\|[^\]]*\]")


def read_suppliers(value):
    """A supplier's name; of the suppliers that Contracts Finder packs into a cell ("[Name|Address|...][...]") all."""
    text, problem = read_name(value)
    names = [" ".join(name.split()) for name in PACKED.findall(text)] if text.startswith("[") else []
    if names:
        return "; ".join(names), ("warning", "suppliers_unpacked", f"Read as {len(names)} supplier(s), by their names.")
    return text, problem


read_suppliers.is_text = True


FIELDS = [
    Field(
        "reference",
        "contract reference",
        (
            "ref",
            "reference",
            "contract ref",
            "contract reference",
            "contract reference number",
            "contract no",
            "contract number",
            "contract id",
            "reference number",
            "ref no",
            "unique reference",
            "register number",
            "agreement reference",
        ),
        read_reference,
        required=True,
        kind="reference",
    ),
    Field(
        "title",
        "title",
        (
            "title",
            "contract title",
            "title of agreement",
            "contract name",
            "agreement title",
            "name of contract",
            "project title",
            "contract",
        ),
        read_name,
        required=True,
        kind="words",
    ),
    Field(
        "description",
        "description",
        (
            "award description",
            "description",
            "contract description",
            "details",
            "summary",
            "description of goods and or services",
        ),
    ),
    Field(
        "buyer",
        "council or department",
        (
            "organisation",
            "organisation label",
            "buyer",
            "buyer name",
            "department",
            "department buyer",
            "council",
            "authority",
            "contracting authority",
            "organisational unit",
            "directorate",
            "service",
            "service area",
            "responsible department",
            "local authority department",
        ),
    ),
    Field(
        "supplier_name",
        "supplier",
        (
            "supplier",
            "supplier name",
            "contractor",
            "provider",
            "vendor",
            "contractor name",
            "awarded supplier",
            "awarded to",
            "contract awarded to",
            "appointed supplier",
            "company name",
            "name of supplier",
            "supplier s",
        ),
        read_suppliers,
        kind="name",
        decides=True,
    ),
    Field(
        "company_number",
        "company number",
        (
            "company number",
            "companies house registration number",
            "company registration number",
            "company no",
            "companies house number",
            "company reg no",
        ),
        read_company,
    ),
    Field(
        "value_gbp",
        "value",
        (
            "value",
            "contract value",
            "total value",
            "total contract value",
            "annual total value",
            "value of contract",
            "contract value gbp",
            "estimated value",
            "awarded value",
            "amount",
            "total value of contract",
            "value gbp",
        ),
        read_money,
        is_amount=True,
        decides=True,
    ),
    Field(
        "start",
        "start date",
        (
            "start",
            "start date",
            "contract start",
            "contract start date",
            "commencement date",
            "from",
            "date from",
            "contract commencement date",
        ),
        read_first_day,
        decides=True,
    ),
    Field(
        "end",
        "end date",
        (
            "end",
            "end date",
            "contract end",
            "contract end date",
            "expiry date",
            "expiry",
            "to",
            "date to",
            "completion date",
            "contract expiry date",
            "finish date",
        ),
        read_date,
        decides=True,
    ),
    Field(
        "award_date",
        "award date",
        (
            "award date",
            "awarded",
            "awarded date",
            "date awarded",
            "contract award date",
            "date of award",
            "date signed",
        ),
        read_date,
    ),
    Field(
        "review_date",
        "review date",
        ("review date", "contract review date", "review", "next review date"),
        read_date,
    ),
    Field(
        "sme",
        "small or medium-sized supplier",
        ("sme", "sme supplier", "is sme", "small or medium enterprise", "sme y n"),
        read_flag,
    ),
    Field(
        "vcse",
        "VCSE supplier",
        ("vcse", "vcse supplier", "voluntary sector", "vcs", "is vcse", "vcse y n", "voluntary organisation"),
        read_flag,
    ),
    Field("ocid", "Open Contracting ID", ("ocid", "open contracting id", "ocds id")),
    Field(
        "plan_id_as_typed",
        "PM3 Plan ID",
        ("pm3 plan id", "plan id", "pm3 id", "pm3 reference", "pm3 ref", "pm3"),
    ),
]
