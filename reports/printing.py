"""A paper as a page that stands alone, as a document for a word processor, and as an accessible PDF."""

import json
from dataclasses import asdict
from datetime import date
from io import BytesIO
from pathlib import Path

from django.template.loader import render_to_string
from PIL import Image, ImageDraw

from suppliers import pace

from . import charts

TEMPLATE = Path(__file__).resolve().parent / "typeset" / "paper.typ"
TO_FINISH = "To be written before the meeting."
COLUMNS = ("Counted in", "Promised", "Expected by now", "Claimed", "Confirmed", "Verified", "Pace")
MONTHLY = {
    "social_value_recorded": "Recorded",
    "linked_rolling": "Linked, twelve months",
    "linked_since_go_live": "Linked since go-live",
}
KINDS = {
    ".html": "text/html; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
}


class NoKind(ValueError):
    """A file name whose ending is none of KINDS."""


def printed(paper, ending):
    """The bytes of a Paper, by the ending of a file's name; NoKind for another."""
    make = {".html": as_html, ".docx": as_docx, ".pdf": as_pdf}.get(ending.lower())
    if make is None:
        raise NoKind(f"“{ending}” is none of {', '.join(KINDS)}.")
    return make(paper)


def as_html(paper):
    return render_to_string("reports/paper_alone.html", {"paper": paper, "facts": paper.facts}).encode()


def as_pdf(paper):
    """An accessible PDF (PDF/UA-1: tagged, with its language and title)."""
    import typst  # 80 MB of typesetter: loaded when a paper is printed, not by every worker

    names = ("as_at", "meeting_on", "recommendation", "implications", "before", "changes")
    said = {name: getattr(paper, name) for name in names}
    bars = [vars(charts.pace_bar(line)) for line in paper.facts.delivery]
    words = json.dumps({**asdict(paper.facts), **said, "bars": bars}, default=_in_words)
    return typst.compile(
        TEMPLATE.read_bytes(), sys_inputs={"paper": words}, pdf_standards=["ua-1"], ignore_system_fonts=True
    )


def _in_words(value):
    return f"{value:%-d %B %Y}" if isinstance(value, date) else str(value)


def as_docx(paper):
    """A document with headings, lists and tables of its own styles, for a person to finish."""
    from docx import Document  # loaded when a paper is printed, not by every worker

    document = Document()
    document.core_properties.title = paper.facts.title
    document.core_properties.author = paper.facts.council
    document.core_properties.language = "en-GB"
    document.add_heading(paper.facts.title, 0)
    meeting = paper.meeting_on
    document.add_paragraph(f"{paper.facts.council}, as known on {_in_words(paper.as_at)}")
    document.add_paragraph(f"Meeting: {_in_words(meeting)}" if meeting else f"Meeting: {TO_FINISH}")
    for heading, words in (("Recommendation", paper.recommendation), ("Implications", paper.implications)):
        document.add_heading(heading, 1)
        document.add_paragraph(words or TO_FINISH)
    _docx_changes(document, paper)
    _docx_thread(document, paper.facts.thread)
    _docx_delivery(document, paper.facts)
    _docx_governance(document, paper.facts.governance)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _docx_changes(document, paper):
    if not paper.before:
        return
    document.add_heading(f"What changed since {_in_words(paper.before)}", 1)
    for words in paper.changes:
        document.add_paragraph(words, style="List Bullet")


def _docx_thread(document, thread):
    document.add_heading("The golden thread", 1)
    if thread is None:
        document.add_paragraph("No extracts of both systems are that old.")
        return
    rows = [
        (row.label, f"{row.numerator} of {row.denominator}", _percent(row.percent), f"{row.target}%")
        for row in thread.figures
    ]
    _docx_table(document, ("Figure", "Counted", "Per cent", "Target"), rows)
    document.add_heading("Month by month", 2)
    months = [(_in_words(month.day), *(_percent(getattr(month, name)) for name in MONTHLY)) for month in thread.months]
    _docx_table(document, ("Month’s end", *MONTHLY.values()), months)


def _percent(value):
    return "none" if value is None else f"{value:.1f}%"


def _docx_delivery(document, facts):
    document.add_heading("What was promised, delivered and proved", 1)
    for line in facts.delivery:
        _docx_bar(document, line)
    _docx_table(document, COLUMNS, [_row(line) for line in facts.delivery])
    returns = facts.returns
    counts = (f"{getattr(returns, name)} {name}" for name in ("due", "sent", "answered", "late"))
    document.add_paragraph(f"Returns: {', '.join(counts)}.")
    if facts.assurance:
        document.add_paragraph(f"Checked: {facts.assurance}.")
    document.add_heading(f"The {len(facts.contracts)} contracts with the most social value", 2)
    rows = [
        (f"{contract.reference}, {contract.supplier}", *_row(line))
        for contract in facts.contracts
        for line in contract.lines
    ]
    _docx_table(document, ("Contract", *COLUMNS), rows)
    document.add_paragraph(f"Made from {facts.version}.")


def _docx_bar(document, line):
    """How a unit stands, as a picture with its words as alternative text."""
    from docx.shared import Mm

    bar = charts.pace_bar(line)
    document.add_paragraph(f"{line.unit_label.capitalize()}: {bar.words}.")
    shape = document.add_picture(BytesIO(bar_picture(bar)), width=Mm(150))
    shape._inline.docPr.set("descr", bar.words)


def bar_picture(bar):
    """A PaceBar as PNG: verified dark in confirmed in claimed in promised, and a mark at what was expected."""
    picture = Image.new("RGB", (1020, 60), "white")
    pen = ImageDraw.Draw(picture)
    for share, fill in ((bar.claimed, "#dcebe6"), (bar.confirmed, "#8fbdb3"), (bar.verified, "#1b4d4b")):
        pen.rectangle((10, 10, 10 + share * 10, 50), fill=fill)
    pen.rectangle((10, 10, 10 + bar.promised * 10, 50), outline="#1b4d4b", width=3)
    pen.rectangle((8 + bar.expected * 10, 0, 12 + bar.expected * 10, 60), fill="#b3541e")
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _row(line):
    return (line.unit_label, *(line.words[name] for name in pace.AMOUNTS), line.pace.value)


def _docx_governance(document, governance):
    document.add_heading("Governance", 1)
    document.add_paragraph(
        f"{governance.findings} findings led to {governance.actions} actions: {governance.done} done, "
        f"{governance.under_way} under way, {governance.open} not started, {governance.dropped} no longer needed. "
        f"{len(governance.late)} late."
    )
    for action in governance.late:
        document.add_paragraph(f"Late: {action.title}", style="List Bullet")
    for words in governance.vacant:
        document.add_paragraph(f"Nobody holds this role: {words}", style="List Bullet")


def _docx_table(document, headings, rows):
    table = document.add_table(rows=1, cols=len(headings), style="Table Grid")
    for cell, words in zip(table.rows[0].cells, headings, strict=True):
        cell.text = words
        cell.paragraphs[0].runs[0].bold = True
    _repeat_heading(table.rows[0])
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = str(words)


def _repeat_heading(row):
    """The heading row stands again on each page, and screen readers take it for one."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
