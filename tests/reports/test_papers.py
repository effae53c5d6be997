"""The committee's paper: the same for ever once it is made, finished by a person, in three formats."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from docx import Document

from organisations.models import User
from reports import changes, facts, papers, printing
from reports.fact_sheet import LateAction, ThreadFacts, ThreadFigure, ThreadMonth
from reports.models import Paper
from returns import lines
from suppliers import plans
from suppliers.models import Contract
from tests.conftest import make_page, make_role, markup

pytestmark = pytest.mark.django_db


@pytest.fixture
def planned(commitment, people):
    today = timezone.localdate()
    Contract.objects.update(start=today - timedelta(days=200), end=today + timedelta(days=200))
    commitment.contract.refresh_from_db()
    plans.write(commitment, [(today + timedelta(days=199), Decimal(100))], by=people["cara"], reason="Agreed")
    return commitment


def make(**words):
    return papers.make(timezone.localdate(), **{"by_words": "A test"} | words)


def test_a_paper_stays_as_it_was(planned, people):
    paper, is_new = make()
    assert is_new and paper.facts.delivery[0].words["confirmed"] == "0 hours"
    lines.record(planned, Decimal(60), timezone.localdate(), "Sheet", by=people["cara"])
    again, is_new = make()
    assert (again, is_new, again.facts) == (paper, False, paper.facts)
    assert Paper.objects.get().facts == paper.facts, "what is kept reads as what was made"
    assert facts.of_day(timezone.localdate()).delivery[0].words["confirmed"] == "60 hours"
    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.create(as_at=paper.as_at, data={}, made_by_words="x")
    with pytest.raises(ValidationError, match="today or a day before"):
        papers.make(timezone.localdate() + timedelta(days=1), by_words="A test")


def test_a_person_finishes_it_and_the_figures_stay(planned, people):
    paper, _ = make()
    before = dict(paper.data)
    papers.finish(
        paper, by=people["edie"], meeting_on=date(2026, 12, 9), recommendation="Note it.", implications="None."
    )
    kept = Paper.objects.get()
    assert (kept.recommendation, kept.meeting_on, kept.data) == ("Note it.", date(2026, 12, 9), before)


def test_what_changed_is_said_in_sentences(planned, people):
    today = timezone.localdate()
    first, _ = papers.make(today - timedelta(days=1), by_words="A test")
    lines.record(planned, Decimal(60), today - timedelta(days=1), "Sheet", by=people["cara"])
    second, _ = make()
    assert (second.before, first.before) == (first.as_at, None)
    said = ["New in hours: 100 hours promised.", "New in the list: C-1."]
    assert second.changes == said
    Paper.objects.filter(pk=second.pk).update(as_at=today + timedelta(days=1))
    between, _ = make()
    assert (between.before, between.changes) == (first.as_at, said)
    kept = Paper.objects.get(pk=second.pk)
    assert (kept.before, kept.changes) == (first.as_at, said), "an issue in between changes no later one"


def test_changes_of_every_kind(planned):
    blank = facts.of_day(timezone.localdate())
    line = blank.delivery[0]
    figure = ThreadFigure("linked_rolling", "Linked", 1, 2, 50.0, 80)
    thread = ThreadFacts(timezone.localdate(), [figure], [])
    contract = blank.contracts[0]
    before = replace(
        blank, thread=thread, behind=["A"], contracts=[replace(contract, reference="A")],
        returns=replace(blank.returns, late=2),
    )  # fmt: skip
    assert changes.since(before, before) == ["Nothing in these figures has changed."]
    now = replace(
        before, thread=replace(thread, figures=[replace(figure, percent=61.25)]), behind=["B"],
        delivery=[replace(line, confirmed=4, words=line.words | {"confirmed": "4 hours"}),
                  replace(line, unit="people", unit_label="people", words=line.words | {"committed": "3 people"})],
        contracts=[*before.contracts, replace(contract, reference="B")], assurance="All well",
        returns=replace(blank.returns, late=0),
    )  # fmt: skip
    assert changes.since(before, now) == [
        "Linked: 61.2%, after 50.0%.", "Hours: confirmed 4 hours after 0 hours.", "New in people: 3 people promised.",
        "Now behind their plan: B.", "No longer behind: A.", "New in the list: B.", "A sample was checked: All well.",
        "Returns that are late: 0, after 2.",
    ]  # fmt: skip
    none = replace(before, thread=None)
    assert changes.since(none, none) == ["Nothing in these figures has changed."]


def test_it_prints_as_page_document_and_pdf(planned):
    paper, _ = make()
    Contract.objects.update(title="<b>bold</b>")
    page = printing.printed(paper, ".html").decode()
    assert page.startswith("<!DOCTYPE html>") and "To be written before the meeting." in page and "100 hours" in page
    document = Document(BytesIO(printing.printed(paper, ".docx")))
    words = [paragraph.text for paragraph in document.paragraphs]
    headings = [p.text for p in document.paragraphs if p.style.name.startswith(("Heading", "Title"))]
    assert headings == ["Update on social value", "Recommendation", "Implications", "The golden thread",
                        "What was promised, delivered and proved", "The 1 contracts with the most social value",
                        "Governance"]  # fmt: skip
    assert "No extracts of both systems are that old." in words
    assert [cell.text for cell in document.tables[0].rows[1].cells][:2] == ["hours", "100 hours"]
    assert document.inline_shapes[0]._inline.docPr.get("descr").startswith("0 hours claimed")
    assert printing.printed(paper, ".PDF").startswith(b"%PDF")
    with pytest.raises(printing.NoKind, match=r"none of .html, .docx, .pdf"):
        printing.printed(paper, ".odt")


def test_the_command_writes_the_paper_of_a_day(planned, tmp_path):
    out, today = StringIO(), timezone.localdate().isoformat()
    for ending in ("html", "docx", "pdf"):
        call_command("committee_paper", "--as-at", today, "--out", str(tmp_path / f"p.{ending}"), stdout=out)
    assert Paper.objects.count() == 1
    assert (tmp_path / "p.pdf").read_bytes().startswith(b"%PDF")
    assert "made now" in out.getvalue() and "as it was made on" in out.getvalue()
    for day, file, words in ((today, "p.odt", "ends in .html"), (today, "none/p.pdf", "no folder"),
                             ("2090-01-01", "p.pdf", "a day before"), ("soon", "p.pdf", "not a day")):  # fmt: skip
        with pytest.raises(CommandError, match=words):
            call_command("committee_paper", "--as-at", day, "--out", str(tmp_path / file), stdout=out)


def test_the_screens_make_finish_and_hand_out(client, planned, people):
    edie = User.objects.get(email="edie@example.org")
    edie.groups.add(Group.objects.get(name="Programme team"))
    client.force_login(edie)
    assert "No paper was made yet" in markup(client.get(reverse("papers")))
    client.post(reverse("papers"), {"as_at": timezone.localdate()})
    paper = Paper.objects.get()
    client.post(reverse("paper", args=[paper.pk]), {"recommendation": "Note it.", "implications": "", "meeting_on": ""})
    assert "Note it." in markup(client.get(reverse("paper", args=[paper.pk])))
    answer = client.get(reverse("paper_file", args=[paper.pk, "docx"]))
    assert answer["Content-Disposition"].startswith('attachment; filename="social-value-')
    client.force_login(people["dee"])
    assert client.get(reverse("paper", args=[paper.pk])).status_code == 200
    client.post(reverse("paper", args=[paper.pk]), {"recommendation": "Mine"})
    assert Paper.objects.get().recommendation == "Note it."


def test_the_golden_thread_its_months_and_what_changed_are_printed(planned):
    paper, _ = make()
    figure = ThreadFigure("linked_rolling", "Linked", 3, 4, 75.0, 80)
    none = replace(figure, name="linked_since_go_live", label="Since go-live", percent=None)
    months = [
        ThreadMonth(date(2026, 9, 30), None, 50.0, 40.0),
        ThreadMonth(date(2026, 10, 31), 60.0, 75.0, None),
    ]
    governance = replace(paper.facts.governance, late=[LateAction(7, "Write the plan")], vacant=["Sponsor"])
    sheet = replace(
        paper.facts, thread=ThreadFacts(date(2026, 10, 31), [figure, none], months),
        assurance="60 checked, all well", governance=governance,
    )  # fmt: skip
    paper = Paper(
        as_at=paper.as_at, data=sheet.as_data(), before=date(2026, 8, 31), meeting_on=date(2026, 12, 9),
        changes=["Linked: 75.0%, after 50.0%."],
    )  # fmt: skip
    assert paper.facts == sheet
    page = printing.as_html(paper).decode()
    assert "3 of 4" in page and "Linked in twelve months: 75.0%" in page and "Linked: 75.0%, after 50.0%." in page
    assert '<polyline class="app-chart__line' in page and "Nobody holds this role: Sponsor" in page
    document = Document(BytesIO(printing.as_docx(paper)))
    words = [paragraph.text for paragraph in document.paragraphs]
    for said in ("Meeting: 9 December 2026", "Linked: 75.0%, after 50.0%.", "Checked: 60 checked, all well.",
                 "Late: Write the plan", "Nobody holds this role: Sponsor"):  # fmt: skip
        assert said in words
    cells = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert cells[1:] == [["Linked", "3 of 4", "75.0%", "80%"], ["Since go-live", "3 of 4", "none", "80%"]]
    trend = [[cell.text for cell in row.cells] for row in document.tables[1].rows]
    assert trend[1:] == [["30 September 2026", "none", "50.0%", "40.0%"], ["31 October 2026", "60.0%", "75.0%", "none"]]
    assert printing.as_pdf(paper).startswith(b"%PDF")


def test_a_vacant_role_is_named(db):
    make_page(owner=make_role("Keeper of nothing"))
    assert facts.of_governance(timezone.localdate()).vacant == ["Keeper of nothing"]


def test_two_at_once_make_one_paper_and_a_folder_that_is_none_is_said(planned, monkeypatch, tmp_path):
    first, _ = make()
    monkeypatch.setattr(Paper.objects, "filter", lambda **words: Paper.objects.none())  # the other was not there yet
    assert make() == (first, False)
    monkeypatch.undo()
    (tmp_path / "p.html").mkdir()
    with pytest.raises(CommandError, match="can’t be written"):
        call_command("committee_paper", "--as-at", timezone.localdate().isoformat(), "--out", str(tmp_path / "p.html"))
    assert str(first).startswith("Update on social value, ")
