"""The kinds of import that the staff screen offers; each room registers its own."""

IMPORTERS = {}


def register(importer_class, permission):
    """Offer an importer on the import screen to those who hold `permission`."""
    IMPORTERS[importer_class.kind] = (importer_class, permission)


def offered_to(user):
    """{kind: importer class} that a person may run."""
    return {kind: cls for kind, (cls, permission) in IMPORTERS.items() if user.has_perm(permission)}
