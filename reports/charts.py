"""The bar of how a promise stands: numbers for SVG, beside the table that says the same."""

from dataclasses import dataclass

from suppliers.pace import AMOUNTS


@dataclass(frozen=True)
class PaceBar:
    """One line of a pace chart, in hundredths of what was promised or delivered, whichever is more."""

    promised: float
    claimed: float
    confirmed: float
    verified: float
    expected: float | None  # None where no plan says
    words: str


def pace_bar(standing):
    """The PaceBar of a suppliers.pace.Standing, or of a fact_sheet.StandingFacts."""
    amounts, said = {name: float(getattr(standing, name)) for name in AMOUNTS}, standing.words
    whole = max(amounts[name] for name in ("committed", "claimed", "expected"))
    shares = [
        round(amounts[name] / whole * 100, 1) if whole else 0.0
        for name in ("committed", "claimed", "confirmed", "verified", "expected")
    ]
    proved = f"{said['claimed']} claimed, {said['confirmed']} confirmed, {said['verified']} verified"
    words = f"{proved} of {said['committed']}; {said['expected']} expected by now: {standing.pace.lower()}"
    return PaceBar(*shares, words)


def proved_bar(amounts, said):
    """As `pace_bar`, of promised, claimed, confirmed and verified alone: what stands where there is no plan."""
    whole = max(float(amounts[name]) for name in ("promised", "claimed"))
    names = ("promised", "claimed", "confirmed", "verified")
    shares = [round(float(amounts[name]) / whole * 100, 1) if whole else 0.0 for name in names]
    proved = ", ".join(f"{said[name]} {name}" for name in names[1:])
    return PaceBar(*shares, None, f"{proved} of {said['promised']}")
