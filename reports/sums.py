"""Over all contracts with a plan, unit by unit, as known on a day; units are never added."""

from collections import Counter
from dataclasses import dataclass

from suppliers import pace, planned, top


@dataclass(frozen=True)
class Sums:
    """`standings` are pace.Standing by unit; `paces` counts contracts' lines by pace; `ranked` are top.Ranked."""

    day: object
    standings: list
    paces: dict
    ranked: list


def as_known(day):
    """The Sums of a day: promises agreed and entries written by its end."""
    ranked = top.contracts(day)
    by_unit, settled, paces = {}, {}, Counter()
    for row in ranked:
        for unit, line in row.lines.items():
            by_unit.setdefault(unit, planned.Line(unit)).add(line)
            settled[unit] = min(settled.get(unit, row.settled_on), row.settled_on)
        paces.update(standing.pace for standing in row.standings(day))
    standings = [by_unit[unit].standing(day < settled[unit]) for unit in sorted(by_unit)]
    return Sums(day, standings, {named: paces[named] for named in pace.Pace}, ranked)
