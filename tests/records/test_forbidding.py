"""What the migrations tell each database, so that it refuses to change history itself; and how it is taken back."""

from types import SimpleNamespace

import pytest

from records.append_only import forbid_changes, keep_columns


class Told:
    """A schema editor that notes what it is told."""

    def __init__(self, vendor):
        self.connection, self.said = SimpleNamespace(vendor=vendor), []

    def execute(self, statement):
        self.said.append(" ".join(statement.split()))


@pytest.mark.parametrize("operation", [forbid_changes("a_table"), keep_columns("a_table", "unit")])
@pytest.mark.parametrize("vendor", ["postgresql", "sqlite"])
def test_what_is_put_up_is_taken_down_again(vendor, operation):
    up, down = Told(vendor), Told(vendor)
    operation.code(None, up)
    operation.reverse_code(None, down)
    made = {words.split()[2] for words in up.said if words.startswith("CREATE TRIGGER")}
    assert made
    assert {words.split()[2] for words in down.said if words.startswith("DROP TRIGGER")} == made


def test_postgresql_refuses_every_row_and_sqlite_each_verb():
    told = {vendor: Told(vendor) for vendor in ("postgresql", "sqlite")}
    for editor in told.values():
        forbid_changes("a_table").code(None, editor)
    assert "BEFORE UPDATE OR DELETE ON a_table FOR EACH ROW" in told["postgresql"].said[-1]
    verbs = [words for words in told["sqlite"].said if words.startswith("CREATE TRIGGER")]
    assert ["BEFORE UPDATE" in verbs[0], "BEFORE DELETE" in verbs[1]] == [True, True]
