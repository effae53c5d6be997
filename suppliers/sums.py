"""Promised, delivered and proved over all commitments, unit by unit: figures of different units are never added."""

from dataclasses import dataclass

from vocabulary.units import Unit

from . import figures


@dataclass(frozen=True)
class UnitSums:
    """All commitments counted in one unit: how many, and each figure in words ("1,250 hours")."""

    unit: str
    label: str
    commitments: int
    promised: str
    withdrawn: str
    ended: str
    not_begun: str
    left: str
    reserved: str
    to_agree: str
    claimed: str
    confirmed: str
    verified: str
    beyond: str


def by_unit():
    """[UnitSums] of every unit that anything is promised in."""
    return [
        UnitSums(
            unit=row["commitment__unit"],
            label=Unit(row["commitment__unit"]).label,
            commitments=row["commitments"],
            **{name: _say(name, row) for name in figures.NAMES},
        )
        for row in figures.sums_by("commitment__unit")
    ]


def _say(name, row):
    return figures.say_sum(name, row[name], row["commitment__unit"], row["promised"])
