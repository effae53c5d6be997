"""The house stands as its map says: no circle of files, and no room so large that it wants to be two."""

import subprocess
import tomllib
from collections import Counter
from graphlib import TopologicalSorter
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parent.parent
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
ROOMS = CONTRACTS["root_packages"]
LARGEST_SHARE = 0.25


def tracked_code():
    names = subprocess.run(["git", "ls-files", "*.py"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    paths = [Path(name) for name in names.splitlines() if "migrations" not in name]
    return [path for path in paths if len(path.parts) > 1 and path.parts[0] != "tests" and (ROOT / path).exists()]


def test_every_folder_of_code_is_a_room_with_a_contract_of_its_own():
    inner = {room for contract in CONTRACTS["contracts"] for room in contract.get("containers", [])}
    assert {path.parts[0] for path in tracked_code()} == set(ROOMS) == inner
    assert not any("ignore_imports" in contract for contract in CONTRACTS["contracts"])


def test_no_files_import_each_other_in_a_circle():
    graph = grimp.build_graph(*ROOMS, include_external_packages=False, cache_dir=None)
    TopologicalSorter({name: graph.find_modules_directly_imported_by(name) for name in graph.modules}).prepare()


def test_no_room_is_above_a_quarter_of_the_code():
    lines = Counter()
    for path in tracked_code():
        lines[path.parts[0]] += len((ROOT / path).read_text().splitlines())
    whole = sum(lines.values())
    assert {room: count for room, count in lines.items() if count > whole * LARGEST_SHARE} == {}
