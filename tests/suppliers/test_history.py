"""The history that another system kept, imported once: what was known on a day, and what it comes to restated."""

from contextlib import suppress
from datetime import date
from decimal import Decimal
from io import StringIO
from json import loads

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from marketplace import checks
from suppliers import commitments, ledger
from suppliers.models import Commitment, CommitmentBalance, Contract, LedgerEntry, RecordedEvent
from tests.suppliers.test_pace import FIRST
from tests.suppliers.test_pace import imported as plans_imported

pytestmark = pytest.mark.django_db
HEADINGS = "event_id,happened_on,entered_on,contract_reference,commitment_ref,kind,quantity,refers_to,reason"
CLAIM = "E1,2024-03-20,2024-03-25,K-1,SV-1,claimed,25,,"
CONFIRMED = "E2,2024-03-30,2024-04-02,K-1,SV-1,confirmed,20,E1,"
VERIFIED = "E3,2024-04-10,2024-04-10,K-1,SV-1,verified,5,E2,"
CORRECTED = "E4,2024-03-20,2024-06-01,K-1,SV-1,corrected,-3,E1,counted twice"
UNDONE = "E5,2024-03-20,2024-07-01,K-1,SV-1,corrected,2,E4,two of them were right"
ALL = (CLAIM, CONFIRMED, VERIFIED, CORRECTED, UNDONE)


@pytest.fixture
def promised(tmp_path):
    assert plans_imported(tmp_path, FIRST)["saved"]


@pytest.fixture
def hand_in(promised, tmp_path):
    def run(*rows):
        path, out = tmp_path / "events.csv", StringIO()
        path.write_text("\n".join([HEADINGS, *rows]))
        with suppress(SystemExit):
            call_command("import_deliveries", str(path), "--json", stdout=out)
        return loads(out.getvalue())

    return run


def top(as_at, *more):
    out = StringIO()
    call_command("top_contracts", "--as-at", as_at, "--json", *more, stdout=out)
    return [loads(line) for line in out.getvalue().splitlines()]


def proved(as_at, *more):
    (line,) = top(as_at, *more)
    return line["claimed"], line["confirmed"], line["verified"]


def test_what_was_quoted_is_made_again_and_restated(hand_in):
    assert hand_in(*ALL)["created"] == 5
    for as_at, known, restated in (
        ("2024-03-24", (0, 0, 0), (24, 0, 0)),
        ("2024-03-31", (25, 0, 0), (24, 20, 0)),
        ("2024-04-10", (25, 20, 5), (24, 20, 5)),
        ("2024-06-30", (22, 20, 5), (24, 20, 5)),
        ("2024-07-01", (24, 20, 5), (24, 20, 5)),
    ):
        assert (proved(as_at), proved(as_at, "--restated")) == (known, restated), as_at
    assert not ledger.differences()
    assert checks.differences()[1] == []
    entry = LedgerEntry.objects.get(account="confirmed")
    assert (entry.happened_on, entry.source, entry.confirmed_by) == (date(2024, 3, 30), "recorded", "manager")


def test_a_line_says_state_expected_and_pace(hand_in):
    hand_in(CLAIM, CONFIRMED)
    (line,) = top("2024-09-30")
    assert (line["contract"], line["supplier"], line["unit"], line["state"]) == ("K-1", "Acme", "hours", "running")
    assert (line["committed"], line["expected"], line["pace"]) == (90, 45.0411, round(20 / 45.0410958, 4))
    (before,), (after,) = top("2023-03-31"), top("2026-04-01")
    assert (before["state"], before["expected"], before["pace"]) == ("not started", 0, None)
    assert (after["state"], after["expected"]) == ("ended", 90)
    assert top("2023-02-19") == []
    assert top("2024-09-30", "--limit", "1") == [line]
    with pytest.raises(CommandError, match="1 or more"):
        top("2024-09-30", "--limit", "0")
    out = StringIO()
    call_command("top_contracts", "--as-at", "2024-09-30", stdout=out)
    assert "K-1 (Acme), running, hours: 90 committed" in out.getvalue()


