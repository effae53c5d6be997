"""Change the modules that figures hang on, one place at a time, and see whether a test notices: make mutate

Each change (cosmic-ray) is made in a copy of the tree, where the module's own tests run. What survives is printed
with its line, and is an error unless `explained.txt` says why no test notices. MODULES="golden_thread/metrics.py" takes
some of them; the whole takes about half an hour on two cores.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PLEDGES = " ".join(
    f"tests/requests_app/test_{name}.py"
    for name in ("boundaries", "edges", "pledges", "deliveries", "refusals", "two_sides")
)
FIGURES = "tests/marketplace/test_figures.py"
MODULES = {
    "requests_app/deliveries.py": (
        f"{PLEDGES} tests/requests_app/test_staff_screens.py tests/marketplace/test_two_people.py"
    ),
    "requests_app/pledges.py": f"{PLEDGES} tests/requests_app/test_pledge_form.py",
    "suppliers/accounts.py": f"tests/suppliers/test_accounts.py tests/suppliers/test_ledger.py {FIGURES}",
    "suppliers/ledger.py": (
        f"tests/suppliers/test_ledger.py tests/suppliers/test_ledger_acts.py {PLEDGES} {FIGURES} "
        "tests/marketplace/test_succession.py"
    ),
    "requests_app/facts.py": f"tests/requests_app/test_facts.py {PLEDGES} {FIGURES}",
    "requests_app/totals.py": f"tests/requests_app/test_totals.py {PLEDGES} {FIGURES}",
    "golden_thread/metrics.py": " ".join(
        f"tests/golden_thread/test_{name}.py" for name in ("days", "metrics", "rules")
    ),
    "golden_thread/plan_ids.py": "tests/golden_thread/test_plan_ids.py",
}
EXCLUDED = [  # changes of one operator into eleven others say the same eleven times
    "core/ReplaceBinaryOperator_(?!Add_Sub|Sub_Add|Mul_Add|Div_Mul|BitOr_BitAnd|BitAnd_BitOr).*",
    "core/ReplaceComparisonOperator_(?!Gt_GtE|Lt_LtE|GtE_Gt|LtE_Lt|Gt_Lt|Lt_Gt|Eq_NotEq|NotEq_Eq|Is_IsNot|IsNot_Is).*",
    "core/ReplaceUnaryOperator_(?!Delete_|USub_UAdd).*",
]
CONFIGURATION = """
[cosmic-ray]
module-path = "{module}"
timeout = 120
excluded-modules = []
test-command = "{python} -m pytest -x -q {tests}"
[cosmic-ray.distributor]
name = "local"
[cosmic-ray.filters.operators-filter]
exclude-operators = {excluded}
"""


def copy_tree(to):
    """The working tree but for what git ignores, with the compiled styles."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, names.split("\0")):
        if (ROOT / name).exists():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, to / name)
    shutil.copytree(ROOT / "static" / "built", to / "static" / "built")


def survivors_of(module):
    """(module, [changes that no test noticed], how many were made): each change is "module: - line + line"."""
    with tempfile.TemporaryDirectory(prefix="mutations-") as folder:
        tree = Path(folder)
        copy_tree(tree)
        tests, excluded = MODULES[module], json.dumps(EXCLUDED)
        words = CONFIGURATION.format(module=module, tests=tests, python=sys.executable, excluded=excluded)
        (tree / "cr.toml").write_text(words)
        ray = Path(sys.executable).with_name("cosmic-ray")
        for command in (
            [sys.executable, "-m", "pytest", "-x", "-q", *tests.split()],  # unchanged, and the database migrated
            [ray, "init", "cr.toml", "cr.sqlite"],
            [ray.with_name("cr-filter-operators"), "cr.sqlite", "cr.toml"],
            [ray, "exec", "cr.toml", "cr.sqlite"],
        ):
            subprocess.run(command, cwd=tree, check=True, stdout=subprocess.DEVNULL)
        dump = subprocess.run([ray, "dump", "cr.sqlite"], cwd=tree, check=True, capture_output=True, text=True).stdout
    return module, *read(module, dump)


def read(module, dump):
    found, made = set(), 0
    for line in dump.splitlines():
        _, result = json.loads(line)
        if not result or result["worker_outcome"] == "skipped":
            continue
        made += 1
        if result["test_outcome"] == "survived":
            changed = [
                part for part in result["diff"].splitlines() if part[:1] in "+-" and part[:3] not in ("+++", "---")
            ]
            found.add(f"{module}: " + " ".join(" ".join(part.split()) for part in changed))
    return sorted(found), made


def explained():
    """{change: why no test notices it}; a reason stands on the line under its change."""
    lines = [line for line in (Path(__file__).parent / "explained.txt").read_text().splitlines() if line.strip()]
    return dict(zip(lines[::2], (line.strip() for line in lines[1::2]), strict=True))


def main():
    modules, reasons, unexplained = os.environ.get("MODULES", " ".join(MODULES)).split(), explained(), 0
    with ThreadPoolExecutor(2) as pool:
        for done in as_completed([pool.submit(survivors_of, module) for module in modules]):
            module, survived, made = done.result()
            new = [change for change in survived if change not in reasons]
            unexplained += len(new)
            known = len(survived) - len(new)
            print(f"{module}: {made} changes, {made - len(survived)} noticed, {known} explained", flush=True)
            for change in new:
                print(f"  SURVIVED {change}", flush=True)
    sys.exit(1 if unexplained else 0)


if __name__ == "__main__":
    main()
