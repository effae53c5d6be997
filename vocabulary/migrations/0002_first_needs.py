import csv
from pathlib import Path

from django.db import migrations

DATA = Path(__file__).resolve().parent.parent / "data"


def rows(name):
    with (DATA / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def load(apps, schema_editor):
    Need, CountsAs = apps.get_model("vocabulary", "Need"), apps.get_model("vocabulary", "CountsAs")
    for row in rows("needs.csv"):
        row["terms"] = row["terms"].replace("|", "\n")
        Need.objects.create(**row)
    needs = {need.code: need for need in Need.objects.all()}
    CountsAs.objects.bulk_create(
        CountsAs(
            offered=needs[row["offered"]], needed=needs[row["needed"]], share=float(row["share"]), why=row["why"][:200]
        )
        for row in rows("counts_as.csv")
    )


class Migration(migrations.Migration):
    dependencies = [("vocabulary", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
