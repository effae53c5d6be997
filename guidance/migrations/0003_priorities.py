from datetime import date

from django.db import migrations

# The council's four priority objectives, Organisation Strategy 2023 to 2028.
PRIORITIES = [
    ("1", "Growing a sustainable economy so everyone can benefit", "Local jobs, skills and business"),
    ("2", "Tackling health inequality", "Health and wellbeing for those who have least of it"),
    ("3", "Enabling a greener future", "Carbon, waste, nature and travel"),
    ("4", "Empowered and thriving communities", "People and groups who shape their own place"),
]


def load(apps, schema_editor):
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


class Migration(migrations.Migration):
    dependencies = [("guidance", "0002_places")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
