"""People and things made once a module, for modules of many tests: name FIXTURES there as this module does.

They are rows of a transaction around the module's tests, each of which undoes what it did itself. A test that changes
objects, and not only rows, gets copies of them (`copy.deepcopy`).
"""

import pytest
from django.db import transaction

from requests_app.models import Request
from tests.conftest import make_commitment, make_group, make_people, make_request, make_supplier


@pytest.fixture(scope="module")
def module_db(django_db_setup, django_db_blocker):
    """A transaction that is undone after the module's last test."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def people(module_db):
    return make_people()


@pytest.fixture(scope="module")
def group(people):
    return make_group(people)


@pytest.fixture(scope="module")
def supplier(people):
    return make_supplier(people)


@pytest.fixture(scope="module")
def commitment(supplier, people):
    """A commitment of 100 hours."""
    return make_commitment(supplier, by=people["cara"])


@pytest.fixture(scope="module")
def wanted(group):
    """A public request for 10 hours."""
    return Request.objects.for_page().get(pk=make_request(group).pk)


FIXTURES = (module_db, people, group, supplier, commitment, wanted)
