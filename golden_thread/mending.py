"""Unlinked contracts and the projects suggested for each, from the extracts of a day."""

from .models import ContractRecord, ProjectRecord
from .suggestions import LEAST_CONFIDENCE, REPAIRED, Suggestion, Teacher, evidence, repair, shares, side

WORDS = {
    ("title", "same"): "the same title: “{title}”",
    ("title", "close"): "nearly the same title: “{title}”",
    ("title", "alike"): "a title like it: “{title}”",
    ("supplier", "same"): "the same supplier: {supplier}",
    ("directorate", "same"): "the same directorate: {directorate}",
    ("officer", "same"): "the same officer: {officer}",
    ("value", "same"): "the same value: £{value:,.0f}",
    ("value", "near"): "nearly the same value: £{value:,.0f}",
    ("value", "close"): "a value within a fifth: £{value:,.0f}",
    ("days", "a month"): "completed within a month of the signature: {day:%-d %B %Y}",
    ("days", "half a year"): "completed within half a year of the signature: {day:%-d %B %Y}",
}


def sides(thread):
    """({plan number: Side}, {reference key: Side}) of both extracts; the first row of a thing speaks for it."""
    projects, contracts = {}, {}
    rows = ProjectRecord.objects.filter(extract=thread.projects_extract, plan_number__isnull=False)
    for number, *values in rows.order_by("-line").values_list(
        "plan_number", "title", "supplier_name", "directorate", "officer", "value_gbp", "completed_on"
    ):
        projects[number] = side(number, *values)
    rows = ContractRecord.objects.filter(extract=thread.contracts_extract).order_by("-line")
    for key, *values in rows.values_list(
        "reference_key", "title", "supplier_name", "directorate", "officer", "value_gbp", "signed_on"
    ):
        contracts[key] = side(key, *values)
    return projects, contracts


def plan_names(thread):
    """{plan number: its Plan ID as PM3 writes it}."""
    return {number: plan.typed for number, plan in thread.plans.items()}


def suggest(thread):
    """[Suggestion] for every contract that counts and carries no Plan ID of a project PM3 has, the surest first."""
    projects, contracts = sides(thread)
    names, known, unlinked = plan_names(thread), [], []
    for key, contract in thread.signed.items():
        numbers = {number for number in contract.numbers if number in thread.plans}
        if contract.linked and len(numbers) == 1:
            known.append((contracts[key], numbers.pop()))
        elif contract.live and not contract.linked:
            unlinked.append((contract, contracts[key]))
    if not projects or not unlinked:
        return []
    teacher = Teacher(known, projects)
    found = []
    for said, contract in unlinked:
        for number, confidence, reasons in _for_one(said, contract, teacher):
            pair = contract, projects[number]
            found.append(Suggestion(said.reference, number, names[number], confidence, reasons, said.typed[0], *pair))
    return sorted(found, key=lambda suggestion: (-suggestion.confidence, suggestion.reference, suggestion.number))


def _for_one(said, contract, teacher):
    """(number, confidence, evidence) of what may be meant: mistyped numbers that PM3 has, then the likeliest."""
    projects = teacher.projects
    mended = {number: typed for typed in said.unread if (number := repair(typed)) in projects}
    for number, typed in mended.items():
        reads = f"typed “{typed.strip()}”, which reads as project {number}"
        yield number, REPAIRED, [reads, *words_for(contract, projects[number])]
    for likely, number in shares(contract, teacher.index, teacher.weights, projects):
        sure = teacher.sure(likely)
        if sure >= LEAST_CONFIDENCE and number not in mended:
            yield number, sure, words_for(contract, projects[number])


def words_for(contract, project):
    """What speaks for a pair, in words that can be checked against both systems."""
    shown = project.said | {"value": project.value, "day": project.day}
    return [WORDS[pair].format(**shown) for pair in evidence(contract, project).items() if pair in WORDS]
