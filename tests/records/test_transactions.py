"""A verb that the database gave up for another's sake runs once more, and only then and only once."""

import pytest
from django.db import OperationalError

from organisations.models import User
from records import transactions
from records.transactions import atomic_once_more

pytestmark = pytest.mark.django_db


@pytest.fixture
def outermost(monkeypatch):
    """As if the test's own transaction were not there: the verb opens the first."""

    class Outside:
        in_atomic_block = False

    monkeypatch.setattr(transactions, "connection", Outside)


class Cause(Exception):
    def __init__(self, code):
        super().__init__(code)
        self.pgcode = code


def failing(times, code="40P01"):
    """A verb that writes, then falls over `times` times."""
    tried = []

    @atomic_once_more
    def verb():
        tried.append(1)
        User.objects.create(email=f"try-{len(tried)}@example.org", name="Try")
        if len(tried) <= times:
            raise OperationalError("deadlock detected") from Cause(code)
        return len(tried)

    return verb, tried


def written():
    return sorted(User.objects.filter(email__startswith="try-").values_list("email", flat=True))


@pytest.mark.parametrize("code", ["40P01", "40001"])
def test_a_deadlock_is_tried_once_more_and_the_first_try_leaves_nothing(code, outermost):
    verb, _ = failing(times=1, code=code)
    assert verb() == 2
    assert written() == ["try-2@example.org"]


@pytest.mark.parametrize(("times", "code", "tries"), [(2, "40P01", 2), (1, "55P03", 1)])
def test_a_second_deadlock_and_any_other_error_go_to_the_caller(times, code, tries, outermost):
    verb, tried = failing(times, code)
    with pytest.raises(OperationalError):
        verb()
    assert len(tried) == tries
    assert written() == []


def test_inside_another_transaction_nothing_is_tried_again():
    verb, tried = failing(times=1)
    with pytest.raises(OperationalError):
        verb()
    assert len(tried) == 1
    assert written() == []
