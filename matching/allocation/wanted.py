"""What the broker asks of a proposal."""

from dataclasses import asdict, dataclass

from ..ranking.parts import SURE_NEED


@dataclass
class Wanted:
    """What the broker asks for: the sliders, each with what it means where nothing is chosen."""

    fairness: float = 0.25  # 0 to 1: how much more a first helping, a small group and a district come short count
    least_need: float = SURE_NEED  # how well the offer must meet the need
    furthest: int = 0  # miles, 0 for any distance
    held_back: int = 0  # per cent of what is left, kept for later

    def as_dict(self):
        return asdict(self)
