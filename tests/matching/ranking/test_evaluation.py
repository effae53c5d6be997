"""How good the ranking is, on judgements of our own that the vocabulary's writers never saw, and how it is measured."""

import csv
import io
import json
from math import log2
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from matching.models import Judgement
from matching.ranking import engine, measures

DATA = Path(__file__).resolve().parents[2] / "data" / "matching"


@pytest.fixture
def county(db):
    """150 requests and 40 commitments, imported as a council would."""
    engine.memory.forget()
    call_command("import_requests", str(DATA / "requests.csv"), stdout=io.StringIO())
    call_command("import_commitments", str(DATA / "commitments.csv"), stdout=io.StringIO())


@pytest.fixture
def qrels(tmp_path):
    path = tmp_path / "qrels.tsv"
    with (DATA / "judgements.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    path.write_text("".join(f"{r['commitment_id']}\t0\t{r['request_id']}\t{r['grade']}\n" for r in rows))
    return path


def test_measures_against_a_list_reckoned_by_hand():
    grades = {"a": 2, "b": 1, "c": 0, "d": 2}
    ranking_ = ["c", "a", "x", "b"]
    best = 2 + 2 / log2(3) + 1 / 2
    assert measures.ndcg(ranking_, grades) == pytest.approx((2 / log2(3) + 1 / log2(5)) / best)
    assert measures.precision(ranking_, grades, 4) == 0.5
    assert measures.reciprocal_rank(ranking_, grades) == 0.5
    assert measures.recall(ranking_, grades) == pytest.approx(2 / 3)
    assert measures.measure({}, {"q": {"a": 0}, "p": grades})["commitments"] == 1


def test_meaning_counts_and_beats_what_knows_the_words_alone(county, qrels, capsys):
    call_command("evaluate_matching", str(qrels), "--json")
    rows = json.loads(capsys.readouterr().out)["rows"]
    engine = next(figures for name, figures in rows.items() if name.startswith("engine ("))
    assert engine["nDCG@10"] > 0.74
    assert engine["recall@20"] > 0.85
    assert engine["fits"] > 60
    assert engine["fits right"] > 0.8
    for name in ("BM25", "TF-IDF", "word vectors alone"):
        assert engine["nDCG@10"] > rows[name]["nDCG@10"] + 0.3


def test_match_writes_a_run_that_others_can_read(county, tmp_path):
    out = tmp_path / "run.tsv"
    call_command("match", out=str(out), limit=5, stdout=io.StringIO())
    lines = [line.split("\t") for line in out.read_text().splitlines()]
    assert {len(line) for line in lines} == {6}
    seen = {}
    for commitment, literal, request, rank, score, _ in lines:
        before = seen.setdefault(commitment, [])
        assert (literal, int(rank)) == ("Q0", len(before) + 1)
        assert request.startswith("H")
        assert not before or float(score) <= before[-1]
        before.append(float(score))
    assert len(seen) >= 35
    assert max(map(len, seen.values())) == 5


def test_a_faulty_qrels_file_is_refused_by_its_line(county, tmp_path):
    path = tmp_path / "qrels.tsv"
    path.write_text("K01 0 H001 2\nK01 0 H002 seven\n")
    with pytest.raises(CommandError, match="Line 2"):
        call_command("evaluate_matching", str(path))
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CommandError, match="read"):
        call_command("evaluate_matching", str(path))
    path.write_text("NONE 0 H001 2\n")
    with pytest.raises(CommandError, match="Import them first"):
        call_command("evaluate_matching", str(path))


def test_judgements_are_kept_once(county, qrels, capsys):
    for _ in range(2):
        call_command("evaluate_matching", str(qrels), "--keep")
    assert Judgement.objects.count() == sum(1 for _ in qrels.open())
    capsys.readouterr()
    call_command("evaluate_matching")
    assert "engine" in capsys.readouterr().out
