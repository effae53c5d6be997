"""Branch coverage by room, from coverage's own JSON: python -m tests.coverage_by_room FILE

Exit status 1 where a room is below the least; files are listed by what they lack.
"""

import json
import sys
from collections import defaultdict
from pathlib import Path

LEAST, MOST_FILES = 95.0, 15


def by_room(report):
    """{room: (statements and branches, those taken)}."""
    rooms = defaultdict(lambda: [0, 0])
    for name, file in report["files"].items():
        summary, room = file["summary"], rooms[Path(name).parts[0]]
        room[0] += summary["num_statements"] + summary["num_branches"]
        room[1] += summary["covered_lines"] + summary["covered_branches"]
    return {room: tuple(counts) for room, counts in rooms.items()}


def main(path):
    report = json.loads(Path(path).read_text())
    percents = {room: 100 * taken / whole for room, (whole, taken) in by_room(report).items()}
    for room, percent in sorted(percents.items(), key=lambda pair: pair[1]):
        print(f"{percent:5.1f}%  {room}{'' if percent >= LEAST else f'  below {LEAST}%'}")
    lacking = {
        name: len(file["missing_lines"]) + len(file["missing_branches"]) for name, file in report["files"].items()
    }
    print()
    for name, count in sorted(lacking.items(), key=lambda pair: -pair[1])[:MOST_FILES]:
        print(f"{count:5}  {name}")
    sys.exit(1 if min(percents.values()) < LEAST else 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
