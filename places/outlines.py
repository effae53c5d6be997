"""Outlines of districts, read from a boundary file that a council gives: GeoJSON, in degrees of longitude and latitude.

Features are matched by their GSS code, else by their name. A file is taken whole or not at all.
"""

import json

from django.core.exceptions import ValidationError
from django.db import transaction

from .models import District, Outline

CODES, NAMES = (
    ("code", "gss_code", "lad_code", "ladcd", "lad13cd"),
    ("name", "lad_name", "ladnm", "lad13nm", "district"),
)
MOST_POINTS = 20_000  # a page draws them all: simplify a finer file first


def read(text):
    """[(code, name, rings)] of a FeatureCollection; a ring is [[longitude, latitude]]. ValidationError for no such."""
    try:
        features = json.loads(text)["features"]
        found = [(_of(feature, CODES), _of(feature, NAMES), _rings(feature["geometry"])) for feature in features]
    except (ValueError, TypeError, KeyError, AttributeError, IndexError) as wrong:
        raise ValidationError("This is no GeoJSON of areas: a FeatureCollection of Polygons is needed.") from wrong
    if not found:
        raise ValidationError("The file holds no area.")
    if sum(len(ring) for *_, rings in found for ring in rings) > MOST_POINTS:
        raise ValidationError(f"More than {MOST_POINTS:,} points. Simplify the outlines, neighbours together, first.")
    return found


def _of(feature, names):
    """The first of these properties that a feature has, as text; properties are told apart without capitals."""
    known = {str(name).casefold(): value for name, value in feature["properties"].items()}
    return next((str(known[name]).strip() for name in names if known.get(name)), "")


def _rings(geometry):
    polygons = {"Polygon": lambda found: [found], "MultiPolygon": list}[geometry["type"]](geometry["coordinates"])
    rings = [[_point(*point[:2]) for point in ring] for polygon in polygons for ring in polygon]
    if any(len(ring) < 4 or ring[0] != ring[-1] for ring in rings):
        raise ValueError("a ring is closed")
    return rings


def _point(longitude, latitude):
    """A point to a metre; ValueError for what is no degrees, as in files by the National Grid."""
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        raise ValidationError("The file is not in degrees. Convert it to WGS 84 (EPSG:4326) first.")
    return [round(longitude, 5), round(latitude, 5)]


@transaction.atomic
def save(areas, districts=District, outlines=Outline):
    """Give districts their outlines; returns ([District] drawn anew, [name] that no district has).

    ValidationError where two areas are one district, or where no area is a district at all.
    """
    rows = list(districts.objects.all())
    known = {key.casefold(): row for row in rows for key in (row.name, row.code)}
    found, unknown = {}, []
    for code, name, rings in areas:
        row = known.get(code.casefold()) or known.get(name.casefold())
        if row is None:
            unknown.append(name or code or "without a name")
        elif row.pk in found:
            raise ValidationError(f"Two areas of the file are {row.name}.")
        else:
            found[row.pk] = row
            outlines.objects.update_or_create(district=row, defaults={"rings": rings})
    if not found:
        raise ValidationError("None of these areas is a district of this site. Add the districts first.")
    return list(found.values()), unknown
