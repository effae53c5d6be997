"""The ways in which registers are written down: wide vocabularies and conventions, chosen by a seed.

Headings follow the Local Government Transparency Code, the LGA's contracts schema, Contracts Finder, ProContract and
spreadsheets of councils as they publish them.
"""

from datetime import timedelta
from decimal import Decimal

HEADINGS = {
    "reference": (
        "Contract Reference", "Ref", "Reference No.", "Contract ID", "Contract Number", "Agreement Ref", "Register No",
        "Unique Identifier", "Procurement Reference", "Contract Ref No", "REF", "contract_reference",
        "contractReference", "Contract Register Ref", "Reference Number", "Contract No", "ID", "Agreement Number",
        "Contract Identifier", "Our Reference", "Contract\nReference", "Doc Number",
    ),
    "title": (
        "Contract Title", "Title of agreement", "Contract Name", "Name of contract", "Title", "Agreement Title",
        "Project Title", "Contract Title/Subject", "contract_title", "Title of Contract", "Agreement Name",
        "CONTRACT TITLE", "Contract Subject", "Name of Agreement",
    ),
    "supplier_name": (
        "Supplier", "Supplier Name", "Contractor", "Provider", "Vendor Name", "Awarded To", "Supplier(s)",
        "Service Provider", "Name of Contractor", "Successful Supplier", "supplierName", "Contractor / Supplier",
        "Awarded Supplier", "Supplier Legal Name", "Company", "Contracted Supplier", "Provider Name",
    ),
    "value_gbp": (
        "Contract Value", "Total Contract Value (£)", "Value £", "Est. value", "Awarded Value", "Contract Sum",
        "Total Value", "Amount (GBP)", "Lifetime Value", "Whole Life Value (£)", "contract_value", "Value",
        "Total Contract Value", "Estimated Contract Value", "Value of Contract (£)", "Contract Value (£)",
    ),
    "start": (
        "Start Date", "Commencement Date", "Contract Start", "Date From", "Begin Date", "Start", "Effective From",
        "Contract Start Date", "start_date", "Contract Commencement", "Date Contract Starts", "Starts",
        "Start of Contract",
    ),
    "end": (
        "End Date", "Expiry", "Contract End Date", "Date To", "Finish Date", "Contract End", "Expiry Date", "end_date",
        "Contract Expiry", "Date Contract Ends", "Ends", "End of Contract", "Contract Expiry Date", "Completion Date",
    ),
}  # fmt: skip
IN_THOUSANDS = ("Contract Value (£000)", "Value (£000s)", "Total Value £k", "Value (£ thousands)", "Amount £'000")
NOISE = {
    "Department": ("Adults", "Highways", "Children", "Estates"), "Procurement Process": ("Open", "Restricted", "Quote"),
    "Extension Option": ("Yes", "No", "1+1"), "CPV": ("90600000", "45233141", "85000000"),
    "Notice Published": ("2024-02-01", "2023-11-30"), "Review Date": ("2025-09-01", "2026-01-15"),
    "SME": ("Yes", "No"), "Annual Value": ("1000", "2500", "400"), "Contact": ("team@example.org", "x@example.org"),
    "Extension End Date": ("2031-03-31", "2030-12-31"), "Irrecoverable VAT": ("0", "N/A"), "Lots": ("1", "2"),
    "Supplier Postcode": ("GU1 1AA", "RH1 1AA"), "Company Number": ("01234567", "07654321"),
    "Last Updated": ("2026-01-02", "2026-02-03"), "Status": ("Live", "Expired"), "Region": ("South East",),
}  # fmt: skip
DAYS = {
    "day/month/year": lambda d: f"{d:%d/%m/%Y}", "day-month-year": lambda d: f"{d:%d-%m-%Y}",
    "day.month.year": lambda d: f"{d:%d.%m.%Y}", "iso": lambda d: d.isoformat(),
    "in words": lambda d: f"{d.day} {d:%B %Y}", "short": lambda d: f"{d:%d-%b-%y}", "with a time": lambda d:
    f"{d:%d/%m/%Y} 00:00", "iso with a time": lambda d: f"{d.isoformat()}T00:00:00", "single digits": lambda d:
    f"{d.day}/{d.month}/{d.year}", "two-digit year": lambda d: f"{d:%d/%m/%y}", "compact": lambda d: f"{d:%Y%m%d}",
    "month/day/year": lambda d: f"{d:%m/%d/%Y}", "american": lambda d: f"{d.month}/{d.day}/{d.year}",
    "weekday": lambda d: f"{d:%a} {d:%d/%m/%Y}", "utc midnight": lambda d: utc_midnight(d),
    "serial": lambda d: str((d - timedelta(0)).toordinal() - 693594),
}  # fmt: skip


def utc_midnight(day):
    """The moment at which a day begins in London, said in UTC: in summer it is 23:00 of the day before."""
    from datetime import UTC, datetime, time
    from zoneinfo import ZoneInfo

    begins = datetime.combine(day, time(), ZoneInfo("Europe/London")).astimezone(UTC)
    return f"{begins:%Y-%m-%dT%H:%M:%SZ}"


def continental(amount, thousands="."):
    return f"{amount:,.2f}".replace(",", "x").replace(".", ",").replace("x", thousands)


AMOUNTS = {
    "plain": lambda a: f"{a.normalize():f}", "two places": lambda a: f"{a:.2f}", "grouped": lambda a: f"{a:,.2f}",
    "pounds": lambda a: f"£{a:,.2f}", "whole pounds": lambda a: f"£{a:,.0f}" if a == int(a) else f"£{a:,.2f}",
    "spaced": lambda a: f"£ {a:,.2f} ", "GBP": lambda a: f"GBP {a:,.2f}", "continental": continental,
    "continental, spaced": lambda a: continental(a, " "), "comma for the point": lambda a:
    f"{a:.2f}".replace(".", ","),
}  # fmt: skip
SUPPLIERS = (
    "Acme Ltd", "Bolt & Sons Limited", "Corvid Care CIC", "Dorking Roads plc", "Elm Catering LLP", "Fern, Moss & Co",
    "Guildford Grounds Ltd", "Harbour Homecare Limited", "Café Ridge Ltd", "O’Neill Builders",
)  # fmt: skip
WORK = (
    "Grounds care", "School meals", "Winter gritting", "Home care, lot 2", "Bridge repairs", "Cleaning of libraries",
    "Library vans", "Fostering support", "Parking machines", "Tree surgery", "IT helpdesk", "Waste: garden & food",
)  # fmt: skip


def amounts(dice, count):
    """Values as registers have them: round ones mostly, some with pence."""
    found = []
    for _ in range(count):
        whole = dice.choice((dice.randint(5, 99) * 1000, dice.randint(100, 4999) * 1000, dice.randint(2000, 99999)))
        found.append(Decimal(whole) + (Decimal(dice.randint(1, 99)) / 100 if dice.random() < 0.3 else 0))
    return found
