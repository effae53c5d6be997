"""External references, as machines name things."""


def external(model):
    """{number: external reference} of those rows of a model that have one."""
    return dict(model.objects.exclude(external_reference=None).values_list("pk", "external_reference"))
