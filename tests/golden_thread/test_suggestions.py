"""Suggested links: the surest are right, what can be found is found, and nothing is linked by itself."""

import random
from datetime import date, timedelta

import pytest

from golden_thread import suggestions
from tests.golden_thread.conftest import DAY, figures, run

pytestmark = pytest.mark.django_db
AS_AT = ("--as-at", str(DAY))
WORKS = "Roads Bridges Lighting Catering Cleaning Fostering Mentoring Libraries Software Printing Taxis Energy".split()
PLACES = "Woking Redhill Dorking Farnham Epsom Esher Oxted Horley Camberley Staines Godalming Leatherhead".split()
FIRMS = [f"{name} {end}" for name in ("Acorn", "Brill", "Cedar", "Delta", "Elm", "Fern") for end in ("Ltd", "plc")]


def county(seed, linked, unlinked, strangers):
    """(project rows, contract rows, {contract: true Plan ID}); some contracts belong to no project at all."""
    dice = random.Random(seed)
    projects = [["Plan ID", "Title", "Supplier", "Status", "Completed Date", "SV Recorded", "Estimated Value"]]
    contracts = [["Contract Ref", "Title", "Supplier", "Date Signed", "PM3 Plan ID", "Contract Value"]]
    truth = {}
    for number in range(1, linked + unlinked + 1):
        work, place, firm = dice.choice(WORKS), dice.choice(PLACES), dice.choice(FIRMS)
        signed = date(2025, 3, 5) + timedelta(days=dice.randrange(300))
        value = dice.randrange(20, 900) * 1000
        done = (signed - timedelta(days=dice.randrange(60))).strftime("%d/%m/%Y")
        plan = f"PM3-{number:05}"
        projects.append([plan, f"{work} in {place} {number % 7}", firm, "Completed", done, "Yes", str(value)])
        title = f"{work} {place} - Lot {dice.randrange(4)}" if dice.random() < 0.8 else f"{work} services"
        firm = firm.replace("Ltd", "Limited") if dice.random() < 0.9 else dice.choice(FIRMS)
        value = value if dice.random() < 0.6 else int(value * dice.uniform(0.5, 1.5))
        reference = f"C-{number:05}"
        contracts.append(
            [reference, title, firm, signed.strftime("%d/%m/%Y"), plan if number <= linked else "", str(value)]
        )
        if number > linked:
            truth[reference] = plan
    for number in range(strangers):
        title = f"{dice.choice(WORKS)} {dice.choice(PLACES)}"
        row = [f"S-{number:05}", title, dice.choice(FIRMS), "01/06/2025", "", str(dice.randrange(20, 900) * 1000)]
        contracts.append(row)
    return projects, contracts, truth


def suggested(write, projects, contracts):
    run("import_projects", write(projects, "p.csv"), *AS_AT)
    run("import_contracts", write(contracts, "c.csv"), *AS_AT)
    return run("suggest_links", *AS_AT)[1]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_surest_are_right_and_most_that_can_be_found_are_suggested(write, seed):
    projects, contracts, truth = county(seed, linked=300, unlinked=150, strangers=60)
    found = suggested(write, projects, contracts)
    sure = [one for one in found if one["confidence"] >= 0.9]
    right = [one for one in sure if truth.get(one["contract"]) == one["plan_id"]]
    assert len(right) >= 0.98 * len(sure)
    assert len(sure) > 30
    reached = {one["contract"] for one in found if truth.get(one["contract"]) == one["plan_id"]}
    assert len(reached) >= 0.6 * len(truth)
    assert all(one["evidence"] for one in sure)
    titles = {row[0]: row[1] for row in projects}
    assert any(titles[one["plan_id"]] in " ".join(one["evidence"]) for one in sure)  # as PM3 writes it


def test_a_confidence_keeps_what_it_promises(write):
    right, said = [], []
    for seed in (4, 5):
        projects, contracts, truth = county(seed, linked=300, unlinked=200, strangers=80)
        for one in suggested(write, projects, contracts):
            said.append(one["confidence"])
            right.append(truth.get(one["contract"]) == one["plan_id"])
    for low, high in ((0.3, 0.6), (0.6, 0.9), (0.9, 1.01)):
        inside = [hit for hit, sure in zip(right, said, strict=True) if low <= sure < high]
        if len(inside) >= 20:
            assert sum(inside) / len(inside) >= low - 0.12, (low, high)


def test_evidence_that_says_nothing_is_worth_nothing(write):
    """Where titles have nothing to do with projects, nobody is told to be sure."""
    projects, contracts, _ = county(6, linked=200, unlinked=50, strangers=0)
    dice = random.Random(6)
    titles, firms = [row[1] for row in contracts[1:]], [row[2] for row in contracts[1:]]
    dice.shuffle(titles)
    dice.shuffle(firms)
    for row, title, firm in zip(contracts[1:], titles, firms, strict=True):
        row[1], row[2], row[5] = title, firm, "1"
        row[3] = (date(2025, 3, 5) + timedelta(days=dice.randrange(300))).strftime("%d/%m/%Y")
    assert [one for one in suggested(write, projects, contracts) if one["confidence"] >= 0.5] == []


def test_without_linked_contracts_to_learn_from_nothing_is_very_sure(write):
    projects, contracts, _ = county(7, linked=10, unlinked=50, strangers=0)
    assert all(one["confidence"] <= suggestions.CONFIDENCE_UNTAUGHT for one in suggested(write, projects, contracts))


def test_a_mistyped_number_is_repaired_and_offered_but_not_counted(extracts, write):
    rows = [
        ["Contract Ref", "Title", "Date Signed", "PM3 Plan ID"],
        ["M-1", "Anything", "01/06/2025", "PM3-O0OO2"],
        ["M-2", "Anything", "01/06/2025", "PM3-O7777"],
        ["M-3", "Anything", "01/06/2025", "PM3 pending"],
    ]
    run("import_contracts", write(rows, "mistyped.csv"), "--as-at", "2026-02-27")
    found = run("suggest_links", "--as-at", "2026-02-27")[1]
    assert [(one["contract"], one["plan_id"]) for one in found if one["confidence"] >= 0.9] == [("M-1", "PM3-00002")]
    assert "reads as project 2" in found[0]["evidence"][0]
    assert figures("2026-02-27")[0]["linked_rolling"] == (0, 3)


def test_void_and_linked_contracts_are_left_alone(extracts):
    named = {one["contract"] for one in run("suggest_links", *AS_AT)[1]}
    assert named <= {"C-3", "C-4", "C-7", "C-8"}


@pytest.mark.parametrize(
    ("typed", "number"),
    [("PM3-O0126", 126), ("pm3 0o126", 126), ("PM3-00l26", 126), ("PM3-001X4", None), ("PM3-00126", None), ("", None)],
)
def test_repair(typed, number, db):
    assert suggestions.repair(typed) == number
