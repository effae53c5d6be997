"""An extract of the wrong day is warned of before it is saved."""

import pytest

from tests.importing.test_doubts import run

pytestmark = pytest.mark.django_db
HEAD = "Contract Reference,Date signed,PM3 Plan ID,Status\n"


def codes(tmp_path, capsys, days, name="extract.csv", as_at="2025-02-28"):
    rows = "".join(f"Q{n},{day},P-{n},Live\n" for n, day in enumerate(days))
    report = run(tmp_path, capsys, HEAD + rows, "import_contracts", "--as-at", as_at, "--dry-run", name=name)[1]
    kinds = ("later_days", "earlier_days", "another_month")
    return [problem["code"] for problem in report["warnings"] if problem["code"] in kinds]


@pytest.mark.parametrize(
    ("days", "name", "found"),
    [
        (["01/02/2025"] * 12, "extract.csv", []),
        (["01/02/2025"] * 11 + ["14/03/2025"], "extract.csv", ["later_days"]),
        (["01/10/2024"] * 12, "extract.csv", ["earlier_days"]),
        (["01/10/2024"] * 3, "extract.csv", []),
        (["01/02/2025"] * 12, "Proactis 2025-02-28.csv", []),
        (["01/02/2025"] * 12, "Proactis_202502.csv", []),
        (["01/02/2025"] * 12, "Proactis 2025-01.csv", ["another_month"]),
        (["01/02/2025"] * 12, "Proactis 31.01.2025.csv", ["another_month"]),
        (["01/02/2025"] * 12, "extract 12345678.csv", []),
    ],
)
def test_the_wrong_month_is_warned_of(days, name, found, tmp_path, capsys):
    assert codes(tmp_path, capsys, days, name) == found
