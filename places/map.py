"""Maps of the county, drawn from the districts' outlines: one place marked, or every district in a step of colour.

No tiles and no outside service: an SVG that a strict Content-Security-Policy lets through. Degrees are projected flat,
longitudes narrowed by the cosine of the middle latitude: over a county nobody sees the difference.
"""

from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians

from django.core.cache import caches
from django.template.loader import render_to_string

from .models import Outcode, Outline

WIDTH, MARGIN, KEPT_SECONDS = 400, 14, 60
LINE_LETTERS, LINE_HEIGHT, STEPS = 9, 10.5, 4


@dataclass(frozen=True)
class Shape:
    """A district on the drawing: its path, and where its name stands, in lines."""

    district: int
    name: str
    slug: str
    path: str
    x: float
    y: float

    @property
    def lines(self):
        """[(words, y)] of its name, about the middle of its shape."""
        found = [""]
        for word in self.name.split():
            joined = f"{found[-1]} {word}".strip()
            found = [*found[:-1], joined] if len(joined) <= LINE_LETTERS or not found[-1] else [*found, word]
        top = self.y - LINE_HEIGHT * (len(found) - 1) / 2
        return [(line, round(top + 3 + LINE_HEIGHT * place, 1)) for place, line in enumerate(found)]


@dataclass(frozen=True)
class County:
    """Every district that has an outline, and how degrees become points of the drawing."""

    shapes: list
    height: int
    west: float
    north: float
    squeeze: float
    scale: float

    def project(self, longitude, latitude):
        x = MARGIN + (longitude - self.west) * self.squeeze * self.scale
        return round(x, 1), round(MARGIN + (self.north - latitude) * self.scale, 1)


def county():
    """The County, kept for a minute by each worker; None where no district has an outline."""
    return caches["local"].get_or_set("county", _draw, KEPT_SECONDS)


def _draw():
    rows = list(Outline.objects.select_related("district"))
    points = [point for row in rows for ring in row.rings for point in ring]
    if not points:
        return None
    longitudes, latitudes = zip(*points, strict=True)
    west, east, south, north = min(longitudes), max(longitudes), min(latitudes), max(latitudes)
    squeeze = cos(radians((south + north) / 2))
    scale = (WIDTH - 2 * MARGIN) / ((east - west) * squeeze)
    flat = County([], round((north - south) * scale + 2 * MARGIN), west, north, squeeze, scale)
    for row in rows:
        rings = [[flat.project(*point) for point in ring] for ring in row.rings]
        path = "".join("M" + "L".join(f"{x} {y}" for x, y in ring[:-1]) + "Z" for ring in rings)
        middle = max((_middle(ring) for ring in rings), key=lambda of: of[0])
        place = (round(part, 1) for part in middle[1:])
        flat.shapes.append(Shape(row.pk, row.district.name, row.district.slug, path, *place))
    return flat


def _middle(ring):
    """(area, x, y) of a closed ring and its centre of gravity."""
    area = x = y = 0
    for (x0, y0), (x1, y1) in pairwise(ring):
        cross = x0 * y1 - x1 * y0
        area, x, y = area + cross, x + (x0 + x1) * cross, y + (y0 + y1) * cross
    return (abs(area) / 2, x / (3 * area), y / (3 * area)) if area else (0, *ring[0])


@dataclass(frozen=True)
class Label:
    """Words on the drawing, over a district in a step of colour."""

    words: str
    x: float
    y: float
    step: int
    more: str = ""

    @property
    def look(self):
        return f"app-map__name app-map__name--{self.step}{self.more}"


@dataclass(frozen=True)
class Area:
    """A district with a number: `step` of colour (0 for nothing), `words` of it, and the `address` it leads to."""

    shape: Shape
    number: int
    step: int
    words: str
    address: str

    @property
    def look(self):
        return f"app-map__shape--{self.step}"

    @property
    def labels(self):
        """[Label] of its number and, under it, its name."""
        name = [Label(words, self.shape.x, round(y + 7, 1), self.step) for words, y in self.shape.lines]
        return [Label(f"{self.number:,}", self.shape.x, round(name[0].y - 11, 1), self.step, " app-map__number"), *name]


@dataclass(frozen=True)
class CountyMap:
    """A drawing of all districts: [Area], and what its steps of colour mean, [(step, words)]."""

    title: str
    width: float
    height: float
    areas: list[Area]
    key: list


def choropleth(title, numbers, say, address):
    """The CountyMap of {district id: number}, as components/county.html draws it; None without outlines.

    `say(shape, number)` is read out for each, `address(shape)` is where it leads.
    """
    drawn = county()
    if drawn is None:
        return None
    steps = _steps(numbers.values())
    areas = []
    for shape in drawn.shapes:
        number = numbers.get(shape.district, 0)
        areas.append(Area(shape, number, steps.get(number, 0), say(shape, number), address(shape)))
    return CountyMap(title, WIDTH, drawn.height, areas, _key(steps))


def _steps(numbers):
    """{number: step 1 to 4}: the numbers there are, in groups that are as even as can be; the most is the darkest."""
    found = sorted({number for number in numbers if number})
    return {number: STEPS - (len(found) - 1 - place) * STEPS // max(len(found), STEPS)
            for place, number in enumerate(found)}  # fmt: skip


def _key(steps):
    """[(step, "2 to 5")] from the lightest."""
    found = {}
    for number, step in steps.items():
        found.setdefault(step, []).append(number)
    return [
        (step, f"{min(of):,}" if len(of) == 1 else f"{min(of):,} to {max(of):,}") for step, of in sorted(found.items())
    ]


def draw_map(code):
    """The map with postcode district `code` marked, as SVG with a sentence in words; "" where it is not known."""
    return caches["local"].get_or_set(f"map-{code}", lambda: _placed(code), KEPT_SECONDS)


def _placed(code):
    outcode = Outcode.objects.select_related("district").filter(code=code).first()
    drawn = county()
    if not (outcode and drawn):
        return ""
    x, y = drawn.project(outcode.longitude, outcode.latitude)
    district = outcode.district.name if outcode.district_id else "near the county’s edge"
    half = round(len(outcode.town) * 3.9 + 8, 1)
    steps = {shape: STEPS if shape.district == outcode.district_id else 0 for shape in drawn.shapes}
    parts = {
        "width": WIDTH, "height": drawn.height, "x": x, "y": y,
        "shapes": [(shape.path, f"app-map__shape--{step}") for shape, step in steps.items()],
        "labels": [Label(words, shape.x, y, step) for shape, step in steps.items() for words, y in shape.lines],
        "town": outcode.town, "plate": {"x": -half, "width": half * 2}, "words": f"{outcode.town}, {district}",
    }  # fmt: skip
    return render_to_string("components/map.html", {"map": parts})