def test_the_same_history_again_changes_nothing_and_may_come_in_parts(hand_in):
    hand_in(CLAIM, CONFIRMED)
    before = LedgerEntry.objects.count()
    report = hand_in(*reversed(ALL))
    assert (report["saved"], report["created"], report["unchanged"]) == (True, 3, 2)
    assert LedgerEntry.objects.count() > before
    again = hand_in(*ALL)
    assert (again["created"], again["unchanged"]) == (0, 5)
    balance = CommitmentBalance.objects.get()
    assert (balance.claimed, balance.confirmed, balance.verified) == (24, 20, 5)


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ((CLAIM.replace("SV-1", "SV-9"),), "unknown_commitment"),
        ((CLAIM.replace("K-1", "K-9"),), "another_contract"),
        ((CONFIRMED,), "unknown_event"),
        ((CLAIM, VERIFIED.replace("E2", "E1")), "unknown_event"),
        ((CLAIM, CONFIRMED.replace("2024-03-30,2024-04-02", "2024-03-21,2024-03-21")), "unknown_event"),
        ((CLAIM.replace("2024-03-25", "2024-03-19"),), "entered_too_early"),
        ((CLAIM.replace("2024-03-25", "2099-03-25"),), "entered_later"),
        ((CLAIM.replace(",25,", ",0,"),), "not_above_nothing"),
        ((CLAIM.replace(",25,", ",-4,"),), "not_above_nothing"),
        ((CLAIM.replace("claimed", "promised"),), "not_a_kind"),
        ((CLAIM, CORRECTED.replace("-3", "-26")), "below_nothing"),
    ],
)
def test_a_row_that_can_not_be_is_named_and_nothing_is_kept(hand_in, rows, code):
    report = hand_in(*rows)
    assert code in {problem["code"] for problem in report["errors"]}
    assert not RecordedEvent.objects.exists()
    assert not LedgerEntry.objects.exclude(account="promised").exists()


def test_what_stands_on_a_refused_row_is_refused_too_and_the_rest_may_be_kept(promised, tmp_path):
    path, out = tmp_path / "events.csv", StringIO()
    rows = (CLAIM, CORRECTED.replace("-3", "-26"), UNDONE, CONFIRMED)
    path.write_text("\n".join([HEADINGS, *rows]))
    call_command("import_deliveries", str(path), "--json", "--accept-valid", stdout=out)
    report = loads(out.getvalue())
    assert {problem["code"] for problem in report["errors"]} == {"below_nothing", "unknown_event"}
    assert set(RecordedEvent.objects.values_list("reference", flat=True)) == {"E1", "E2"}


def test_people_are_whole_and_a_day_outside_the_contract_is_pointed_out(hand_in):
    Contract.objects.update(start=date(2024, 4, 1))
    report = hand_in(CLAIM)
    assert [(problem["code"], report["saved"]) for problem in report["warnings"]] == [("outside_the_term", True)]
    people = Commitment(contract=Contract.objects.get(), wording="Jobs", unit="people", external_reference="SV-2")
    commitments.make(people, Decimal(5), by=None, by_words="A test")
    report = hand_in(CLAIM.replace("SV-1", "SV-2").replace(",25,", ",2.5,").replace("E1", "E9"))
    assert "part_of_a_whole" in {problem["code"] for problem in report["errors"]}


def test_an_event_that_is_kept_does_not_change_by_an_import(hand_in):
    hand_in(CLAIM)
    report = hand_in(CLAIM.replace(",25,", ",26,"))
    assert [problem["code"] for problem in report["errors"]] == ["event_differs", "no_rows"]
    with pytest.raises(DatabaseError), transaction.atomic():
        RecordedEvent._base_manager.filter(reference="E1").update(quantity=1)


def test_more_than_was_promised_lies_beyond(hand_in):
    hand_in(CLAIM.replace(",25,", ",100,"), CONFIRMED.replace(",20,", ",95,"))
    balance = CommitmentBalance.objects.get()
    assert (balance.claimed, balance.confirmed, balance.beyond) == (90, 90, 10)
    assert checks.differences()[1] == []
