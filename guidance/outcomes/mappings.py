"""The mapping from the version before to a draft version: read from CSV, checked, written back."""

from collections import defaultdict

from django.db import transaction
from django.db.models import Q

from words.numbers import is_number

from ..models import Mapping, Outcome
from ..models.outcomes import Confidence
from .exchange import LONGEST, MAPPING_COLUMNS, Report, read_rows, write_table

Relation = Mapping.Relation
BOTH_SIDES = (Relation.SAME, Relation.SPLIT, Relation.MERGED)


@transaction.atomic
def read(model, data, *, save=True):
    """Replace a draft version's mapping by a CSV's; returns the Report. Nothing is saved where a row is refused."""
    report = Report()
    rows = read_rows(data, MAPPING_COLUMNS, ["from", "to", "relation"], report)
    if model.previous is None:
        report.add(1, f"{model} names no version before it: there is nothing to map from.")
        return report
    if not model.is_draft:
        report.add(
            1, f"{model} is {model.get_state_display().lower()}: its mapping doesn’t change. Make a new version."
        )
    sources, targets = _codes(model.previous), _codes(model)
    made, seen = [], {}
    for number, row in rows:
        mapping = _check(number, row, sources, targets, report)
        pair = (row["from"], row["to"])
        if pair in seen:
            report.add(
                number, f"{row['from'] or 'Nothing'} to {row['to'] or 'nothing'} stands in row {seen[pair]} already."
            )
        seen[pair] = number
        if mapping:
            made.append((number, mapping))
    for number, words in whole(made):
        report.add(number, words)
    if not report.problems and save:
        Mapping.objects.filter(source__model=model.previous, target=None).delete()
        of_model(model).delete()
        Mapping.objects.bulk_create(mapping for _, mapping in made)
        report.created, report.saved = len(made), True
    return report


def _codes(model):
    return {line.code: line for line in Outcome.objects.filter(model=model)}


def _check(number, row, sources, targets, report):
    """The Mapping of a row, or None where the report says what is wrong with it."""
    row = row | {"relation": row["relation"].lower(), "typed": row["relation"]}
    wrong = [*_wrong_sides(row, sources, targets), *_wrong_figures(row)]
    for words in wrong:
        report.add(number, words)
    if wrong:
        return None
    return Mapping(
        source=sources.get(row["from"]),
        target=targets.get(row["to"]),
        relation=row["relation"],
        share=int(_share(row)),
        basis=row["basis"],
        confidence=_confidence(row),
    )


def _wrong_sides(row, sources, targets):
    """Sentences on what doesn't fit between a row's relation and its lines."""
    relation = row["relation"]
    if relation not in Relation.values:
        yield f"Relation “{row['typed']}” is not one of {', '.join(Relation.values)}."
    if row["from"] and row["from"] not in sources:
        yield f"“{row['from']}” is not a line of the version before."
    if row["to"] and row["to"] not in targets:
        yield f"“{row['to']}” is not a line of this version."
    if relation == Relation.NEW and row["from"]:
        yield "A new line comes from nothing: leave “from” empty."
    if relation == Relation.DROPPED and row["to"]:
        yield "A dropped line leads to nothing: leave “to” empty."
    if relation in BOTH_SIDES and not (row["from"] and row["to"]):
        yield f"“{relation}” needs a line on both sides."


def _share(row):
    return row["share"].rstrip("% ") or "100"


def _confidence(row):
    return row["confidence"].upper() or Confidence.TO_BE_CHECKED


def _wrong_figures(row):
    """Sentences on a row's share, basis and confidence."""
    share = _share(row)
    if not (is_number(share) and 1 <= int(share) <= 100):
        yield f"Share “{row['share']}” is not a whole number from 1 to 100."
    if len(row["basis"]) > LONGEST["basis"]:
        yield f"The basis is longer than {LONGEST['basis']} characters."
    if _confidence(row) not in Confidence.values:
        yield f"Confidence “{row['confidence']}” is not V or C."


def whole(made):
    """Each line goes somewhere once: one row where it is the same, merged or dropped; shares of 100 where split."""
    rows = defaultdict(list)
    for number, mapping in made:
        if mapping.source:
            rows[mapping.source.code].append((number, mapping))
    for code, of_line in rows.items():
        kinds = {mapping.relation for _, mapping in of_line}
        last = of_line[-1][0]
        if kinds == {Relation.SPLIT}:
            total = sum(mapping.share for _, mapping in of_line)
            if len(of_line) == 1:
                yield last, f"“{code}” is split but goes to one line only."
            if total != 100:
                yield last, f"The shares of “{code}” add up to {total}, not 100."
        elif len(of_line) > 1:
            yield last, f"“{code}” goes to several lines: call each of them split, with shares that add up to 100."
        elif of_line[0][1].share != 100:
            yield last, f"“{code}” goes to one line: its share is 100."


def of_model(model):
    """The mapping rows that lead into a version, those of dropped lines and new ones included."""
    return Mapping.objects.filter(Q(target__model=model) | Q(target=None, source__model=model.previous_id))


def missing(model):
    """Outcomes and criteria of the version before that no row maps, and lines of this one that nothing explains."""
    if model.previous_id is None:
        return [], []
    rows = of_model(model)
    levels = [Outcome.Level.OUTCOME, Outcome.Level.CRITERION]
    before = Outcome.objects.filter(model=model.previous_id, level__in=levels)
    now = Outcome.objects.filter(model=model, level__in=levels)
    return (
        list(before.exclude(pk__in=rows.exclude(source=None).values("source"))),
        list(now.exclude(pk__in=rows.exclude(target=None).values("target"))),
    )


def write(model):
    """The mapping into a version as CSV text, as `read` reads it."""
    rows = of_model(model).select_related("source", "target").order_by("pk")
    return write_table(
        MAPPING_COLUMNS,
        (
            [
                row.source.code if row.source else "",
                row.target.code if row.target else "",
                row.relation,
                row.share,
                row.basis,
                row.confidence,
            ]
            for row in rows
        ),
    )
