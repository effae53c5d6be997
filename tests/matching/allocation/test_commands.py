"""The command line: what machines read, and what each command keeps."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from matching.models import Proposal, ProposalLine, Simulation
from matching.ranking import engine
from requests_app.models import Pledge, Request
from suppliers.models import Commitment, LedgerEntry
from tests.conftest import make_commitment, make_request

pytestmark = pytest.mark.django_db
FIGURES = {"objective", "bound", "gap", "greedy_objective", "seconds"}


def run(*arguments):
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def county(group, supplier, people):
    """Two commitments and two requests for the same help; one request is the supplier's own."""
    engine.memory.forget()
    words = "Staff volunteer hours for painting and gardening"
    for number, left in enumerate((8, 30)):
        made = make_commitment(supplier, left, by=people["cara"], wording=words, reference=f"C-{number}")
        Commitment.objects.filter(pk=made.pk).update(external_reference=f"EXT-C{number}")
    request = make_request(group, 12, title="Paint our hall", description="Painting walls")
    Request.objects.filter(pk=request.pk).update(external_reference="EXT-R1")
    make_request(supplier, 12, title="Paint our hall", description="Painting walls")
    return request


def test_allocate_prints_its_figures_and_lines_and_a_dry_run_keeps_nothing(county):
    found = json.loads(run("allocate", "--dry-run", "--json"))
    assert set(found) >= FIGURES
    assert found["gap"] <= 1e-4
    assert found["objective"] >= found["greedy_objective"] - 1e-6
    assert sum(line["quantity"] for line in found["lines"]) == 12
    assert {line["request"] for line in found["lines"]} == {"EXT-R1"}
    assert {line["commitment"] for line in found["lines"]} <= {"EXT-C0", "EXT-C1"}
    assert not Proposal.objects.exists()


def test_allocate_keeps_a_proposal_pledges_nothing_and_answers_alike(county):
    entries = LedgerEntry.objects.count()
    first, again = json.loads(run("allocate", "--json")), json.loads(run("allocate", "--json"))
    assert first["lines"] == again["lines"]
    assert Proposal.objects.count() == 2
    assert ProposalLine.objects.filter(state="proposed").count() == 2 * len(first["lines"])
    assert not Pledge.objects.exists()
    assert LedgerEntry.objects.count() == entries
    assert "objective:" in run("allocate", "--dry-run")


def test_allocate_refuses_an_odd_fairness(county):
    with pytest.raises(CommandError, match="between 0 and 1"):
        run("allocate", "--fairness", "7")


def test_match_names_what_fits_by_external_reference(county, tmp_path):
    run("match", "--out", str(tmp_path / "run.tsv"))
    lines = [line.split("\t") for line in (tmp_path / "run.tsv").read_text().splitlines()]
    assert {(line[0], line[2]) for line in lines} == {("EXT-C0", "EXT-R1"), ("EXT-C1", "EXT-R1")}
    assert {line[1] for line in lines} == {"Q0"}
    assert all(0 < float(line[4]) <= 1 for line in lines)


def test_simulate_compares_policies_and_the_same_seed_gives_the_same_year(db):
    arguments = ("simulate_matching", "--synthetic", "--requests", "150", "--suppliers", "20", "--json")
    first, again = json.loads(run(*arguments)), json.loads(run(*arguments, "--dry-run"))
    assert first["rows"] == again["rows"]
    assert Simulation.objects.count() == 1
    rows = {(row["policy"], row["fairness"]): row for row in first["rows"]}
    assert rows["hindsight", 0.0]["share"] == 1
    assert all(0 < row["share"] <= 1.000001 for row in first["rows"])
    assert rows["first", 0.0]["wait_days"] == 0
    assert rows["held back", 0.0]["wait_days"] > rows["weekly", 0.0]["wait_days"]
    assert rows["hindsight", 1.0]["small_nothing"] <= rows["hindsight", 0.0]["small_nothing"]


def test_simulate_on_a_site_without_a_history_draws_a_year(county):
    assert json.loads(run("simulate_matching", "--requests", "60", "--suppliers", "10", "--json"))["source"] == (
        "synthetic"
    )
    with pytest.raises(CommandError, match="at least 20 requests"):
        run("simulate_matching", "--requests", "3")
