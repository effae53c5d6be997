import csv
from datetime import date
from pathlib import Path

from django.db import migrations
from django.utils.text import slugify

from places import outlines

DATA = Path(__file__).resolve().parent.parent / "data"
LAST_DAY, FIRST_DAY = date(2027, 3, 31), date(2027, 4, 1)


def load(apps, schema_editor):
    Council, District, Outcode = (apps.get_model("places", name) for name in ("Council", "District", "Outcode"))
    surrey = Council.objects.create(name="Surrey County Council", code="E10000030", valid_to=LAST_DAY)
    successors = {
        name: Council.objects.create(name=name, valid_from=FIRST_DAY)
        for name in ("East Surrey Council", "West Surrey Council")
    }
    districts = {}
    with (DATA / "districts.csv").open() as file:
        for row in csv.DictReader(file):
            districts[row["district"]] = District.objects.create(
                name=row["district"],
                slug=slugify(row["district"]),
                code=row["code"],
                latitude=row["latitude"],
                longitude=row["longitude"],
                council=surrey,
                successor=successors[row["successor"]],
            )
    outlines.save(outlines.read((DATA / "districts.geojson").read_text()), District, apps.get_model("places", "Outline"))
    with (DATA / "outcodes.csv").open() as file:
        Outcode.objects.bulk_create(
            Outcode(
                code=row["outcode"],
                town=row["town"],
                district=districts.get(row["district"]) if float(row["share_in_county"]) > 0.1 else None,
                latitude=row["latitude"],
                longitude=row["longitude"],
                radius_km=row["radius_km"],
            )
            for row in csv.DictReader(file)
        )


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
