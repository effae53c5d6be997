"""A council's boundary file: read whole or refused in a sentence, matched by code or name, drawn on every map."""

import json
from io import StringIO

import pytest
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from places import map as maps
from places import outlines
from places.models import District, Outcode, Outline

pytestmark = pytest.mark.django_db
SQUARE = [[-0.5, 51.2], [-0.4, 51.2], [-0.4, 51.3], [-0.5, 51.3], [-0.5, 51.2]]


@pytest.fixture(autouse=True)
def anew():
    caches["local"].clear()
    yield
    caches["local"].clear()


def feature(geometry, **properties):
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def polygon(ring=None):
    return {"type": "Polygon", "coordinates": [ring or SQUARE]}


def file(*features):
    return json.dumps({"type": "FeatureCollection", "features": list(features)})


def test_every_district_of_the_county_has_an_outline_about_its_own_centre():
    assert Outline.objects.count() == District.objects.count() == 11
    for district in District.objects.select_related("outline"):
        longitudes, latitudes = zip(*(point for ring in district.outline.rings for point in ring), strict=True)
        assert min(longitudes) < district.longitude < max(longitudes), district
        assert min(latitudes) < district.latitude < max(latitudes), district


@pytest.mark.parametrize(
    "properties",
    [
        {"code": "E07000217"},
        {"LAD13CD": "e07000217", "LAD13NM": "Somewhere"},
        {"Name": "WOKING"},
        {"ladnm": " Woking "},
    ],
)
def test_areas_are_matched_by_code_or_name_whatever_their_case(properties):
    (drawn,), unknown = outlines.save(outlines.read(file(feature(polygon(), **properties))))
    assert (drawn.name, unknown) == ("Woking", [])
    assert Outline.objects.get(district__name="Woking").rings == [SQUARE]


def test_several_polygons_and_holes_are_all_kept_and_what_is_no_district_is_named():
    many = {"type": "MultiPolygon", "coordinates": [[SQUARE], [SQUARE, SQUARE]]}
    drawn, unknown = outlines.save(outlines.read(file(feature(many, name="Woking"), feature(polygon(), name="Kent"))))
    assert (len(drawn[0].outline.rings), unknown) == (3, ["Kent"])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no GeoJSON"), ("[]", "no GeoJSON"), ("{}", "no GeoJSON"), ('{"features": 3}', "no GeoJSON"),
        (file(), "holds no area"), (file({"type": "Feature"}), "no GeoJSON"),
        (file(feature({"type": "Point", "coordinates": [0, 51]}, name="Woking")), "no GeoJSON"),
        (file(feature(polygon(SQUARE[:-1]), name="Woking")), "no GeoJSON"),
        (file(feature(polygon([["a", "b"]] * 5), name="Woking")), "no GeoJSON"),
        (file(feature(polygon([[500000, 150000]] * 5), name="Woking")), "not in degrees"),
        (file(feature(polygon(SQUARE[:-1] * 6000 + SQUARE), name="Woking")), "Simplify"),
    ],
)  # fmt: skip
def test_what_is_no_boundary_file_is_refused_in_a_sentence(text, words):
    with pytest.raises(ValidationError, match=words):
        outlines.read(text)


@pytest.mark.parametrize(
    ("features", "words"),
    [([feature(polygon(), name="Kent")], "None of these areas"),
     ([feature(polygon(), name="Woking"), feature(polygon(), code="E07000217")], "Two areas of the file are Woking")],
)  # fmt: skip
def test_a_file_is_taken_whole_or_not_at_all(features, words):
    before = list(Outline.objects.values_list("rings", flat=True))
    with pytest.raises(ValidationError, match=words):
        outlines.save(outlines.read(file(*features)))
    assert list(Outline.objects.values_list("rings", flat=True)) == before


def test_the_command_says_what_it_drew_and_what_it_could_not(tmp_path):
    path, out = tmp_path / "ours.geojson", StringIO()
    path.write_text("\ufeff" + file(feature(polygon(), name="Woking"), feature(polygon(), name="Kent")))
    call_command("import_boundaries", str(path), stdout=out)
    assert out.getvalue().splitlines() == [
        "Drawn anew: Woking.", "No district of this site: Kent. They were left out.",
    ]  # fmt: skip
    for name, text in (("no.geojson", "no"), ("latin.geojson", None), ("none.geojson", "")):
        other = tmp_path / name
        if text is None:
            other.write_bytes(b"\xff\xfe\xfa")
        elif text:
            other.write_text(text)
        with pytest.raises(CommandError):
            call_command("import_boundaries", str(other))


def test_a_place_is_marked_where_it_is():
    county = maps.county()
    woking = next(shape for shape in county.shapes if shape.name == "Woking")
    outcode = Outcode.objects.filter(district=woking.district).first()
    x, y = county.project(outcode.longitude, outcode.latitude)
    drawn = maps.draw_map(outcode.code)
    assert f"translate({x} {y})" in drawn
    assert f"{outcode.town}, Woking" in drawn
    assert drawn.count("app-map__shape--4") == 1
    east, north = max(county.shapes, key=lambda s: s.x).name, min(county.shapes, key=lambda s: s.y).name
    assert (east, north) == ("Tandridge", "Spelthorne")
    assert maps.draw_map("ZZ9") == ""


def test_districts_without_outlines_are_no_map():
    Outline.objects.all().delete()
    assert maps.county() is None
    assert maps.choropleth("Needs", {}, str, str) is None
    assert maps.draw_map(Outcode.objects.first().code) == ""


@pytest.mark.parametrize(
    ("numbers", "steps", "key"),
    [
        ([], {}, []),
        ([0, 0], {}, []),
        ([3], {3: 4}, [(4, "3")]),
        ([1, 2], {1: 3, 2: 4}, [(3, "1"), (4, "2")]),
        ([1, 1, 2, 3, 4, 5, 6, 8], {1: 1, 2: 2, 3: 2, 4: 3, 5: 3, 6: 4, 8: 4},
         [(1, "1"), (2, "2 to 3"), (3, "4 to 5"), (4, "6 to 8")]),
    ],
)  # fmt: skip
def test_numbers_fall_into_steps_of_which_the_most_is_the_darkest(numbers, steps, key):
    found = maps._steps(numbers)
    assert (found, maps._key(found)) == (steps, key)
