"""A simple map drawn from our own data: postcode districts as soft circles, one of them marked.

No tiles and no outside service: an SVG that a strict Content-Security-Policy lets through.
"""

from functools import lru_cache
from math import cos, radians

from django.template.loader import render_to_string

from .models import District, Outcode

WIDTH = 640
MARGIN = 34
KM_A_DEGREE = 111.32


@lru_cache(maxsize=1)
def _ground():
    """(project, circles, labels, height): the county's drawing, the same for every page."""
    outcodes = list(Outcode.objects.filter(district__isnull=False))
    west = min(o.longitude for o in outcodes)
    east = max(o.longitude for o in outcodes)
    south = min(o.latitude for o in outcodes)
    north = max(o.latitude for o in outcodes)
    squeeze = cos(radians((north + south) / 2))
    scale = (WIDTH - 2 * MARGIN) / ((east - west) * squeeze)
    height = round((north - south) * scale + 2 * MARGIN)

    def project(latitude, longitude):
        x = MARGIN + (longitude - west) * squeeze * scale
        return round(x, 1), round(height - MARGIN - (latitude - south) * scale, 1)

    circles = []
    for outcode in outcodes:
        x, y = project(outcode.latitude, outcode.longitude)
        radius = min(max(outcode.radius_km / KM_A_DEGREE * scale, 16), 34)
        circles.append({"x": x, "y": y, "r": round(radius, 1), "district": outcode.district_id})
    labels = []
    for district in District.objects.all():
        x, y = project(district.latitude, district.longitude)
        labels.append({"x": x, "y": y, "name": district.name, "pk": district.pk})
    return project, circles, labels, height


@lru_cache(maxsize=256)
def draw_map(code):
    """The map with postcode district `code` marked, as SVG with a sentence in words; "" where it is not known."""
    outcode = Outcode.objects.select_related("district").filter(code=code).first()
    return render_to_string("components/map.html", {"map": _parts(outcode)}) if outcode else ""


def _parts(outcode):
    """What the map template needs to mark `outcode`: circles, labels, the mark and a sentence in words."""
    project, circles, labels, height = _ground()
    x, y = project(outcode.latitude, outcode.longitude)
    district = outcode.district.name if outcode.district_id else "near the county’s edge"
    return {
        "width": WIDTH,
        "height": height,
        "circles": circles,
        "labels": labels,
        "here": outcode.district_id,
        "x": x,
        "y": y,
        "words": f"{outcode.town}, {district}",
    }
