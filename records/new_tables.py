"""Several new tables as one step of a migration: Django makes its picture of all models anew for each step.

In a room of twenty tables that picture was made twenty times, which took most of a first start.
"""

from django.db.migrations.operations.base import Operation, OperationCategory


class CreateModels(Operation):
    """CreateModel operations of one room in the order in which their tables are made; each as it is at the end of all.

    A field or constraint that is added to one of them later is not part of these steps.
    """

    category = OperationCategory.ADDITION

    def __init__(self, *steps):
        self.steps = steps

    def deconstruct(self):
        return type(self).__qualname__, list(self.steps), {}

    def state_forwards(self, app_label, state):
        picture = state.__dict__.pop("apps", None)  # Django's cached property: what was drawn of the models so far
        for step in self.steps:
            step.state_forwards(app_label, state)
        if picture is not None:
            state.__dict__["apps"] = picture
            state.reload_models([(app_label, step.name_lower) for step in self.steps], delay=False)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for step in self.steps:
            step.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for step in reversed(self.steps):
            step.database_backwards(app_label, schema_editor, from_state, to_state)

    def references_model(self, name, app_label):
        return any(step.references_model(name, app_label) for step in self.steps)

    def describe(self):
        return "; ".join(step.describe() for step in self.steps)

    @property
    def migration_name_fragment(self):
        return self.steps[0].migration_name_fragment
