"""What a person is shown of an import: the file as a table with what each column became, and findings by kind."""

from collections import Counter
from dataclasses import asdict, dataclass

SHOWN_OF_A_KIND, SHOWN_CHANGES, SHOWN_ROWS, SHOWN_LETTERS = 100, 200, 5, 80
SAMPLES = 3
# Errors of a column, a sheet or a file, which no leaving out of rows or cells can mend.
OF_THE_WHOLE = (
    "cut_off", "formula", "no_rows", "no_headings", "broken_quote", "scale_in_heading", "column_asked",
    "column_writing_asked", "missing_column",
)  # fmt: skip


def table(layout, report):
    """A sheet as a table: {"sheet", "columns": [{"heading", "called", "field", "label", "why", "may_be_empty"}],
    "rows": [[row number, [cell as text]]]} with its first rows.
    """
    by_index = {index: name for name, index in layout.columns.items()}
    why = {decision["column"]: decision["why"] for decision in report.decisions}
    shown = [index for index, heading in enumerate(layout.headings) if heading]
    columns = []
    for index in shown:
        heading, name = layout.headings[index], by_index.get(index, "")
        field = layout.fields.get(name)
        columns.append({
            "heading": str(heading), "called": layout.sheet.column(index, heading), "field": name,
            "label": field.label if field else "", "why": why.get(heading, "") if field else "",
            "may_be_empty": bool(field and not field.required),
        })  # fmt: skip
    rows = [
        [number, [as_text(cells[index]) if index < len(cells) else "" for index in shown]]
        for number, cells in layout.rows[:SHOWN_ROWS]
    ]
    return {"sheet": layout.sheet.name, "columns": columns, "rows": rows}


def as_text(cell):
    text = "" if cell is None else str(cell)
    return text if len(text) <= SHOWN_LETTERS else f"{text[: SHOWN_LETTERS - 1]}…"


@dataclass(frozen=True)
class Kind:
    """Findings of one kind: how many there are, the first sentence, and up to SHOWN_OF_A_KIND of them.

    An error is of one column; `settles` are the ways in which somebody may settle all of it at once, `settled` the one
    that somebody chose.
    """

    severity: str
    code: str
    column: str
    count: int
    times: str  # how often, and in which column
    message: str
    shown: list
    settles: list
    settled: str = ""


def by_kind(report):
    """[Kind] of a report's findings, errors first, then the most frequent."""
    may_be_empty = {
        column["called"] for table in report.tables for column in table["columns"] if column["may_be_empty"]
    }
    found = []
    for severity, problems in (("error", report.errors), ("warning", report.warnings)):
        kinds = {}
        for problem in problems:
            column = problem.column if severity == "error" or problem.settled else ""
            kinds.setdefault((problem.code, column), []).append(problem)
        for (code, column), each in sorted(kinds.items(), key=lambda kind: -len(kind[1])):
            settles = []
            if (severity == "error" and code not in OF_THE_WHOLE) or each[0].settled:
                settles = ["rows", "empty"] if column in may_be_empty else ["rows"]
            shown = [asdict(problem) for problem in each[:SHOWN_OF_A_KIND]]
            times = f"{len(each)} time{'s' if len(each) > 1 else ''}" + (f" in {column}" if column else "")
            found.append(
                Kind(severity, code, column, len(each), times, each[0].message, shown, settles, each[0].settled)
            )
    return found


def headings_to_ask(report):
    """[[heading, guess, [cells]]] of columns that are unsure or as likely as another, then of those that were left out:
    what the screen asks about, with the first SAMPLES different cells that are shown of each.
    """
    asked = {item["heading"]: item["field"] for item in report.unsure}
    questions = [question for question in report.questions if question["about"] == "field"]
    guesses = Counter(question["guess"] for question in questions)
    for question in questions:  # of two that may be the same, none is ticked
        asked.setdefault(question["column"], question["guess"] if guesses[question["guess"]] == 1 else "")
    for problem in report.warnings:
        if problem.code == "column_not_used":
            asked.setdefault(problem.column, "")
    return [[heading, guess, samples(report.tables, heading)] for heading, guess in asked.items()]


def samples(tables, heading):
    """The first SAMPLES different cells that are shown under a heading."""
    cells = [
        row[at]
        for table in tables
        for at, column in enumerate(table["columns"])
        if column["heading"] == heading
        for _, row in table["rows"]
    ]
    return list(dict.fromkeys(cell for cell in cells if cell.strip()))[:SAMPLES]


def brief(report):
    """The report as it is kept and shown: figures whole, lists up to a limit."""
    counts = ("rows", "created", "updated", "unchanged", "rejected", "duplicates", "joined")
    return {name: getattr(report, name) for name in (*counts, "saved", "decisions", "tables")} | {
        "errors": len(report.errors),
        "warnings": len(report.warnings),
        "kinds": [asdict(kind) for kind in by_kind(report)],
        "asked": headings_to_ask(report),
        "how_asked": [question for question in report.questions if question["about"] != "field"],
        "told": report.told,
        "changes": report.changes[:SHOWN_CHANGES],
        "gone": report.gone[:SHOWN_CHANGES],
        "gone_in_all": len(report.gone),
    }
