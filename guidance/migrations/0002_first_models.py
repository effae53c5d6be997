import csv
from datetime import date
from pathlib import Path

from django.db import migrations

DATA = Path(__file__).resolve().parent.parent / "data" / "models"
# Dates as published: PPN 06/20, PPN 002 and PPN 026. Versions overlap. The newest stays a draft until the
# council has checked its wording.
VERSIONS = [
    ("2020", "Social Value Model 2020 (PPN 06/20)", date(2021, 1, 1), date(2025, 9, 30), "published"),
    ("2025", "Social Value Model 2025 (PPN 002)", date(2025, 2, 24), None, "published"),
    ("2026", "Social Value Model 2026 (PPN 026)", date(2027, 1, 1), None, "draft"),
]
# The council's four priority objectives, Organisation Strategy 2023 to 2028.
PRIORITIES = [
    ("1", "Growing a sustainable economy so everyone can benefit", "Local jobs, skills and business"),
    ("2", "Tackling health inequality", "Health and wellbeing for those who have least of it"),
    ("3", "Enabling a greener future", "Carbon, waste, nature and travel"),
    ("4", "Empowered and thriving communities", "People and groups who shape their own place"),
]


def load_priorities(apps, schema_editor):
    model = apps.get_model("guidance", "SocialValueModel").objects.create(
        slug="council-priorities-2023",
        name="Surrey’s priority objectives",
        is_councils_own=True,
        valid_from=date(2021, 1, 1),
        state="published",
    )
    for position, (code, title, description) in enumerate(PRIORITIES):
        apps.get_model("guidance", "Outcome").objects.create(
            model=model, code=code, title=title, description=description, position=position
        )


def rows(name):
    with (DATA / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def load_central_models(apps, schema_editor):
    SocialValueModel = apps.get_model("guidance", "SocialValueModel")
    Outcome, Mapping = apps.get_model("guidance", "Outcome"), apps.get_model("guidance", "Mapping")
    previous, before = None, {}
    for year, name, valid_from, valid_to, state in VERSIONS:
        model = SocialValueModel.objects.create(
            slug=f"central-{year}", name=name, valid_from=valid_from, valid_to=valid_to, state=state, previous=previous
        )
        lines = {}
        for position, row in enumerate(rows(f"central-{year}.csv")):
            row["parent"] = lines.get(row["parent"])
            lines[row["code"]] = Outcome.objects.create(model=model, position=position, **row)
        if previous:
            for row in rows(f"mapping-{year}.csv"):
                Mapping.objects.create(
                    source=before.get(row["from"]),
                    target=lines.get(row["to"]),
                    relation=row["relation"],
                    share=row["share"],
                    basis=row["basis"],
                    confidence=row["confidence"],
                )
        previous, before = model, lines


class Migration(migrations.Migration):
    dependencies = [("guidance", "0001_initial")]
    operations = [
        migrations.RunPython(load_priorities, migrations.RunPython.noop),
        migrations.RunPython(load_central_models, migrations.RunPython.noop),
    ]
