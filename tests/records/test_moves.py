"""One way to move a state: from where the table says, by whoever is first, with a line in the log."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from organisations.models import Organisation
from records.moves import Move, Moves
from requests_app import deliveries, pledges

ROOT = Path(__file__).resolve().parent.parent.parent
MOVING = [model for model in apps.get_models() if isinstance(getattr(model, "moves", None), Moves)]


def test_what_has_moves():
    assert {model.__name__ for model in MOVING} >= {"Pledge", "Delivery", "Organisation", "RequestTotals"}


@pytest.mark.parametrize("model", MOVING, ids=lambda model: model.__name__)
def test_a_table_speaks_of_states_that_there_are(model):
    for move in model.moves.verbs.values():
        before = move.before if isinstance(move.before, tuple) else (move.before,)
        assert {*before, move.after} <= set(model.State.values)
        assert max(map(len, model.State.values)) <= model._meta.get_field("state").max_length


def test_only_open_verbs_are_offered_and_only_to_their_side():
    row = Organisation(state="refused")
    assert Organisation.moves.open_to(row, "council") == {"approve": True}
    assert Organisation.moves.open_to(row, "owner") == {"ask_again": True}
    assert Organisation.moves.open_to(row, "nobody") == {}
    with pytest.raises(KeyError):
        Organisation.moves.can(row, "aprove")


def test_a_move_is_logged_with_who_and_why(group, people):
    Organisation.moves.make(group, "close", by=people["mo"], data={"reason": "Ended"}, state_reason="Ended")
    assert (group.state, group.state_reason) == ("closed", "Ended")
    entry = ModelLogEntry.objects.get(action="organisations.closed")
    assert (entry.user, entry.data, entry.object_id) == (people["mo"], {"reason": "Ended"}, str(group.pk))


def test_whoever_comes_second_is_told_and_nothing_is_written(group, people):
    mine, theirs = (Organisation.objects.get(pk=group.pk) for _ in range(2))
    Organisation.moves.make(theirs, "close", by=people["mo"], state_reason="Ended")
    with pytest.raises(ValidationError, match="Somebody has answered already"):
        Organisation.moves.make(mine, "close", by=people["pat"], state_reason="Never heard of them")
    group.refresh_from_db()
    assert group.state_reason == "Ended"
    assert ModelLogEntry.objects.filter(action="organisations.closed").count() == 1


def test_a_move_that_does_not_start_here_is_refused(group, people):
    with pytest.raises(ValidationError):
        Organisation.moves.make(group, "refuse", by=people["mo"])
    group.refresh_from_db()
    assert group.state == "approved"


def test_several_states_and_sides():
    move = Move(("a", "b"), "c", ("x", "y"))
    assert [move.starts_from(state) for state in "abc"] == [True, True, False]
    assert [move.is_offered_to(side) for side in ("x", "y", "z", "")] == [True, True, False, False]


def test_no_state_word_stands_in_a_template():
    """Screens ask what is open (`can.accept`) or what a thing is (`pledge.waits`): one word that the model explains."""
    compared = re.compile(r"\b(state|status)\s*(==|!=| in )")
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()[:80]}"
        for path in sorted((ROOT / "templates").rglob("*.*"))
        for line in path.read_text().splitlines()
        if compared.search(line)
    ]
    assert found == []


def test_only_moves_write_a_state_that_has_moves():
    """`update(state=` outside records.moves would go round the table; the outbox has a machine of its own."""
    writing = re.compile(r"\.update\((?:[^()]|\([^()]*\))*?\bstate\s*=", re.S)
    rooms = ("requests_app", "organisations", "matching", "marketplace")
    found = [
        str(path.relative_to(ROOT))
        for room in rooms
        for path in (ROOT / room).rglob("*.py")
        if "migrations" not in path.parts and writing.search(path.read_text())
    ]
    assert found == []


@pytest.mark.parametrize("answers", [{}, {"unknown": ""}, {"verify": "", "query": ""}])
def test_a_form_without_one_known_button_does_nothing(answers, wanted, supplier, people, client):
    pledge = pledges.offer(wanted, supplier, Decimal(5), by=people["sam"])
    pledges.accept(pledge, by=people["alice"])
    delivery = deliveries.claim(pledge, Decimal(5), timezone.localdate(), by=people["sam"])
    deliveries.confirm(delivery, by=people["alice"])
    client.force_login(people["cara"])
    answer = client.post(reverse("delivery_verify", args=[delivery.pk]), answers | {"reason": "Why"})
    assert (answer.status_code, "press one of the buttons" in answer.content.decode()) == (400, True)
    delivery.refresh_from_db()
    assert delivery.state == "confirmed"
