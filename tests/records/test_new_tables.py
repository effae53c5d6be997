"""Several tables made as one step are what they would be one by one, and go again."""

from django.db import ConnectionHandler, migrations, models
from django.db.migrations.state import ProjectState

from records.new_tables import CreateModels

PLACE = migrations.CreateModel("Place", [("id", models.BigAutoField(primary_key=True)), ("name", models.TextField())])
HALL = migrations.CreateModel(
    "Hall",
    [("id", models.BigAutoField(primary_key=True)), ("place", models.ForeignKey("towns.Place", models.CASCADE))],
    options={"constraints": [models.UniqueConstraint(fields=["place"], name="one_hall_a_place")]},
)


def state_after(*steps):
    """The state with its picture of the models drawn before and kept through the steps, as `migrate` keeps it."""
    state = ProjectState()
    PLACE.state_forwards("villages", state)
    assert state.apps.get_model("villages", "Place")
    for step in steps:
        step.state_forwards("towns", state)
    return state


def test_the_models_are_the_same_and_know_each_other():
    together, one_by_one = state_after(CreateModels(PLACE, HALL)), state_after(PLACE, HALL)
    assert together == one_by_one
    for state in (together, one_by_one):
        hall, place = state.apps.get_model("towns", "Hall"), state.apps.get_model("towns", "Place")
        assert hall._meta.get_field("place").related_model is place
        assert [relation.related_model for relation in place._meta.related_objects] == [hall]
        assert state.apps.get_model("villages", "Place") is not place


def test_the_tables_are_made_and_go_again(django_db_blocker):
    alone = ConnectionHandler({"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}})["default"]
    step, before, after = CreateModels(PLACE, HALL), state_after(), state_after(CreateModels(PLACE, HALL))
    with django_db_blocker.unblock():
        with alone.schema_editor() as editor:
            step.database_forwards("towns", editor, before, after)
        assert set(alone.introspection.table_names()) == {"towns_place", "towns_hall"}
        with alone.schema_editor() as editor:
            step.database_backwards("towns", editor, after, before)
        assert alone.introspection.table_names() == []


def test_it_says_what_it_makes():
    step = CreateModels(PLACE, HALL)
    assert step.describe() == "Create model Place; Create model Hall"
    assert step.references_model("hall", "towns") and not step.references_model("barn", "towns")
    assert step.migration_name_fragment == "place" and step.deconstruct()[1] == [PLACE, HALL]
