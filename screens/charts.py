"""The chart of percentages over time: lines in a box of WIDTH by HEIGHT, and what each month says.

`{% line_chart %}` draws it; a table that says the same belongs beside it.
"""

from dataclasses import dataclass

WIDTH, HEIGHT = 1000, 100  # the box is stretched to the room there is; lines keep their width
MOST = 24  # months drawn, the newest: each can be reached by the keyboard
TREND_STEPS, TREND_POINTS = 3, 5  # a move of so many points since so many months (or weeks) before is said
SAID = {"month": "%B %Y", "week": "%-d %B %Y"}


@dataclass(frozen=True)
class Line:
    """One figure: its name, points of a polyline, [(x, y)] of its months, and its trend in words or ""."""

    name: str
    points: str
    dots: list
    trend: str


@dataclass(frozen=True)
class Chart:
    """Lines, heights of targets, and [(month, [what a line says there])], the oldest first."""

    lines: list
    goals: list
    months: list

    @property
    def begins(self):
        return self.months[0][0]

    @property
    def ends(self):
        return self.months[-1][0]

    @property
    def trends(self):
        """[what is said of a line that moved]."""
        return [line.trend for line in self.lines if line.trend]


def chart(days, lines, goals=(), every="month"):
    """The Chart of {name: [percent or None, one a day]} and targets in percent; only lines with a month that is known.

    `days` are the ends of the months or weeks that the values stand for, the oldest first; the newest MOST are drawn.
    """
    days = list(days)[-MOST:]
    drawn = [line(name, list(values)[-MOST:], every) for name, values in lines.items()]
    drawn = [found for found in drawn if found.dots]
    said = [
        (
            f"{day:{SAID[every]}}",
            [f"{name}: {known[place]:.1f}%" for name, known in _known(lines) if known[place] is not None],
        )
        for place, day in enumerate(days)
    ]
    return Chart(drawn, [height_of(goal) for goal in goals], said)


def _known(lines):
    return [(name, list(values)[-MOST:]) for name, values in lines.items()]


def line(name, values, every="month"):
    """The Line of [percent or None], each month in the middle of its column."""
    step = WIDTH / max(len(values), 1)
    dots = [(round((n + 0.5) * step, 1), height_of(value)) for n, value in enumerate(values) if value is not None]
    return Line(name, " ".join(f"{x},{y}" for x, y in dots), dots, trend(name, values, every))


def height_of(percent):
    """How far below the upper edge of the box a percentage lies."""
    return round(HEIGHT * (1 - min(max(float(percent), 0), 100) / 100), 1)


def trend(name, values, every="month"):
    """What is said of a figure that moved by TREND_POINTS or more within TREND_STEPS months or weeks, else "".

    Points of a hundred, from the value TREND_STEPS before the newest; one that is not known says nothing.
    """
    if len(values) <= TREND_STEPS:
        return ""
    now, before = values[-1], values[-1 - TREND_STEPS]
    if now is None or before is None or abs(now - before) < TREND_POINTS:
        return ""
    way = "fell" if now < before else "rose"
    return f"{name} {way} by {abs(now - before):.1f} points in {TREND_STEPS} {every}s, to {now:.1f}%"
