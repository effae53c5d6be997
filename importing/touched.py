"""What an import made and changed: written down as it is saved, so that it can be taken back as one step."""

from dataclasses import asdict, dataclass, field


class Stands(Exception):
    """An import can't be taken back; its sentences say why, one a reason."""

    def __init__(self, *reasons):
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@dataclass
class Touched:
    """`made` is {what: [primary key]}, `changed` {what: {primary key: {field: [before, after]}}} with texts or numbers,
    `said` {what: [primary key]} of rows that a source spoke of. `what` is the name of a model in words of the importer.
    """

    made: dict = field(default_factory=dict)
    changed: dict = field(default_factory=dict)
    said: dict = field(default_factory=dict)

    def make(self, what, rows):
        self.made.setdefault(what, []).extend(row.pk for row in rows)

    def change(self, what, number, **fields):
        """Note [before, after] of fields of a row that has this primary key; what was before the import stays so."""
        known = self.changed.setdefault(what, {}).setdefault(str(number), {})
        for name, (before, after) in fields.items():
            known[name] = [known.get(name, [before])[0], after]

    def speak(self, what, numbers):
        self.said.setdefault(what, []).extend(numbers)

    def rows(self):
        """{(what, primary key as text)} of everything that was made, changed or spoken of."""
        parts = (self.made, self.changed, self.said)
        return {(what, str(number)) for part in parts for what, numbers in part.items() for number in numbers}

    def as_dict(self):
        return asdict(self)

    @classmethod
    def read(cls, kept):
        """What was kept; nothing of an import from before anything was."""
        return cls(**kept) if kept else None


def named(rows, most=5):
    """A few of the things that stand in the way, as words."""
    shown = ", ".join(str(row) for row in rows[:most])
    return f"{shown} and {len(rows) - most} more" if len(rows) > most else shown
