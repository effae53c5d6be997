"""Never silently wrong: registers of random layouts, with random damage, whose right values are known.

A few of them here; `make hunt` reads ten thousand.
"""

import os

import pytest
from django.db import transaction

from importing import engine, sheets
from importing.report import Report
from suppliers.models import Contract
from suppliers.registers.contracts import ContractImporter
from tests.importing import generator

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]  # files are read beside it
FILES, FIRST = int(os.environ.get("FILES", 150)), int(os.environ.get("FIRST", 50_000))
LEAST_RIGHT = 0.97


def read(made, answers=None):
    """({reference key: values}, Report) of a file that is read and not kept."""
    saved = {}
    try:
        with transaction.atomic():
            report = engine.run(ContractImporter(), made.path, accept_valid=True, answers=answers)
            for contract in Contract.objects.all():
                saved[contract.reference_key] = {name: getattr(contract, name) for name in generator.FIELDS}
            transaction.set_rollback(True)
    except sheets.Unreadable as refused:
        report = Report()
        report.add("error", sheet="", row=0, code="unreadable", message=str(refused))
    return saved, report


def right(made, saved):
    """(how many values are right, how many there are)"""
    found = [
        saved[key][name] == fact[name] or str(saved[key][name]) == str(fact[name])
        for key, fact in made.facts.items()
        for name in generator.FIELDS
        if key in saved
    ]
    return sum(found), len(made.facts) * len(generator.FIELDS)


def test_each_value_is_right_or_asked_about_or_refused(tmp_path):
    silent, good, in_all = [], 0, 0
    for seed in range(FIRST, FIRST + FILES):
        made = generator.make(seed, tmp_path)
        saved, report = read(made)
        silent += [(seed, *wrong) for wrong in generator.judge(made, saved, report)]
        if not made.damage:
            count, possible = right(made, saved)
            good, in_all = good + count, in_all + possible
        made.path.unlink()
    assert silent == []
    assert good / in_all >= LEAST_RIGHT, f"{good} of {in_all} right without a question"


def test_the_judge_finds_a_value_that_is_wrong_in_silence(tmp_path):
    """A hunt that finds nothing is worth what its judge is worth."""
    made = next(made for seed in range(99) if not (made := generator.make(seed, tmp_path)).damage)
    saved, report = read(made)
    assert saved and generator.judge(made, saved, report) == []
    key = next(iter(saved))
    wrong = {**saved, key: saved[key] | {"value_gbp": saved[key]["value_gbp"] * 100}}
    assert [found[:2] for found in generator.judge(made, wrong, report)] == [(key, "value_gbp")]
    assert generator.judge(made, saved | {"invented": saved[key]}, report)[0][:2] == ("invented", "reference")
    assert generator.judge(made, {}, report) and not generator.judge(made, {}, Report())


def test_what_is_asked_is_answered_once_and_then_read(tmp_path):
    """Months first, with one proof: the order is asked; with the answer all is right."""
    path = tmp_path / "asked.csv"
    path.write_text(
        "Ref,Title,Supplier,Value,Start,End\n"
        "A1,Alpha,Acme Ltd,5,03/04/2024,04/13/2026\nA2,Beta,Bolt Ltd,6,05/06/2024,07/08/2026\n"
    )
    made = generator.Made(path, {}, {})
    saved, report = read(made)
    assert saved == {} and {question["about"] for question in report.questions} == {"order"}
    answers = {question["column"]: {"order": "month"} for question in report.questions}
    saved, report = read(made, answers)
    assert [values["start"].isoformat() for values in saved.values()] == ["2024-03-04", "2024-05-06"]
    assert not report.questions
