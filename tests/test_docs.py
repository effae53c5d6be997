"""What the documents name is there: rooms, files, constraints, tests and commands."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import get_commands

from tests.test_house import ROOMS

ROOT = Path(__file__).resolve().parent.parent
RULES, MAP, README = ((ROOT / name).read_text() for name in ("docs/rules.md", "docs/map.md", "README.md"))
QUOTED = re.compile(r"`([^`]+)`")


def constraints():
    return {constraint.name for model in apps.get_models() for constraint in model._meta.constraints}


@pytest.mark.parametrize("rule", re.split(r"\n(?=\d+\. )", RULES)[1:], ids=lambda rule: rule.split(".")[0])
def test_each_rule_names_constraints_and_tests_that_are_there(rule):
    quoted = QUOTED.findall(rule)
    tests = [name for name in quoted if "::" in name]
    assert tests, "no test holds it"
    for path, name in (test.split("::") for test in tests):
        assert f"def {name}(" in (ROOT / path).read_text()
    for name in set(quoted) - set(tests):
        known = name in constraints() or (ROOT / name).exists() or name.removeprefix("manage.py ") in get_commands()
        assert known, name


def test_rules_are_numbered_without_a_gap_and_none_is_cited_that_is_not_there():
    numbers = [int(number) for number in re.findall(r"^(\d+)\. ", RULES, re.M)]
    assert numbers == list(range(1, len(numbers) + 1))
    for path in ROOT.rglob("*.py"):
        if ".venv" not in path.parts:
            cited = {int(number) for number in re.findall(r"\b[Rr]ule (\d+)\b", path.read_text())}
            assert cited <= set(numbers), path


def test_the_map_names_files_that_are_there():
    named = [name for name in QUOTED.findall(MAP) if re.fullmatch(r"[a-z_]+/[a-z_/]+\.(py|txt)|docs/\S+", name)]
    assert len(named) > 25
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_readmes_rooms_are_the_rooms():
    table = README.split("## The rooms")[1].split("## ")[0]
    assert set(re.findall(r"\b([a-z_]+)/", table)) == set(ROOMS)


def test_every_package_says_what_it_holds():
    silent = [
        str(path.relative_to(ROOT))
        for room in ROOMS
        for path in (ROOT / room).rglob("__init__.py")
        if not {"migrations", "management", "templatetags"} & set(path.parts) and not path.read_text().startswith('"""')
    ]
    assert silent == []
