"""The workbook of one return: made for its contract and period, filled in offline, and read back by `reading`."""

from datetime import date
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.worksheet.datavalidation import DataValidation

from suppliers.models import CommitmentBalance
from vocabulary.units import Unit
from words.cells import guard

from . import known, periods

COLUMNS = (
    ("Commitment ref", 16), ("Commitment description", 44), ("Category", 16), ("Unit", 14),
    ("Committed (whole contract)", 14), ("Committed this period", 14), ("Delivered this period", 14),
    ("Delivered to date", 14), ("Date delivered", 14), ("Evidence", 36), ("RAG", 10), ("Comments", 40),
)  # fmt: skip
FILLED_IN = range(7, 13)  # columns that the supplier fills in
HEADING_ROW, LABELS_FROM = 8, 2
TYPED = PatternFill("solid", fgColor="FFF7D6")
HEAD = PatternFill("solid", fgColor="0B4F3C")
TOO_MUCH = 10**12


def make(of_return):
    """The workbook's bytes."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Return"
    _head(sheet, of_return)
    _headings(sheet)
    commitments = list(of_return.contract.commitments.standing().order_by("pk"))
    facts = known.of_commitments(commitments, of_return.contract, of_return.first_day, of_return.last_day)
    answers = {answer.commitment_id: answer for answer in of_return.answers.all()}
    balances = CommitmentBalance.objects.in_bulk([commitment.pk for commitment in commitments])
    for row, commitment in enumerate(commitments, start=HEADING_ROW + 1):
        promised = balances[commitment.pk].promised
        _line(sheet, row, commitment, facts[commitment.pk], promised, answers.get(commitment.pk))
    last = max(HEADING_ROW + len(commitments), HEADING_ROW + 1)
    _rules(sheet, of_return, last)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def name(of_return):
    """What the file is called: of letters that every system keeps."""
    words = f"return {of_return.contract.reference} {of_return.period}"
    return "".join(char if char.isalnum() or char == "." else "-" for char in words) + ".xlsx"


def cell_of(text):
    """Text in one line that no spreadsheet takes for a formula."""
    return guard(" ".join(str(text or "").split()))


def _head(sheet, of_return):
    contract = of_return.contract
    sheet["A1"] = "Social value return"
    sheet["A1"].font = Font(bold=True, size=14)
    labels = (
        ("Contract title", contract.title), ("Contract reference", contract.reference),
        ("Supplier", contract.supplier_label), ("Contract manager", contract.manager or "Not recorded"),
        ("Reporting period", periods.say_whole(of_return.first_day, of_return.last_day)), ("Currency", "GBP"),
    )  # fmt: skip
    for row, (label, value) in enumerate(labels, start=LABELS_FROM):
        sheet.cell(row, 1, label).font = Font(bold=True)
        sheet.cell(row, 2, cell_of(value))


def _headings(sheet):
    for column, (heading, width) in enumerate(COLUMNS, start=1):
        cell = sheet.cell(HEADING_ROW, column, heading)
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[cell.column_letter].width = width
    sheet.freeze_panes = sheet.cell(HEADING_ROW + 1, 3)


def _line(sheet, row, commitment, facts, promised, answer):
    said = answer if answer and answer.quantity is not None else None
    quantity = said.quantity if said else facts.already or None
    named, measure = commitment.external_reference or f"no. {commitment.pk}", commitment.measure or commitment.wording
    values = (
        cell_of(named), cell_of(measure), cell_of(commitment.theme),
        cell_of(commitment.unit_words or Unit(commitment.unit).label), promised, facts.planned, quantity,
        said.to_date if said else None, said.delivered_on if said else None,
        cell_of(said.evidence) if said else _already(commitment, facts), said.get_rag_display() if said else None,
        cell_of(said.comment) if said else None,
    )  # fmt: skip
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(row, column, value if value != "" else None)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if column in FILLED_IN:
            cell.fill, cell.protection = TYPED, Protection(locked=False)
        if isinstance(value, date):
            cell.number_format = "dd/mm/yyyy"
    sheet.cell(row, 9).number_format = "dd/mm/yyyy"


def _already(commitment, facts):
    return f"On the marketplace already: {commitment.say(facts.already)}" if facts.already else None


def _rules(sheet, of_return, last):
    """What a spreadsheet program refuses while it is filled in; the site checks all of it again."""
    rag = DataValidation(type="list", formula1='"Red,Amber,Green"', allow_blank=True)
    days = DataValidation(
        type="date", operator="between", formula1=_excel(of_return.first_day), formula2=_excel(of_return.last_day),
        allow_blank=True, error=f"Enter a day within {of_return.period}.",
    )  # fmt: skip
    numbers = DataValidation(
        type="decimal", operator="between", formula1="0", formula2=str(TOO_MUCH), allow_blank=True,
        error="Enter a number, 0 where nothing was delivered.",
    )  # fmt: skip
    for rule, columns in ((numbers, "GH"), (days, "I"), (rag, "K")):
        sheet.add_data_validation(rule)
        for column in columns:
            rule.add(f"{column}{HEADING_ROW + 1}:{column}{last}")
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False


def _excel(day):
    return f"DATE({day.year},{day.month},{day.day})"
