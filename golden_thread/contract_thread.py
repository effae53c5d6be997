"""Where one contract stands in the golden thread: its project, its spend, its link in words, and what to do."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from . import links, plan_ids, records, rules
from .models import ContractRecord, FinanceRecord, ProjectRecord
from .records import System


@dataclass(frozen=True)
class ContractThread:
    """`words` say the state of the link, `what_to_do` how to mend it; "" where nothing is to be done.

    `records` are its rows of the newest Proactis extract, `projects` those of PM3 that they name, `spend` is in pounds,
    None without an extract of MySurrey.
    """

    words: str
    what_to_do: str
    council: int | None  # the partner authority that it comes under
    suggestions: int
    records: list
    projects: list
    spend: Decimal | None
    contracts_extract: object
    projects_extract: object
    finance_extract: object


def of(contract):
    """The ContractThread of a contract of the register, from the newest extracts of its authority."""
    reference_key, council = contract.reference_key, rules.of_contract(contract).council
    of_projects, of_contracts, of_finance = (_newest(system, council) for system in System)
    rows = list(ContractRecord.objects.filter(extract=of_contracts, reference_key=reference_key).order_by("line"))
    numbers = {int(number) for row in rows for number in row.plan_numbers.split()}
    projects = list(ProjectRecord.objects.filter(extract=of_projects, plan_number__in=numbers).order_by("line"))
    question = next(iter(links.questions([reference_key], council)), None)
    suggestions = len(question.suggestions) if question else 0
    confirmed = links.confirmed([reference_key], council).get(reference_key)
    words, what_to_do = _state(rows, projects, suggestions, confirmed, of_contracts)
    return ContractThread(
        words=words,
        what_to_do=what_to_do,
        council=council,
        suggestions=suggestions,
        records=rows,
        projects=projects,
        spend=_spend(of_finance, reference_key),
        contracts_extract=of_contracts,
        projects_extract=of_projects,
        finance_extract=of_finance,
    )


def _newest(system, council):
    try:
        return records.newest(system, council)
    except records.NoExtract:
        return None


def _spend(extract, key):
    if extract is None:
        return None
    rows = FinanceRecord.objects.filter(extract=extract, reference_key=key)
    return rows.aggregate(total=Sum("amount_gbp"))["total"] or Decimal(0)


def _state(rows, projects, suggestions, confirmed, extract):
    """(the state of the link in words, what to do)."""
    if extract is None:
        return "Not known: no extract of Proactis was handed in yet", "Hand one in under Imports."
    if not rows:
        return "Not in Proactis’s newest extract", "Check the reference, or hand in a newer extract."
    if projects:
        return "Linked", ""
    if confirmed:
        words = f"Not linked in Proactis yet; confirmed here as {confirmed.plan_id}"
        return words, "Enter this Plan ID in Proactis: it is in the file of corrections."
    typed = [row.plan_id_as_typed.strip() for row in rows if row.plan_id_as_typed.strip()]
    how_many = f"; {suggestions} suggestion{'' if suggestions == 1 else 's'}" if suggestions else ""
    look = "Look at the suggestions." if suggestions else "Enter the Plan ID in Proactis, in the form PM3-12345."
    if any(plan_ids.read(text).numbers for text in typed):
        return f"Names a project that PM3 doesn’t have: “{typed[0]}”{how_many}", look
    if any(row.plan_unreadable for row in rows):
        return f"Carries a Plan ID that can’t be read: “{typed[0]}”{how_many}", look
    return f"Not linked{how_many}", look
