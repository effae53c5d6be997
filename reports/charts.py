"""Charts drawn on the server: numbers for SVG, each beside the table that says the same."""

from dataclasses import dataclass

WIDTH, HEIGHT, LEFT, BELOW = 640, 200, 40, 24


@dataclass(frozen=True)
class PaceBar:
    """One line of a pace chart, in hundredths of what was promised or delivered, whichever is more."""

    promised: float
    claimed: float
    confirmed: float
    verified: float
    expected: float
    words: str


def pace_bar(amounts, said, named):
    """The PaceBar of {name: amount} and {name: words} of pace.AMOUNTS, and of the name of a pace."""
    whole = max(float(amounts[name]) for name in ("committed", "claimed", "expected"))
    shares = [
        round(float(amounts[name]) / whole * 100, 1) if whole else 0.0
        for name in ("committed", "claimed", "confirmed", "verified", "expected")
    ]
    proved = f"{said['claimed']} claimed, {said['confirmed']} confirmed, {said['verified']} verified"
    words = f"{proved} of {said['committed']}; {said['expected']} expected by now: {named.lower()}"
    return PaceBar(*shares, words)


@dataclass(frozen=True)
class Trend:
    """A line of percentages over months: `points` for a polyline, `dots` [(x, y, words)], `last` percent."""

    name: str
    points: str
    dots: list
    last: float | None


def trend(months, name, label):
    """The Trend of one percentage of [{"day": date, name: percent or None}]; months without one are left out."""
    known = [(place, month) for place, month in enumerate(months) if month.get(name) is not None]
    step = (WIDTH - LEFT - 10) / max(len(months) - 1, 1)
    dots = [
        (round(LEFT + place * step, 1), round((HEIGHT - BELOW) * (1 - month[name] / 100) + 4, 1),
         f"{month['day']:%B %Y}: {month[name]:.1f}%")
        for place, month in known
    ]  # fmt: skip
    points = " ".join(f"{x},{y}" for x, y, _ in dots)
    return Trend(label, points, dots, known[-1][1][name] if known else None)
